"""A running bot takes up what another process builds or goes back to, and never what cannot serve."""

from __future__ import annotations

import asyncio
import logging
import shutil

import pytest

from bot.bootstrap import make_store, open_index_operations
from bot.bot_bootstrap import index_opener
from bot.live_index import follower as follower_module
from bot.live_index.follower import IndexFollower, open_newest_sound
from bot.live_index.live import LiveIndex
from bot.panels.custom_ids import ButtonAction, make_id
from retrieval.errors import GenerationDamagedError, NoGenerationError
from tests.bot.assistants import ADA, at_desk
from tests.bot.panels.limits import text
from tests.bot.small_index import build, write
from tests.retrieval.index_changes import rollback


@pytest.fixture
def followed(settings):
    served = LiveIndex(serve(settings))
    yield served, IndexFollower(served, make_store(settings), index_opener(settings))
    served.close()


def serve(settings):
    return open_newest_sound(make_store(settings), index_opener(settings))


def asked(served, question):
    with served.lease() as serving:
        return serving.answerer.rank(question)[0].article.question


def test_a_new_generation_and_a_rollback_are_taken_up(settings, followed):
    served, follower = followed
    first = served.generation_id
    assert not follower.check()
    assert follower.instead() is None
    write(settings, "yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")
    second = build(settings)
    assert follower.check()
    assert served.generation_id == second
    assert asked(served, "what makes dough rise") == "Why does dough rise?"
    rollback(make_store(settings))
    assert follower.check()
    assert served.generation_id == first
    assert not follower.check()


def test_what_cannot_be_opened_is_said_once_and_leaves_the_one_before_serving(settings, followed, caplog):
    served, follower = followed
    first = served.generation_id
    write(settings, "yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")
    second = build(settings)
    (make_store(settings).folder / second / "articles.sqlite").unlink()
    with caplog.at_level(logging.ERROR):
        assert not follower.check()
        assert not follower.check()
    (said,) = [record.getMessage() for record in caplog.records]
    assert (follower.instead().generation_id, follower.instead().reason in said) == (first, True)
    assert said.startswith(f"still serving generation {first}: generation {second}: articles.sqlite: is missing; run `")
    assert asked(served, "honey") == "How do bees make honey?"
    write(settings, "wine", "How is wine made?", "Wine is made by letting the juice of grapes ferment.")
    build(settings, full=True)
    assert follower.check()
    assert follower.instead() is None
    assert asked(served, "wine") == "How is wine made?"


def test_at_the_start_the_newest_sound_generation_serves_and_that_is_said(settings, caplog):
    first = make_store(settings).current_id()
    write(settings, "yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")
    second = build(settings)
    (make_store(settings).folder / second / "question_vectors.npy").write_bytes(b"")
    with caplog.at_level(logging.ERROR):
        serving = serve(settings)
    assert serving.generation_id == first
    assert f"generation {first} serves instead of {second} until that is mended" in caplog.text
    serving.close()
    (make_store(settings).folder / first / "articles.sqlite").unlink()
    with pytest.raises(GenerationDamagedError, match=second):
        serve(settings)


def test_one_flipped_byte_is_neither_started_with_nor_followed_to(settings, followed, caplog):
    served, follower = followed
    first = served.generation_id
    write(settings, "yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")
    second = build(settings)
    path = make_store(settings).folder / second / "section_vectors.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.unlink()  # the generation before may share the file
    path.write_bytes(data)
    with caplog.at_level(logging.ERROR):
        assert not follower.check()
        serving = serve(settings)
    assert serving.generation_id == first
    serving.close()
    assert f"generation {second}: section_vectors.npy: differs from its checksum" in caplog.text
    assert f"generation {first} serves instead of {second} until that is mended" in caplog.text


def test_what_was_mended_in_its_place_is_taken_up(settings, followed, monkeypatch, caplog):
    served, follower = followed
    write(settings, "yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")
    second = build(settings)
    path = make_store(settings).folder / second / "vocabulary.tsv"
    path.rename(path.with_name("elsewhere"))
    assert not follower.check()
    path.with_name("elsewhere").rename(path)
    assert not follower.check(), "not yet"
    monkeypatch.setattr(follower_module, "REOPEN_SECONDS", 0.0)
    monkeypatch.setattr(follower, "_again", 0.0)
    path.rename(path.with_name("elsewhere"))
    caplog.clear()
    assert not follower.check()
    assert not follower.check()
    assert caplog.records == [], "it was said before"
    path.with_name("elsewhere").rename(path)
    assert follower.check()
    assert served.generation_id == second


