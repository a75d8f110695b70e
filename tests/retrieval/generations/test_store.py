"""Switching, keeping, checking and calibrating generations."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from retrieval.errors import (
    CurrentFileError,
    GenerationDamagedError,
    GenerationError,
    GenerationMismatchError,
    IndexWriteError,
    NoGenerationError,
)
from retrieval.generations import folder as folder_module
from retrieval.generations import store as store_module
from retrieval.generations.store import GenerationStore
from retrieval.generations.verification import file_names
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.article_files import small_corpus
from tests.retrieval.index_changes import calibrate, discard, discard_candidates, prune, rollback


@pytest.fixture
def corpus(tmp_path):
    return small_corpus(tmp_path)


@pytest.fixture
def three(corpus):
    """Ids of three generations, oldest first: four, five and six articles."""
    ids = [corpus.build().generation_id]
    for name in ("fern", "moss"):
        corpus.write(f"biology/{name}", f"What is {name}", f"A plant named {name}.")
        ids.append(corpus.build().generation_id)
    return ids


def test_without_a_build_there_is_nothing_to_open(tmp_path):
    store = GenerationStore(tmp_path / "index")
    with pytest.raises(NoGenerationError, match="quicktakes index build"):
        store.current()
    assert store.list() == ()
    assert store.current_id() is None


def test_the_newest_serves_and_older_ones_are_kept(corpus, three):
    assert three == sorted(three)
    assert corpus.store.current_id() == three[2]
    summaries = corpus.store.list()
    assert [summary.id for summary in summaries] == three[::-1]
    assert [summary.is_current for summary in summaries] == [True, False, False]
    assert [summary.manifest.counts.articles for summary in summaries] == [6, 5, 4]
    assert [summary.manifest.parent for summary in summaries] == [three[1], three[0], None]


def test_rollback_goes_back_one_at_a_time(corpus, three):
    assert rollback(corpus.store) == three[1]
    assert len(corpus.questions()) == 5
    assert rollback(corpus.store) == three[0]
    assert len(corpus.questions()) == 4
    with pytest.raises(GenerationError, match="no sound generation before"):
        rollback(corpus.store)
    assert rollback(corpus.store, three[2]) == three[2]
    assert len(corpus.questions()) == 6


def test_rollback_passes_over_a_damaged_generation(corpus, three):
    damage(corpus.store.folder / three[1] / "articles.sqlite")
    assert rollback(corpus.store) == three[0]


@pytest.mark.parametrize(
    ("left", "problem"),
    [
        (b"../elsewhere\n", "names no generation"),
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"\xff\xfe\x00", "names no generation"),
        (None, "is missing"),
    ],
)
def test_rollback_helps_when_the_pointer_is_damaged(corpus, three, left, problem):
    pointer = corpus.store.folder / "current"
    if left is None:
        pointer.unlink()
    else:
        pointer.write_bytes(left)
    refused = corpus.build(activate=False).generation_id
    with pytest.raises(CurrentFileError, match=f"current {problem}; run `quicktakes index rollback`"):
        corpus.store.current()
    with pytest.raises(CurrentFileError):
        prune(corpus.store, 1)
    assert corpus.store.served_ids() == tuple(reversed(three))
    assert refused not in corpus.store.served_ids()
    assert rollback(corpus.store) == three[2]
    assert corpus.store.current_id() == three[2]


@pytest.mark.usefixtures("three")
def test_a_pointer_that_is_no_file_is_named(corpus):
    (corpus.store.folder / "current").unlink()
    (corpus.store.folder / "current").mkdir()
    with pytest.raises(CurrentFileError, match=r"current cannot be read \(Is a directory\)"):
        corpus.store.current_id()


@pytest.mark.usefixtures("three")
def test_a_build_over_a_damaged_pointer_mends_it_and_knows_what_was(corpus):
    (corpus.store.folder / "current").write_bytes(b"")
    (corpus.root / "biology/fern.md").unlink()
    report = corpus.build()
    assert corpus.store.current_id() == report.generation_id
    assert [article.url for article in report.difference.removed] == ["/learn/biology/fern"]
    assert report.articles_before == 6
    with corpus.open() as generation:
        assert generation.what_became_of("/learn/biology/fern").question == "What is fern"


@pytest.mark.usefixtures("three")
def test_what_went_is_remembered_although_the_generation_that_served_is_damaged(corpus):
    (corpus.root / "biology/fern.md").unlink()
    served = corpus.build().generation_id
    (corpus.root / "biology/moss.md").unlink()
    (corpus.store.folder / served / "articles.sqlite").unlink()
    report = corpus.build()
    assert [article.url for article in report.difference.removed] == ["/learn/biology/fern", "/learn/biology/moss"]


def test_an_unknown_generation_cannot_serve(corpus, three):
    for wrong in ("20200101T000000000000Z-0000", "..", ""):
        with pytest.raises(GenerationError, match="holds no generation"):
            rollback(corpus.store, wrong)
    assert corpus.store.current_id() == three[2]


def test_a_build_after_a_rollback_goes_on_from_what_serves(corpus, three):
    rollback(corpus.store, three[0])
    report = corpus.build()
    assert report.added == 2
    with corpus.open() as generation:
        assert generation.manifest.parent == three[0]
        assert len(list(generation.titles())) == 6


def test_prune_keeps_the_newest_and_the_one_that_serves(corpus, three):
    rollback(corpus.store, three[0])
    assert prune(corpus.store, keep=2) == (three[1],)
    assert [summary.id for summary in corpus.store.list()] == [three[2], three[0]]
    assert prune(corpus.store, keep=1) == (three[2],)
    assert len(corpus.questions()) == 4
    assert sorted(path.name for path in corpus.store.folder.iterdir() if path.is_dir()) == [three[0]]


def test_prune_keeps_one_to_go_back_to_whatever_waits_for_a_word(corpus, three):
    corpus.write("biology/oak", "What is oak", "A tree named oak.")
    waiting = corpus.build(activate=False).generation_id
    assert prune(corpus.store, keep=2) == (three[0],)
    assert [summary.id for summary in corpus.store.list()] == [waiting, three[2], three[1]]
    assert rollback(corpus.store) == three[1]
    corpus.write("biology/elm", "What is elm", "A tree named elm.")
    newest = corpus.build().generation_id
    assert prune(corpus.store, keep=2) == (three[1], waiting)
    assert [summary.id for summary in corpus.store.list()] == [newest, three[2]]


def test_one_that_waits_for_a_word_still_waits_when_it_could_not_be_let_serve(corpus, three, monkeypatch):
    corpus.write("biology/oak", "What is oak", "A tree named oak.")
    waiting = corpus.build(activate=False).generation_id

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(folder_module, "atomic_write", full)
        with pytest.raises(IndexWriteError):
            rollback(corpus.store, waiting)
    assert corpus.store.current_id() == three[2]
    assert [summary.id for summary in corpus.store.list() if summary.is_candidate] == [waiting]
    assert waiting not in corpus.store.served_ids()


@pytest.mark.usefixtures("three")
def test_one_that_serves_is_never_taken_for_one_that_waits_whoever_died_before_its_mark_went(corpus):
    corpus.write("biology/oak", "What is oak", "A tree named oak.")
    waiting = corpus.build(activate=False).generation_id
    mark = corpus.store.folder / f"{waiting}.candidate"
    rollback(corpus.store, waiting)
    mark.touch()
    assert corpus.store.served_ids()[0] == waiting
    corpus.write("biology/elm", "What is elm", "A tree named elm.")
    newest = corpus.build().generation_id
    discard_candidates(corpus.store, newest)
    assert rollback(corpus.store) == waiting
    assert not mark.exists()


def test_an_open_generation_goes_on_when_it_is_pruned(corpus, three):
    with corpus.store.open(three[0]) as old:
        index = old.search_index
        prune(corpus.store, keep=1)
        assert index is old.search_index
        assert old.article_by_url("/learn/geology/basalt").question == "What is basalt"


def damage(path, place=-1):
    """Flip one bit, in a copy, so that generations that share the file stay sound."""
    data = bytearray(path.read_bytes())
    data[place] ^= 0x10
    path.unlink()
    path.write_bytes(data)


def test_a_flipped_byte_in_any_file_is_found_and_named(corpus):
    generation_id = corpus.build().generation_id
    calibrate(corpus.store, {"threshold": 0.5})
    generation_id = corpus.store.current_id()
    folder = corpus.store.folder / generation_id
    names = file_names(folder)
    assert {"manifest.json", "articles.sqlite", "section_vectors.npy", "calibration.json"} <= set(names)
    assert any(name.startswith("lexical/") for name in names)
    for name in names:
        kept = folder.with_name("kept")
        shutil.copyfile(folder / name, kept)
        if kept.stat().st_size:
            damage(folder / name, kept.stat().st_size // 2)
            (problem,) = corpus.store.verify(generation_id)
            assert problem.file_name == name
        (folder / name).unlink()
        (problem,) = corpus.store.verify(generation_id)
        assert (problem.file_name, "missing" in problem.problem) == (name, True)
        shutil.move(kept, folder / name)
    assert corpus.store.verify(generation_id) == ()


def overwrite(path, start=0):
    """Put nonsense in a file's place, of the same length, so that generations that share the file stay sound."""
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[:start] + b"\xa5" * (len(data) - start))


