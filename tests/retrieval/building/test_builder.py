"""Builds from files, and what is taken over when files change."""

from __future__ import annotations

import os
from collections import Counter
from typing import NamedTuple

import pytest

from retrieval.articles.limits import ReadingLimits
from retrieval.building import builder, reading
from retrieval.building.report import BuildStage
from retrieval.errors import ArticleError, BuildCancelledError, GenerationError, NoArticlesError
from retrieval.generations import writer
from retrieval.generations.codec import decode_article
from retrieval.generations.lock import BuildRunningError
from retrieval.generations.store import GenerationStore
from retrieval.indexes.base import SearchRequest
from retrieval.indexes.faiss_index import VectorEngine, VectorIndexOptions
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.article_files import ARTICLES, Corpus, small_corpus, write_file
from tests.retrieval.index_changes import discard, prune, rollback


class Told(NamedTuple):
    stage: BuildStage
    done: int
    total: int


def told_to(seen):
    return lambda stage, done, total: seen.append(Told(BuildStage(stage), done, total))


@pytest.fixture
def corpus(tmp_path):
    return small_corpus(tmp_path)


@pytest.fixture
def settled(monkeypatch):
    """The files of this test count as old, although they were written just now."""
    monkeypatch.setattr(reading, "_SETTLED_NS", -3_600_000_000_000)


def best(generation, encoder, text, subject_key=None):
    """Urls of the candidates for a question, by the cosine of their nearest section."""
    request = SearchRequest(encoder.encode_query(text), text, 10, subject_key)
    cosines = {
        generation.article(candidate.article).url: round(candidate.evidence.section, 4)
        for candidate in generation.search_index.search(request)
    }
    return sorted(cosines, key=lambda url: (-cosines[url], url))


def test_a_first_build_makes_every_article_findable(corpus):
    report = corpus.build()
    assert (report.added, report.changed, report.removed, report.unchanged) == (4, 0, 0, 0)
    assert report.is_new
    assert report.is_full
    assert report.articles == 4
    assert report.failures == ()
    assert "no index yet" in report.full_build_reason.text
    with corpus.open() as generation:
        assert generation.id == report.generation_id
        assert best(generation, corpus.encoder, "a dark rock where lava cools quickly")[0] == "/learn/geology/basalt"
        assert best(generation, corpus.encoder, "yeast swells the dough")[0] == "/learn/biology/yeast"


def test_nothing_changed_makes_no_generation_and_embeds_nothing(corpus):
    first = corpus.build()
    corpus.encoder.embedded.clear()
    again = corpus.build()
    assert not again.is_new
    assert again.generation_id == first.generation_id
    assert again.unchanged == 4
    assert corpus.encoder.embedded == []
    assert [summary.id for summary in corpus.store.list()] == [first.generation_id]


def test_a_new_article_costs_only_itself(corpus):
    corpus.build()
    corpus.encoder.embedded.clear()
    corpus.write("biology/fern", "How do ferns spread", "Ferns spread by spores that the wind carries.")
    report = corpus.build()
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 0, 0, 4)
    assert not report.is_full
    assert corpus.encoder.embedded == ["How do ferns spread", "Ferns spread by spores that the wind carries."]
    with corpus.open() as generation:
        assert best(generation, corpus.encoder, "ferns spread by spores")[0] == "/learn/biology/fern"
        assert best(generation, corpus.encoder, "yeast swells the dough")[0] == "/learn/biology/yeast"


def test_a_changed_article_says_the_new_and_no_longer_the_old(corpus):
    corpus.build()
    corpus.write("geology/basalt", "What is basalt", "Columns of six sides form when thick flows shrink.")
    report = corpus.build()
    assert (report.added, report.changed, report.removed, report.unchanged) == (0, 1, 0, 3)
    with corpus.open() as generation:
        article = generation.article_by_url("/learn/geology/basalt")
        assert article.answer == "Columns of six sides form when thick flows shrink."
        assert best(generation, corpus.encoder, "columns of six sides")[0] == "/learn/geology/basalt"
        assert len(best(generation, corpus.encoder, "basalt")) == 4
        assert generation.vocabulary.frequency("columns") == 1
        assert generation.vocabulary.frequency("lava") == 0