class Unlucky:
    """Generations whose folder cannot be looked at once, for a reason that nobody thought of."""

    def __init__(self, generations) -> None:
        self._generations = generations
        self.folder = generations.folder
        self.looks = 0

    def __getattr__(self, name):
        return getattr(self._generations, name)

    def current_id(self):
        self.looks += 1
        if self.looks == 1:
            raise ZeroDivisionError
        return self._generations.current_id()


def test_a_defect_does_not_end_the_looking(settings, monkeypatch, caplog):
    monkeypatch.setattr(follower_module, "POLL_SECONDS", 0.01)
    served = LiveIndex(serve(settings))
    unlucky = Unlucky(make_store(settings))

    async def scenario():
        following = asyncio.create_task(IndexFollower(served, unlucky, index_opener(settings)).run())
        async with asyncio.timeout(10):
            while unlucky.looks < 3:  # noqa: ASYNC110  # nobody tells when
                await asyncio.sleep(0.01)
        following.cancel()

    asyncio.run(scenario())
    served.close()
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("name", ["articles.sqlite", "question_vectors.npy", "vocabulary.tsv", "lexical/meta.json"])
def test_nonsense_in_a_file_neither_keeps_a_bot_from_starting_nor_from_following(settings, followed, name, caplog):
    served, follower = followed
    first = served.generation_id
    write(settings, "yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")
    second = build(settings)
    path = make_store(settings).folder / second / name
    size = path.stat().st_size
    path.unlink()
    path.write_bytes(b"\xa5" * size)
    with caplog.at_level(logging.ERROR):
        assert not follower.check()
        serving = serve(settings)
    assert serving.generation_id == first
    serving.close()
    assert f"still serving generation {first}: generation {second}: " in caplog.text
    assert f"generation {first} serves instead of {second} until that is mended" in caplog.text


def test_what_was_never_let_serve_is_not_fallen_back_to(settings):
    first = make_store(settings).current_id()
    write(settings, "yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")
    second = build(settings)
    write(settings, "wine", "How is wine made?", "Wine is made by letting the juice of grapes ferment.")
    refusing = settings.model_copy(update={"index": settings.index.model_copy(update={"max_removed_share": 0.0})})
    (settings.index.content_dir / "learn" / "biology" / "rust.md").unlink()
    assert open_index_operations(refusing).rebuild("ann").objections
    (make_store(settings).folder / second / "question_vectors.npy").write_bytes(b"")
    serving = serve(settings)
    assert serving.generation_id == first
    serving.close()


DAMAGE = [b"", b"nonsense", b"\xff\xfe\x00", b"20200101T000000000000Z-0000\n", None]


def damage(settings, left):
    """Leave this in the file that names the generation that serves, or no such file."""
    pointer = settings.index_dir / "current"
    if left is None:
        pointer.unlink()
    else:
        pointer.write_bytes(left)


@pytest.mark.parametrize("left", DAMAGE)
def test_a_damaged_pointer_does_not_keep_a_bot_from_starting(settings, left, caplog):
    write(settings, "yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")
    second = build(settings)
    refusing = settings.model_copy(update={"index": settings.index.model_copy(update={"max_removed_share": 0.0})})
    (settings.index.content_dir / "learn" / "biology" / "rust.md").unlink()
    assert open_index_operations(refusing).rebuild("ann").objections
    damage(settings, left)
    with caplog.at_level(logging.ERROR):
        serving = serve(settings)
    assert serving.generation_id == second, "the newest was never let serve"
    serving.close()
    assert f"generation {second} serves instead of " in caplog.text
    assert "quicktakes index rollback" in caplog.text
    (make_store(settings).folder / second / "question_vectors.npy").write_bytes(b"")
    serving = serve(settings)
    assert serving.generation_id < second
    serving.close()


@pytest.mark.parametrize("left", DAMAGE)
def test_a_pointer_that_is_damaged_while_a_bot_serves_is_said_once_and_mended_by_a_rollback(
    settings, followed, left, caplog
):
    served, follower = followed
    first = served.generation_id
    damage(settings, left)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert not follower.check()
    assert len([record for record in caplog.records if record.levelno >= logging.ERROR]) == 1
    assert follower.instead().generation_id == first
    assert asked(served, "honey") == "How do bees make honey?"
    assert rollback(make_store(settings)) == first
    write(settings, "yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")
    second = build(settings)
    assert follower.check()
    assert served.generation_id == second