def test_nonsense_in_any_file_is_an_error_of_that_generation(corpus):
    corpus.build()
    calibrate(corpus.store, {"threshold": 0.5}).close()
    damaged = corpus.store.current_id()
    folder = corpus.store.folder / damaged
    for name in file_names(folder):
        shutil.copyfile(folder / name, kept := folder.with_name("kept"))
        overwrite(folder / name)
        if kept.stat().st_size:
            with pytest.raises(GenerationDamagedError, match=damaged), corpus.open() as generation:
                generation.open_files()
        (folder / name).unlink()
        shutil.move(kept, folder / name)
    with corpus.open() as generation:
        generation.open_files()


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("start", [0, 100, 4096])
def test_a_build_mends_an_article_file_of_nonsense_and_knows_the_articles_of_the_one_before(corpus, three, start, full):
    (corpus.root / "biology/fern.md").unlink()
    overwrite(corpus.store.folder / three[2] / "articles.sqlite", start)
    report = corpus.build(full=full)
    assert report.is_full
    assert corpus.store.current_id() == report.generation_id
    assert corpus.store.verify(report.generation_id) == ()
    assert [article.url for article in report.difference.removed] == ["/learn/biology/fern"]


def test_a_calibration_for_which_the_disk_has_no_room_leaves_nothing(corpus, monkeypatch):
    served = corpus.build().generation_id

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_module, "seal", full)
    with pytest.raises(IndexWriteError, match="No space left on device"):
        calibrate(corpus.store, {"threshold": 0.5})
    assert [path.name for path in corpus.store.folder.iterdir() if path.is_dir()] == [served]