def test_a_removed_article_is_gone(corpus):
    corpus.build()
    (corpus.root / "biology/yeast.md").unlink()
    report = corpus.build()
    assert (report.added, report.changed, report.removed, report.unchanged) == (0, 0, 1, 3)
    with corpus.open() as generation:
        assert generation.article_by_url("/learn/biology/yeast") is None
        assert "/learn/biology/yeast" not in best(generation, corpus.encoder, "yeast swells the dough")


def test_incremental_and_full_builds_find_the_same(corpus):
    corpus.build()
    corpus.write("biology/fern", "How do ferns spread", "Ferns spread by spores that the wind carries.")
    corpus.write("geology/basalt", "What is basalt", "Columns of six sides form when thick flows shrink.")
    (corpus.root / "biology/yeast.md").unlink()
    asked = ["ferns and wind", "six sides", "salt water membrane", "ice carries rock"]
    corpus.build()
    with corpus.open() as generation:
        derived = [best(generation, corpus.encoder, text) for text in asked]
        assert generation.manifest.parent is not None
        content = generation.manifest.corpus_hash
    report = corpus.build(full=True)
    assert report.is_full
    assert report.embedded == 0
    with corpus.open() as generation:
        assert [best(generation, corpus.encoder, text) for text in asked] == derived
        assert generation.manifest.corpus_hash == content
        assert generation.manifest.counts.article_rows == 4


def test_rows_stay_while_articles_come_and_go(corpus):
    corpus.build()
    with corpus.open() as generation:
        before = {url: row for row, url, _ in generation.titles()}
    corpus.write("art/fresco", "What is a fresco", "Paint on wet plaster.")
    (corpus.root / "biology/osmosis.md").unlink()
    corpus.build()
    with corpus.open() as generation:
        after = {url: row for row, url, _ in generation.titles()}
        assert generation.article_rows.tolist() == sorted(after.values())
    assert after.pop("/learn/art/fresco") == 4
    before.pop("/learn/biology/osmosis")
    assert after == before


def test_many_dead_rows_are_cleared_away(corpus):
    corpus.build()
    (corpus.root / "biology/osmosis.md").unlink()
    corpus.build()
    corpus.write("art/fresco", "What is a fresco", "Paint on wet plaster.")
    report = corpus.build()
    assert report.is_full
    assert "changed or removed" in report.full_build_reason.text
    with corpus.open() as generation:
        assert generation.article_rows.tolist() == [0, 1, 2, 3]
        assert generation.manifest.counts.article_rows == 4


def test_a_touched_file_is_no_change(corpus):
    corpus.build()
    os.utime(corpus.root / "biology/yeast.md", (1_700_000_000, 1_700_000_000))
    report = corpus.build()
    assert not report.is_new
    corpus.write("art/fresco", "What is a fresco", "Paint on wet plaster.")
    assert corpus.build().changed == 0


def test_a_change_that_keeps_size_and_file_time_is_noticed(corpus):
    path = corpus.root / "biology/yeast.md"
    corpus.build()
    path.write_text(path.read_text(encoding="utf-8").replace("sugar", "honey"), encoding="utf-8")
    os.utime(path, (0, 0))
    assert corpus.build().changed == 1
    assert not corpus.build().is_new


@pytest.mark.usefixtures("settled")
def test_files_that_nobody_touched_are_not_read(corpus):
    corpus.build()
    seen: list[Told] = []
    assert not corpus.build(on_progress=told_to(seen)).is_new
    assert [event.stage for event in seen if event.total] == [BuildStage.FIND]


def test_bad_files_are_reported_and_the_rest_is_built(corpus):
    write_file(corpus.root / "biology/broken.md", "---\nquestion: [\n---\n")
    write_file(corpus.root / "biology/empty.md", "")
    report = corpus.build()
    assert report.added == 4
    assert [failure.path for failure in report.failures] == ["biology/broken.md", "biology/empty.md"]
    again = corpus.build()
    assert not again.is_new
    assert again.failures == report.failures


