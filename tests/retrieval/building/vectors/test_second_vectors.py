"""The vectors of a second encoder: made with the build, taken over, made up for, and left out."""

from __future__ import annotations

import numpy as np
import pytest

from embeddings.cached import stored_form
from embeddings.errors import VectorCacheError
from retrieval.building.report import BuildStage
from retrieval.building.vectors.vector_pruning import prune_vectors
from retrieval.generations.generation import QUESTION_VECTORS, SECTION_VECTORS
from retrieval.generations.lock import StoreAction
from retrieval.generations.manifest import MANIFEST_NAME, EncoderIdentity
from retrieval.generations.second_vectors import SECOND_FILES, SECOND_QUESTION_VECTORS, SECOND_SECTION_VECTORS
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.article_files import small_corpus
from tests.retrieval.index_changes import calibrate, prune

FERN = ("biology/fern", "How do ferns spread", "Ferns spread by spores that the wind carries.")


@pytest.fixture
def corpus(tmp_path):
    return small_corpus(tmp_path)


def second_encoder():
    return HashingEncoder(dimension=96, seed=7)


def switch_on(corpus):
    corpus.second = second_encoder()
    return corpus.second


def forget_what_was_embedded(corpus):
    corpus.encoder.embedded.clear()
    corpus.second.embedded.clear()


def files_of(corpus, names):
    folder = corpus.store.folder / corpus.store.current_id()
    return [(folder / name).read_bytes() for name in names]


def check_every_article(corpus, second):
    """Every article that can be found has just the vectors that the encoder gives its texts."""
    plain = HashingEncoder(second.dimension, seed=7)
    with corpus.open() as generation:
        assert generation.manifest.second == EncoderIdentity(second.fingerprint, second.dimension)
        rows = [row for row, _, _ in generation.titles()]
        for row in rows:
            article, sections = generation.article(row), generation.sections(row)
            expected = plain.encode_passages([article.question, *(section.passage_text for section in sections)])
            question, of_sections = generation.second_vectors.of_article(row)
            got = np.vstack([question, of_sections])
            np.testing.assert_array_equal(got, stored_form(expected).astype(np.float16).astype(np.float32))
    assert corpus.store.verify(corpus.store.current_id()) == ()
    return rows


def test_a_build_makes_the_vectors_of_both_and_those_of_the_first_stay_what_they_were(corpus):
    corpus.build(full=True)
    alone = files_of(corpus, (QUESTION_VECTORS, SECTION_VECTORS))
    second = switch_on(corpus)
    report = corpus.build(full=True)
    assert len(check_every_article(corpus, second)) == 4
    assert files_of(corpus, (QUESTION_VECTORS, SECTION_VECTORS)) == alone
    assert (report.embedded, report.from_cache) == (8, 8)


def test_without_a_second_encoder_nothing_is_there(corpus):
    corpus.build()
    folder = corpus.store.folder / corpus.store.current_id()
    assert b"second" not in (folder / MANIFEST_NAME).read_bytes()
    assert not any((folder / name).exists() for name in SECOND_FILES)
    with corpus.open() as generation:
        assert (generation.manifest.second, generation.second_vectors) == (None, None)


def test_switched_on_it_embeds_what_is_missing_and_the_first_embeds_nothing(corpus):
    before = corpus.build().generation_id
    second = switch_on(corpus)
    corpus.encoder.embedded.clear()
    report = corpus.build()
    assert (report.is_new, report.is_full, report.added + report.changed + report.removed) == (True, False, 0)
    assert report.generation_id != before
    assert (report.embedded, corpus.encoder.embedded, len(second.embedded)) == (8, [], 8)
    check_every_article(corpus, second)


def test_nothing_changed_makes_no_generation(corpus):
    second = switch_on(corpus)
    first = corpus.build()
    forget_what_was_embedded(corpus)
    again = corpus.build()
    assert (again.is_new, again.generation_id, second.embedded) == (False, first.generation_id, [])


def test_an_article_more_costs_only_itself_and_unchanged_rows_are_carried_over(corpus):
    second = switch_on(corpus)
    corpus.build()
    forget_what_was_embedded(corpus)
    corpus.write(*FERN)
    (corpus.root / "geology/basalt.md").unlink()
    report = corpus.build()
    assert (report.is_full, report.added, report.removed) == (False, 1, 1)
    assert second.embedded == corpus.encoder.embedded == [*FERN[1:]]
    assert len(check_every_article(corpus, second)) == 4


def test_switched_on_over_removed_articles_it_leaves_their_rows_empty(corpus):
    for number in range(20):
        corpus.write(f"art/colour{number}", f"Which colour is number {number}", f"The colour number {number} is blue.")
    corpus.build()
    for number in (3, 4, 19):
        (corpus.root / f"art/colour{number}.md").unlink()
    corpus.build()
    second = switch_on(corpus)
    report = corpus.build()
    rows = check_every_article(corpus, second)
    assert not report.is_full
    assert len(second.embedded) == 2 * len(rows) == 42
    with corpus.open() as generation:
        vectors = generation.second_vectors
        dead = sorted(set(range(len(vectors.questions))) - set(rows))
        assert len(dead) == 3
        assert not vectors.questions[dead].any()
        assert vectors.questions.shape == (24, 96)
        with pytest.raises(LookupError, match=f"row {dead[0]}"):
            vectors.of_article(dead[0])