def test_a_damaged_calibration_is_not_taken_over(corpus):
    corpus.build()
    calibrate(corpus.store, {"threshold": 0.5}).close()
    overwrite(corpus.store.folder / corpus.store.current_id() / "calibration.json")
    report = corpus.build(full=True)
    with corpus.open() as generation:
        assert generation.calibration is None
    assert corpus.store.verify(report.generation_id) == ()


def test_a_file_that_does_not_belong_is_named(corpus):
    generation_id = corpus.build().generation_id
    (corpus.store.folder / generation_id / "notes.txt").write_text("mine")
    (problem,) = corpus.store.verify(generation_id)
    assert problem.file_name == "notes.txt"


@pytest.mark.parametrize("name", ["articles.sqlite", "question_vectors.npy", "vocabulary.tsv", "manifest.json"])
def test_opening_refuses_a_missing_or_cut_file(corpus, name):
    corpus.build()
    with corpus.open() as generation:
        path = generation.folder / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(GenerationDamagedError, match=name) as caught:
        corpus.open()
    assert "rollback" in str(caught.value)
    path.unlink()
    with pytest.raises(GenerationDamagedError, match=f"{name}: is missing"):
        corpus.open()


def test_opening_refuses_another_encoder(corpus):
    corpus.build()
    with pytest.raises(GenerationMismatchError, match=r"hashing-64-256.*hashing-32-256.*quicktakes index build"):
        corpus.store.current(HashingEncoder(dimension=32))


def test_a_calibration_makes_a_generation_that_shares_the_rest(corpus):
    before = corpus.build().generation_id
    calibration = {"weights": [0.5, 1.25], "näme": "ß"}
    with calibrate(corpus.store, calibration) as generation:
        assert generation.calibration == calibration
        assert generation.id == corpus.store.current_id() != before
        name = "section_vectors.npy"
        assert (generation.folder / name).samefile(corpus.store.folder / before / name)
    assert corpus.store.verify(generation.id) == ()
    with corpus.store.open(before) as old:
        assert old.calibration is None
    assert rollback(corpus.store) == before
    with corpus.open() as generation:
        assert generation.calibration is None