def test_a_bad_file_that_is_mended_becomes_an_article(corpus):
    write_file(corpus.root / "biology/fern.md", "---\nquestion: How\n---\n")
    assert [failure.path for failure in corpus.build().failures] == ["biology/fern.md"]
    corpus.write("biology/fern", "How do ferns spread", "By spores.")
    report = corpus.build()
    assert report.failures == ()
    assert report.added == 1


def test_an_article_that_breaks_is_no_longer_found(corpus):
    corpus.build()
    write_file(corpus.root / "biology/yeast.md", "---\nquestion: [\n---\n", 1_650_000_000)
    report = corpus.build()
    assert report.removed == 1
    assert [failure.path for failure in report.failures] == ["biology/yeast.md"]
    assert "Why does dough rise" not in corpus.questions()


def test_a_file_that_could_not_be_looked_at_is_tried_again(corpus):
    path = corpus.root / "biology/fern.md"
    path.symlink_to("nowhere.md")
    report = corpus.build()
    assert [failure.path for failure in report.failures] == ["biology/fern.md"]
    assert not corpus.build().is_new
    path.unlink()
    corpus.write("biology/fern", "How do ferns spread", "By spores.")
    assert corpus.build().failures == ()


def test_of_two_files_with_one_url_the_one_named_after_it_wins(corpus):
    corpus.write("biology/dough", "Why does bread rise", "Gas.", url="/learn/biology/yeast")
    report = corpus.build()
    assert "Why does dough rise" in corpus.questions()
    assert "Why does bread rise" not in corpus.questions()
    (failure,) = report.failures
    assert failure.path == "biology/dough.md"
    assert failure.problem == "biology/yeast.md has the same url /learn/biology/yeast; give one of them another"


def test_of_two_files_named_otherwise_the_first_by_path_wins_even_when_it_comes_later(corpus):
    corpus.write("biology/rising", "Why does bread rise", "Gas.", url="/learn/biology/bread")
    corpus.build()
    corpus.write("biology/dough", "What makes bread rise", "Gas.", url="/learn/biology/bread")
    report = corpus.build()
    assert [failure.path for failure in report.failures] == ["biology/rising.md"]
    assert "Why does bread rise" not in corpus.questions()
    assert (report.added, report.removed) == (1, 1)


def test_the_one_named_after_the_url_wins_when_it_comes_later(corpus):
    corpus.write("biology/dough", "Why does bread rise", "Gas.", url="/learn/biology/bread")
    corpus.build()
    corpus.write("biology/Bread", "What makes bread rise", "Gas.", url="/learn/biology/bread/")
    corpus.write("biology/bread", "What makes bread rise", "Gas.", url="/learn/biology/bread")
    report = corpus.build()
    assert [failure.path for failure in report.failures] == ["biology/dough.md"]
    assert "Why does bread rise" not in corpus.questions()


def test_the_second_with_a_url_comes_back_when_the_first_goes(corpus):
    corpus.write("biology/dough", "Why does bread rise", "Gas.", url="/learn/biology/yeast")
    corpus.build()
    (corpus.root / "biology/yeast.md").unlink()
    report = corpus.build()
    assert report.failures == ()
    assert "Why does bread rise" in corpus.questions()
    assert not corpus.build().is_new


def test_a_url_that_is_given_up_goes_to_the_file_that_wanted_it_though_that_is_read_first(corpus):
    corpus.write("biology/bread", "Why does bread rise", "Gas.", url="/learn/biology/yeast")
    assert [failure.path for failure in corpus.build().failures] == ["biology/bread.md"]
    corpus.write("biology/yeast", "Why does dough rise", "Gas.", url="/learn/biology/rise")
    report = corpus.build()
    assert report.failures == ()
    with corpus.open() as generation:
        assert generation.article_by_url("/learn/biology/yeast").question == "Why does bread rise"
        assert generation.article_by_url("/learn/biology/rise").question == "Why does dough rise"