def test_nothing_built_is_nothing_to_serve(settings, tmp_path):
    empty = settings.model_copy(update={"index": settings.index.model_copy(update={"dir": tmp_path / "none"})})
    with pytest.raises(NoGenerationError):
        serve(empty)


def test_an_index_folder_that_is_removed_is_said_once_and_mended_by_a_build(settings, followed, caplog):
    served, follower = followed
    first = served.generation_id
    shutil.rmtree(settings.index_dir)
    with caplog.at_level(logging.ERROR):
        assert not follower.check()
        assert not follower.check()
    (said,) = [record.getMessage() for record in caplog.records]
    assert said.startswith(f"still serving generation {first}: {settings.index_dir} holds no index yet; run `")
    assert follower.instead().generation_id == first
    assert asked(served, "honey") == "How do bees make honey?"
    second = build(settings)
    assert follower.check()
    assert (served.generation_id, follower.instead()) == (second, None)
    assert asked(served, "honey") == "How do bees make honey?"


def test_a_running_assistant_answers_from_what_another_process_built(settings, tmp_path):
    async def scenario(desk):
        assert await look_up(desk, "why does dough rise") is None
        write(settings, "yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")
        built = await asyncio.to_thread(build, settings)
        async with asyncio.timeout(30):  # five seconds, on a machine that is not busy
            while (panel := await look_up(desk, "why does dough rise")) is None:
                pass
        assert (panel.memory.generation, panel.memory.article_url) == (built, "/learn/biology/yeast")

    at_desk(settings, tmp_path, scenario)


async def look_up(desk, title):
    await asyncio.sleep(0.05)
    panel = await desk.assistant.article(ADA, title)
    return panel if f"[{title}?]" in text(panel).lower() else None


def test_a_button_of_an_old_answer_says_what_became_of_its_article(settings, tmp_path):
    async def scenario(desk):
        honey, _ = await desk.ask(ADA, "how do bees make honey")
        rust, _ = await desk.ask(ADA, "why does iron rust")
        folder = settings.index.content_dir / "learn" / "biology"
        (folder / "bees.md").unlink()
        (folder / "rust.md").unlink()
        write(settings, "corrosion", "Why does iron rust?", "Iron rusts because oxygen and water turn it into oxide.")
        await asyncio.to_thread(build, settings)
        async with asyncio.timeout(30):
            while await look_up(desk, "how do bees make honey"):
                pass
        (gone,) = await desk.press(ADA, honey, make_id(ButtonAction.READ, 1))
        assert text(gone).startswith("The article “How do bees make honey?” was taken down on 20")
        (moved,) = await desk.press(ADA, rust, make_id(ButtonAction.READ, 1))
        address = "https://quicktakes.io/learn/biology/corrosion"
        assert text(moved) == f"That article has moved: [Why does iron rust?]({address})"
        assert gone.is_private
        assert moved.is_private

    at_desk(settings, tmp_path, scenario)


def test_a_serving_that_is_pruned_before_its_first_question_answers_it(settings):
    serving = serve(settings)
    shutil.rmtree(settings.index_dir / serving.generation_id)
    reply = serving.ask("how do bees make honey")
    assert "honey" in serving.answerer.rank("how do bees make honey")[0].article.question
    assert reply.question == "how do bees make honey"
    serving.close()


class Replaced:
    """Generations of which the one that serves is replaced and removed while it is opened, a number of times."""

    def __init__(self, settings, times):
        self._store = make_store(settings)
        self._open_one = index_opener(settings)
        self._times = times
        self._gone = []
        self.folder = self._store.folder
        self.served_ids = self._store.served_ids

    def current_id(self):
        return self._store.current_id() if len(self._gone) >= self._times else f"gone {len(self._gone)}"

    def open_one(self, generation_id):
        if generation_id.startswith("gone"):
            self._gone.append(generation_id)
            raise GenerationDamagedError(generation_id, "manifest.json", "is missing")
        return self._open_one(generation_id)


def test_one_that_is_replaced_while_it_is_opened_is_neither_said_nor_stayed_with(settings, caplog):
    first = make_store(settings).current_id()
    replaced = Replaced(settings, 3)
    served = LiveIndex(open_newest_sound(replaced, replaced.open_one))
    try:
        assert served.generation_id == first
        write(settings, "moss", "Where does moss grow?", "Moss grows where it is damp.")
        second = build(settings)
        replaced = Replaced(settings, 3)
        assert IndexFollower(served, replaced, replaced.open_one).check()
        assert served.generation_id == second
        assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    finally:
        served.close()