def test_a_calibration_outlives_builds_with_the_same_encoder(corpus):
    corpus.build()
    calibrate(corpus.store, {"threshold": 0.5}).close()
    corpus.write("biology/fern", "What is fern", "A plant.")
    corpus.build()
    with corpus.open() as generation:
        assert generation.calibration == {"threshold": 0.5}
    corpus.build(full=True)
    with corpus.open() as generation:
        assert generation.calibration == {"threshold": 0.5}
    corpus.encoder = HashingEncoder(dimension=32)
    corpus.build()
    with corpus.open() as generation:
        assert generation.calibration is None


def test_what_dead_builds_left_is_cleared_away(corpus):
    corpus.build()
    for name in ("building-20200101T000000000000Z-0000", "removing-20200101T000000000000Z-0001"):
        (corpus.store.folder / name / "lexical").mkdir(parents=True)
        (corpus.store.folder / name / "articles.sqlite").write_text("half")
    corpus.write("biology/fern", "What is fern", "A plant.")
    corpus.build()
    assert not [path.name for path in corpus.store.folder.iterdir() if path.name.startswith(("building", "removing"))]


def test_ids_go_on_sorting_when_the_clock_was_set_back(corpus):
    first = corpus.build().generation_id
    later = f"2099{first[4:]}"
    (corpus.store.folder / first).rename(corpus.store.folder / later)
    with corpus.store.writing() as writer, writer.unfinished() as (generation_id, _):
        pass
    assert generation_id > later


def test_no_file_of_a_generation_is_private_to_its_maker(corpus):
    corpus.build()
    with corpus.open() as generation:
        for name in file_names(generation.folder):
            assert (generation.folder / name).stat().st_mode & 0o044, name


def test_a_list_shows_a_generation_that_cannot_be_read(corpus, three):
    manifest = corpus.store.folder / three[0] / "manifest.json"
    manifest.write_text(json.dumps({"id": three[0]}))
    summary = corpus.store.list()[-1]
    assert summary.manifest is None
    assert "manifest.json" in summary.problem


def test_readers_see_the_old_or_the_new_generation_and_nothing_between(corpus, three):
    def look(_):
        with GenerationStore(corpus.store.folder).current() as generation:
            return len(list(generation.titles()))

    with ThreadPoolExecutor(4) as pool:
        seen = pool.map(look, range(60))
        for generation_id in three * 4:
            rollback(corpus.store, generation_id)
        assert set(seen) <= {4, 5, 6}


def test_nobody_goes_back_to_what_has_never_served_unless_it_is_named(corpus, three):
    corpus.write("biology/oak", "What is oak", "A tree named oak.")
    refused = corpus.build(activate=False).generation_id
    corpus.write("biology/elm", "What is elm", "A tree named elm.")
    corpus.build()
    assert [summary.id for summary in corpus.store.list() if summary.is_candidate] == [refused]
    assert rollback(corpus.store) == three[-1]
    assert rollback(corpus.store, refused) == refused
    assert not any(summary.is_candidate for summary in corpus.store.list())
    rollback(corpus.store, three[0])
    discard_candidates(corpus.store, "99991231T000000000000Z-0000")
    assert refused in {summary.id for summary in corpus.store.list()}, "it has served"


def test_a_candidate_goes_with_its_mark(corpus, three):
    corpus.write("biology/oak", "What is oak", "A tree named oak.")
    older = corpus.build(activate=False).generation_id
    newer = corpus.build(activate=False).generation_id
    discard_candidates(corpus.store, newer)
    assert [summary.id for summary in corpus.store.list()] == [newer, *reversed(three)]
    discard(corpus.store, newer)
    assert not list(corpus.store.folder.glob("*.candidate"))
    (corpus.store.folder / f"{older}.candidate").touch()  # its process died before the generation was there
    corpus.build()
    assert not list(corpus.store.folder.glob("*.candidate"))


def test_a_list_is_given_although_the_pointer_is_damaged(corpus, three):
    (corpus.store.folder / "current").write_text("nonsense")
    assert [summary.id for summary in corpus.store.list()] == [*reversed(three)]