def test_warnings_are_reported_until_their_cause_is_gone(corpus):
    corpus.write("biology/fern", "How do ferns spread", "By spores.", date="someday")
    (warning,) = corpus.build().warnings
    assert (warning.path, warning.line) == ("biology/fern.md", 6)
    assert warning.problem.startswith("date must be a date")
    assert "How do ferns spread" in corpus.questions()
    assert corpus.build().warnings == (warning,)  # nothing is new
    corpus.write("biology/moss", "What is moss", "A plant.")
    assert corpus.build().warnings == (warning,)  # taken over
    corpus.write("biology/fern", "How do ferns spread", "By spores.", date="2025-01-31")
    assert corpus.build().warnings == ()


def test_other_limits_are_applied_to_files_that_have_not_changed(corpus):
    corpus.write("biology/fern", "How do ferns spread", "By spores, far and wide. " * 40)
    assert corpus.build().failures == ()
    report = corpus.build(limits=ReadingLimits(max_answer_length=500))
    assert [failure.path for failure in report.failures] == ["biology/fern.md"]
    assert "index.max_answer_length" in report.failures[0].problem
    assert corpus.build().failures == ()


def test_two_articles_can_swap_urls(corpus):
    corpus.build()
    corpus.write("biology/osmosis", "How does osmosis work", "Water moves.", url="/learn/biology/yeast")
    corpus.write("biology/yeast", "Why does dough rise", "Gas.", url="/learn/biology/osmosis")
    assert corpus.build().failures == ()
    with corpus.open() as generation:
        assert generation.article_by_url("/learn/biology/yeast").question == "How does osmosis work"
        assert generation.article_by_url("/learn/biology/osmosis").question == "Why does dough rise"


def test_subjects_have_one_name_however_files_spell_it(corpus):
    corpus.write("earth-science/a", "What is silt", "Fine grains.", subject="Earth science")
    corpus.write("earth-science/b", "What is clay", "Finer grains.", subject="Earth Science")
    corpus.build()
    with corpus.open() as generation:
        assert [(subject.name, count) for subject, count in generation.subjects()] == [
            ("Biology", 2),
            ("Earth Science", 2),
            ("Geology", 2),
        ]
        for name in "ab":
            assert generation.article_by_url(f"/learn/earth-science/{name}").subject.name == "Earth Science"


def test_a_subject_filter_keeps_to_the_subject(corpus):
    corpus.build()
    with corpus.open() as generation:
        found = best(generation, corpus.encoder, "rock and water and sugar", "geology")
        assert set(found) == {"/learn/geology/basalt", "/learn/geology/erosion"}
        assert best(generation, corpus.encoder, "rock", "music") == []


def test_an_empty_folder_leaves_the_index_alone(corpus):
    first = corpus.build()
    for path in corpus.root.rglob("*.md"):
        path.unlink()
    with pytest.raises(NoArticlesError, match="no article files") as caught:
        corpus.build()
    assert str(corpus.root) in str(caught.value)
    assert corpus.store.current_id() == first.generation_id
    assert len(corpus.questions()) == 4


def test_a_content_folder_that_is_not_there_is_named(corpus):
    corpus.root = corpus.root / "missing"
    with pytest.raises(ArticleError, match="missing"):
        corpus.build()


def test_another_encoder_gets_a_full_build(corpus):
    corpus.build()
    corpus.encoder = HashingEncoder(dimension=32)
    report = corpus.build()
    assert report.is_full
    assert "hashing-64-256" in report.full_build_reason.text
    with corpus.open() as generation:
        assert generation.manifest.dimension == 32
        assert best(generation, corpus.encoder, "yeast swells the dough")[0] == "/learn/biology/yeast"


def test_a_changed_recipe_gets_a_full_build(corpus, monkeypatch):
    corpus.build()
    monkeypatch.setattr(builder, "recipe", lambda *_: "another")
    report = corpus.build()
    assert report.is_full
    assert "reads articles differently" in report.full_build_reason.text
    assert report.embedded == 0