def test_an_article_that_lost_its_url_in_the_same_build_has_no_vectors(corpus):
    second = switch_on(corpus)
    corpus.write("geology/aaa", "What is tuff", "Tuff is made of ash.", url="/learn/geology/tuff")
    corpus.write("geology/tuff", "What is tuff really", "Tuff is made of ash that fell.", url="/learn/geology/tuff")
    corpus.build()
    check_every_article(corpus, second)
    assert "What is tuff really" in second.embedded


def test_switched_off_the_files_go_with_the_next_build(corpus):
    switch_on(corpus)
    corpus.build()
    corpus.second = None
    corpus.encoder.embedded.clear()
    report = corpus.build()
    assert (report.is_new, report.is_full, corpus.encoder.embedded) == (True, False, [])
    with corpus.open() as generation:
        assert generation.manifest.second is None
        assert not any((generation.folder / name).exists() for name in SECOND_FILES)
    assert not corpus.build().is_new


def test_another_second_encoder_embeds_everything_and_the_first_nothing(corpus):
    switch_on(corpus)
    corpus.build()
    forget_what_was_embedded(corpus)
    corpus.second = other = HashingEncoder(dimension=32, seed=7)
    report = corpus.build()
    assert (report.is_full, len(other.embedded), corpus.encoder.embedded) == (False, 8, [])
    check_every_article(corpus, other)


@pytest.mark.parametrize("name", SECOND_FILES)
@pytest.mark.parametrize("kind", ["missing", "cut"])
def test_a_file_that_is_gone_or_cut_is_made_anew_by_the_next_build(corpus, name, kind):
    second = switch_on(corpus)
    corpus.build()
    path = corpus.store.folder / corpus.store.current_id() / name
    data = path.read_bytes()
    path.unlink()
    if kind == "cut":
        path.write_bytes(data[:-1])
    forget_what_was_embedded(corpus)
    report = corpus.build()
    assert (report.is_new, report.is_full, report.embedded, report.from_cache) == (True, False, 0, 8)
    check_every_article(corpus, second)


def test_a_byte_that_differs_costs_the_other_articles_nothing(corpus):
    second = switch_on(corpus)
    corpus.build()
    path = corpus.store.folder / corpus.store.current_id() / SECOND_SECTION_VECTORS
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    forget_what_was_embedded(corpus)
    corpus.write(*FERN)
    report = corpus.build()
    assert not report.is_full
    assert second.embedded == [*FERN[1:]]
    check_every_article(corpus, second)


def test_a_build_that_was_stopped_over_the_second_encoder_goes_on_where_it_ended(corpus):
    class Stopped(HashingEncoder):
        left = 3

        def encode_passages(self, texts):
            self.left -= 1
            if not self.left:
                raise VectorCacheError(corpus.root, "is full")
            return super().encode_passages(texts)

    for number in range(100):
        corpus.write(f"art/colour{number}", f"Which colour is number {number}", f"The colour number {number} is blue.")
    corpus.build()
    served = corpus.store.current_id()
    corpus.second = Stopped(dimension=96, seed=7)
    with pytest.raises(VectorCacheError):
        corpus.build()
    assert corpus.store.current_id() == served
    done = len(corpus.second.embedded)
    assert 0 < done < 208
    second = switch_on(corpus)
    report = corpus.build()
    assert (len(second.embedded), report.from_cache) == (208 - done, done)
    check_every_article(corpus, second)


def test_progress_counts_the_texts_of_both_and_never_goes_back(corpus):
    corpus.build()
    switch_on(corpus)
    corpus.write(*FERN)
    seen = []
    corpus.build(
        on_progress=lambda stage, done, total: seen.append((done, total)) if stage == BuildStage.EMBED.value else None
    )
    assert seen[-1] == (12, 12)  # two texts of the fern by the first, ten of five articles by the second
    done = [each for each, _ in seen]
    assert done == sorted(done)


def test_a_calibration_keeps_the_vectors(corpus):
    second = switch_on(corpus)
    corpus.build()
    calibrate(corpus.store, {"format": 0}).close()
    check_every_article(corpus, second)


def test_a_calibration_leaves_damaged_vectors_out(corpus):
    switch_on(corpus)
    corpus.build()
    (corpus.store.folder / corpus.store.current_id() / SECOND_SECTION_VECTORS).unlink()
    with calibrate(corpus.store, {"format": 0}) as generation:
        assert (generation.manifest.second, generation.second_vectors) == (None, None)
    assert corpus.store.verify(corpus.store.current_id()) == ()


def test_vectors_that_no_generation_holds_any_more_are_forgotten(corpus):
    second = switch_on(corpus)
    corpus.build()
    (corpus.root / "geology/basalt.md").unlink()
    corpus.build()
    prune(corpus.store, 1)
    with corpus.cache(second) as cache:
        assert len(cache) == 8
        with corpus.store.writing(StoreAction.PRUNE) as writer:
            assert prune_vectors(writer, cache, second.fingerprint) == 2
    forget_what_was_embedded(corpus)
    corpus.build(full=True)
    assert second.embedded == []


def test_a_matrix_of_another_shape_is_damage(corpus):
    switch_on(corpus)
    corpus.build()
    folder = corpus.store.folder / corpus.store.current_id()
    data = (folder / SECOND_QUESTION_VECTORS).read_bytes()
    (folder / SECOND_QUESTION_VECTORS).write_bytes(data.replace(b"(4, 96)", b"(96, 4)"))
    with corpus.open() as generation, pytest.raises(Exception, match=r"second_question_vectors\.npy.*shape \(96, 4\)"):
        _ = generation.second_vectors