def test_a_damaged_generation_is_not_built_upon(corpus):
    corpus.build()
    with corpus.open() as generation:
        path = generation.folder / "section_vectors.npy"
    damaged = bytearray(path.read_bytes())
    damaged[-1] ^= 0x40
    path.write_bytes(damaged)
    corpus.write("biology/fern", "How do ferns spread", "By spores.")
    report = corpus.build()
    assert report.is_full
    assert "section_vectors.npy" in report.full_build_reason.text
    assert corpus.store.verify(report.generation_id) == ()


def test_a_lost_file_is_not_built_upon(corpus):
    corpus.build()
    with corpus.open() as generation:
        (generation.folder / "vocabulary.tsv").unlink()
    report = corpus.build()
    assert report.is_new
    assert "vocabulary.tsv" in report.full_build_reason.text


def test_many_files_are_read_by_several_processes(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_WORTH_A_PROCESS", 4)
    corpus = small_corpus(tmp_path)
    write_file(corpus.root / "biology/broken.md", "---\nquestion: [\n---\n")
    one = corpus.build()
    two = corpus.build(full=True)
    three = corpus.build(full=True, processes=2)
    assert one.failures == two.failures == three.failures
    assert three.articles == 4
    contents = {summary.manifest.corpus_hash for summary in corpus.store.list()}
    assert len(contents) == 1


def test_large_matrices_get_inverted_files_which_grow(tmp_path):
    corpus = Corpus(tmp_path)
    options = VectorIndexOptions(engine=VectorEngine.INVERTED_FILE)
    for number in range(40):
        corpus.write(f"lists/item-{number:02}", f"What is item {number}", f"Item {number} is thing number {number}.")
    corpus.build(vectors=options)
    with corpus.open() as generation:
        assert {"questions.faiss", "sections.faiss"} <= set(generation.manifest.files)
        assert generation.manifest.counts.trained_article_rows == 40
    corpus.write("lists/special", "What is a walrus", "The walrus has tusks.")
    corpus.build(vectors=options)
    with corpus.open() as generation:
        assert generation.manifest.counts.trained_article_rows == 40
        assert best(generation, corpus.encoder, "the walrus has tusks")[0] == "/learn/lists/special"
        assert best(generation, corpus.encoder, "item 7 is thing number 7")[0] == "/learn/lists/item-07"
    (corpus.root / "lists/special.md").unlink()
    corpus.build(vectors=options)
    with corpus.open() as generation:
        assert "/learn/lists/special" not in best(generation, corpus.encoder, "the walrus has tusks")
    for number in range(60):
        corpus.write(f"more/item-{number:02}", f"What is piece {number}", f"Piece {number} is part {number}.")
    corpus.build(vectors=options)
    with corpus.open() as generation:
        assert generation.manifest.counts.trained_article_rows == 101


def test_only_one_build_at_a_time(corpus):
    with corpus.store.writing(), pytest.raises(BuildRunningError, match=f"process {os.getpid()}"):
        prune(GenerationStore(corpus.store.folder))


def test_progress_counts_up_to_the_end_of_each_step(corpus):
    seen: list[Told] = []
    corpus.build(on_progress=told_to(seen))
    assert list(dict.fromkeys(event.stage for event in seen)) == list(BuildStage)
    for stage in BuildStage:
        events = [event for event in seen if event.stage is stage]
        assert [event.done for event in events] == sorted(event.done for event in events)
        assert events[-1].done == events[-1].total
    assert [event.total for event in seen if event.stage is BuildStage.EMBED][-1] == 8


def test_each_new_article_is_decoded_once(corpus, monkeypatch):
    decoded: Counter[str] = Counter()

    def decode(body, subject):
        stored = decode_article(body, subject)
        decoded[stored.article.url] += 1
        return stored

    monkeypatch.setattr(writer, "decode_article", decode)
    corpus.build()
    assert decoded == {f"/learn/{name}": 1 for name in ARTICLES}
    decoded.clear()
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    corpus.build()
    assert decoded == {"/learn/geology/granite": 1}


def test_the_parts_of_writing_the_index_are_shown(corpus):
    seen: list[Told] = []
    corpus.build(on_progress=told_to(seen))
    shown = [(event.done, event.total) for event in seen if event.stage is BuildStage.INDEX]
    assert shown == [(0, 0), (1, 3), (2, 3), (3, 3)]


def test_a_build_tells_what_became_of_each_article(corpus):
    corpus.build()
    corpus.write("geology/basalt", "What is basalt", "Basalt is a dark volcanic rock.")
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    (corpus.root / "geology/erosion.md").unlink()
    (corpus.root / "biology/yeast.md").unlink()
    corpus.write("biology/dough", "Why does dough rise?", "Yeast makes gas.")
    difference = corpus.build().difference
    assert [article.url for article in difference.added] == ["/learn/geology/granite"]
    assert [article.url for article in difference.changed] == ["/learn/geology/basalt"]
    assert [article.url for article in difference.removed] == ["/learn/geology/erosion"]
    assert [(moved.url, moved.successor) for moved in difference.moved] == [
        ("/learn/biology/yeast", "/learn/biology/dough")
    ]


@pytest.mark.parametrize("full", [False, True])
def test_what_went_is_remembered_until_it_is_back(corpus, full):
    corpus.build()
    basalt = corpus.root / "geology/basalt.md"
    text = basalt.read_text()
    basalt.unlink()
    (corpus.root / "biology/yeast.md").unlink()
    corpus.write("biology/dough", "Why does dough rise?", "Yeast makes gas.")
    corpus.build()
    corpus.write("geology/marble", "What is marble", "Marble is a rock.")
    corpus.build(full=full)
    with corpus.open() as generation:
        assert generation.what_became_of("/learn/geology/basalt").successor is None
        assert generation.what_became_of("/learn/geology/basalt").question == "What is basalt"
        assert generation.what_became_of("/learn/biology/yeast").successor == "/learn/biology/dough"
        assert generation.what_became_of("/learn/geology/erosion") is None
    write_file(basalt, text)
    (corpus.root / "biology/dough.md").unlink()
    corpus.build(full=full)
    with corpus.open() as generation:
        assert generation.what_became_of("/learn/geology/basalt") is None
        assert generation.what_became_of("/learn/biology/yeast").successor is None


def test_a_candidate_does_not_serve_until_it_is_told_to(corpus):
    first = corpus.build()
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    candidate = corpus.build(activate=False)
    assert candidate.is_new
    assert corpus.store.current_id() == first.generation_id
    assert candidate.generation_id in {summary.id for summary in corpus.store.list()}
    rollback(corpus.store, candidate.generation_id)
    assert "What is granite" in corpus.questions()
    with pytest.raises(GenerationError, match="could be removed"):
        discard(corpus.store, candidate.generation_id)
    discard(corpus.store, first.generation_id)
    assert [summary.id for summary in corpus.store.list()] == [candidate.generation_id]


@pytest.mark.parametrize("stage", list(BuildStage))
def test_a_build_that_is_stopped_leaves_nothing_behind(corpus, stage):
    first = corpus.build()
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")

    def stop(told, _done, _total):
        if told == stage.value:
            raise BuildCancelledError

    with pytest.raises(BuildCancelledError):
        corpus.build(on_progress=stop, full=True)
    if stage is not BuildStage.SAVE:  # told when all is saved, too late to stop
        assert corpus.store.current_id() == first.generation_id
    assert not list(corpus.store.folder.glob("building-*"))
    assert corpus.store.lock.holder() is None
    corpus.build()
    assert "What is granite" in corpus.questions()


def test_who_is_building_is_known(corpus):
    corpus.build()
    assert corpus.store.lock.holder() is None
    with corpus.store.writing():
        assert GenerationStore(corpus.store.folder).lock.holder().pid == os.getpid()
