"""`/index` against the double: the whole bot, an index of its own, builds in a process of their own."""

from __future__ import annotations

import asyncio
import json
import os
import shutil

import pytest

from bot.bootstrap import make_store
from bot.bot_bootstrap import open_bot
from bot.client.running import finish_work, serve
from retrieval.generations.lock import StoreAction
from retrieval.lifecycle.journal import ActionOutcome, Journal
from tests.bot.small_index import build
from tests.bot.sources.repositories import Repository
from tests.discord_double.discord_double import DiscordDouble
from tests.discord_double.state import ADMIN
from tests.e2e.conftest import LONGEST

PATIENCE = 60.0


@pytest.fixture(scope="session")
def three_subjects(sample_settings, sample_content, tmp_path_factory):
    """A folder with the articles of three subjects in `content` and an index of them in `index`, to be copied."""
    folder = tmp_path_factory.mktemp("three-subjects")
    for subject in ("biology", "physics", "chemistry"):
        shutil.copytree(sample_content / "learn" / subject, folder / "content" / "learn" / subject)
    build(settings_in(folder, sample_settings))
    return folder


@pytest.fixture
def settings(sample_settings, three_subjects, tmp_path):
    """Settings of an index of the articles of three subjects, and a data folder of its own."""
    shutil.copytree(three_subjects, tmp_path, dirs_exist_ok=True, symlinks=True)
    return settings_in(tmp_path, sample_settings)


def settings_in(folder, sample_settings):
    """Settings of the articles, the index and the data in a folder; everybody asks as often as they like."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    if not (data / "encoder").exists():
        (data / "encoder").symlink_to(sample_settings.encoder_cache_dir, target_is_directory=True)
        shutil.copytree(sample_settings.vector_cache_path, data / "vectors")  # of these very articles
    index = sample_settings.index.model_copy(update={"dir": folder / "index", "content_dir": folder / "content"})
    free = sample_settings.discord.model_copy(update={"member_seconds": 0.0, "server_seconds": 0.0})
    return sample_settings.model_copy(update={"data_dir": data, "index": index, "discord": free})


def administrated(settings, scenario):
    """Run a scenario with a bot whose index `double.member` may manage, and nobody else."""

    async def run():
        async with asyncio.timeout(LONGEST), DiscordDouble(first_response_seconds=PATIENCE) as double:
            double.patience = PATIENCE
            double.member = double.add_user("boss", double.guild, permissions=ADMIN)
            admin = settings.admin.model_copy(update={"members": (int(double.member.id),)})
            stop = asyncio.Event()
            async with open_bot(settings.model_copy(update={"admin": admin})) as (client, assistant):
                life = asyncio.create_task(serve(client, double.token, stop, assistant.close))
                await double.connected()
                try:
                    await scenario(double)
                finally:
                    stop.set()
                    await life
            double.assert_all_valid()

    asyncio.run(run())


def article_file(settings, question):
    asked = f"\nquestion: >-\n    {question}\n"
    return next(path for path in settings.index.content_dir.rglob("*.md") if asked in path.read_text())


async def index(double, name, options=None, user=None):
    return await double.slash(user or double.member, "index", {name: options or {}})


async def message_of_build(double):
    """The message that shows a build, once it shows what came of it."""

    def ended():
        said = [message for message in double.messages_in(double.channel) if message.author == double.bot]
        return next(
            (m for m in said if "serves now" in m.text or "does not serve" in m.text or "cancelled" in m.text), None
        )

    return await double.wait_for(ended)


async def answers(double, question, words):
    """Wait until a question is answered with an article that has these words."""
    said = ""
    async with asyncio.timeout(PATIENCE):
        while words not in said:
            said = (await double.slash(double.member, "article", {"title": question})).text
            await asyncio.sleep(0.05)


def test_a_rebuild_agrees_with_its_preview_serves_at_once_and_is_undone_with_one_click(settings):
    async def scenario(double):
        first = make_store(settings).current_id()
        await double.slash(double.member, "ask", {"question": "why does ice float on water"})
        await finish_work()
        article_file(settings, "Why does ice float on water?").unlink()
        seen = await index(double, "preview")
        await seen.wait_until(lambda run: len(run.messages) == 2)
        assert seen.ephemeral
        assert "**1 removed**\n- Why does ice float on water?" in seen.messages[0].text
        assert "**1 of 1 questions would get another first answer:**" in seen.messages[0].text
        assert "- why does ice float on water: `why-does-ice-float-on-water` →" in seen.messages[0].text
        assert make_store(settings).current_id() == first
        run = await index(double, "rebuild")
        assert "https://discord.com/channels/" in run.text
        shown = await message_of_build(double)
        assert "**1 removed**\n- Why does ice float on water?" in shown.text
        second = make_store(settings).current_id()
        assert f"Generation `{second}` serves now." in shown.text
        assert shown.labels() == ["Roll back"]
        await answers(double, "why does ice float on water", "The nearest article to “why does ice float on water”")
        stranger = double.add_user("eve", double.guild, permissions=ADMIN)
        refused = await double.press(stranger, shown, "Roll back")
        assert "Only those whom the operator of this bot has named" in refused.text
        assert make_store(settings).current_id() == second
        back = await double.press(double.member, shown, "Roll back")
        assert f"Generation `{first}` serves now, after `{second}`." in back.text
        await answers(double, "why does ice float on water", "Why does ice float on water?")
        audit = (await index(double, "audit")).text
        actor = f"Discord member {double.member.id} in server {double.guild.id}"
        assert audit.count(actor) == 3
        events = Journal(settings.index_dir).events()
        assert [(event.action, event.outcome) for event in events] == [
            (StoreAction.ROLLBACK, ActionOutcome.DONE),
            (StoreAction.BUILD, ActionOutcome.DONE),
            (StoreAction.PREVIEW, ActionOutcome.DONE),
        ]
        history = (await index(double, "history")).text
        assert history.count("\n- ") == 2
        assert "Rollback: done" in history

    administrated(settings, scenario)


def test_of_a_repository_the_commits_are_named_and_a_renamed_file_has_moved(settings, tmp_path):
    repository = Repository(tmp_path / "repository")
    shutil.copytree(settings.index.content_dir, repository.folder, dirs_exist_ok=True)
    first = repository.commit("All articles")
    source = settings.source.model_dump() | {"repository": str(repository.folder)}
    settings = settings.model_copy(update={"source": type(settings.source).model_validate(source)})
    shutil.rmtree(settings.index_dir)
    build(settings)

    async def scenario(double):
        path = next(repository.folder.rglob("why-does-ice-float-on-water.md"))
        text = path.read_text().replace("Why does ice float on water?", "Why does ice swim?")
        url = next(line.split(": ", 1)[1].strip("'\"") for line in text.splitlines() if line.startswith("url: "))
        path.unlink()
        path.with_name("swims.md").write_text(text.replace(url, "/learn/swims"))
        last = repository.commit("Ice **swims** @everyone")
        way = f"**One commit, from `{first[:10]}` to `{last[:10]}`**\n- `{last[:10]}` Ice "
        seen = await index(double, "preview")
        await seen.wait_until(lambda run: len(run.messages) == 2)
        assert "**1 moved**\n- `why-does-ice-float-on-water` → `swims`" in seen.messages[0].text
        assert way in seen.messages[0].text
        assert "@everyone" not in seen.messages[0].text
        await index(double, "rebuild")
        shown = await message_of_build(double)
        assert way in shown.text
        assert "@everyone" not in shown.text
        assert f"`{last}`" in (await index(double, "status")).text

    administrated(settings, scenario)


def test_what_loses_too_much_waits_for_an_admins_word(settings):
    async def scenario(double):
        first = make_store(settings).current_id()
        shutil.rmtree(settings.index.content_dir / "learn" / "physics")
        double.cut_next("PATCH /channels/{channel_id}/messages/{message_id}")  # that is no reason to give up a build
        await index(double, "rebuild")
        shown = await message_of_build(double)
        assert "does not serve" in shown.text
        assert make_store(settings).current_id() == first
        assert shown.labels() == ["Let it serve"]
        confirmed = await double.press(double.member, shown, "Let it serve")
        assert "serves now" in confirmed.text
        assert make_store(settings).current_id() != first

    administrated(settings, scenario)


def test_how_the_index_is_and_how_an_article_is_indexed(settings):
    (settings.index.content_dir / "learn" / "biology" / "broken.md").write_text("---\nquestion: x\n---\n")
    build(settings)

    async def scenario(double):
        status = (await index(double, "status")).text
        assert f"Generation `{make_store(settings).current_id()}`" in status
        assert "One file could not be read:" in status
        assert "learn/biology/broken.md" in status
        assert "Nothing is being built." in status
        with make_store(settings).current() as generation:
            url = generation.article(int(generation.article_rows[0])).url
            question = generation.article(int(generation.article_rows[0])).question
        assert question in (await index(double, "article", {"url": f"https://quicktakes.io{url}"})).text
        assert "broken.md" in (await index(double, "article", {"url": "learn/biology/broken.md"})).text
        assert "never was" in (await index(double, "article", {"url": "/learn/nothing"})).text
        failed = await index(double, "rollback", {"generation": "20200101T000000000000Z-0000"})
        assert "That did not work: " in failed.text
        first = make_store(settings).current_id()
        article_file(settings, "Why does ice float on water?").unlink()
        build(settings)
        damaged = settings.index_dir / make_store(settings).current_id() / "vocabulary.tsv"
        damaged.write_bytes(damaged.read_bytes()[::-1])
        assert "cannot serve" not in status
        until_mended = f"This bot answers from generation `{first}` until that is mended."
        async with asyncio.timeout(PATIENCE):
            while until_mended not in status:
                await asyncio.sleep(0.1)
                status = (await index(double, "status")).text
        assert "vocabulary" in status.partition("It cannot serve: ")[2].split("\n")[0]

    administrated(settings, scenario)


async def message_of_bot(double):
    """The bot's first message that everybody sees."""
    return await double.wait_for(
        lambda: next((m for m in double.messages_in(double.channel) if m.author == double.bot), None)
    )


async def stops_nothing(double, message, said, locale):
    """Press the Cancel of a build that has ended, and read what the bot says to that."""
    run = await double.press(double.member, message, "Cancel", locale=locale)
    await run.wait_until(lambda run: bool(run.added), PATIENCE)
    assert [(message.text, message.ephemeral) for message in run.added] == [(said, True)]


def test_a_build_is_cancelled_with_one_click_and_by_no_button_of_another_one(settings):
    async def scenario(double):
        first = make_store(settings).current_id()
        article_file(settings, "Why does ice float on water?").unlink()
        building = asyncio.create_task(index(double, "rebuild"))
        shown = await message_of_bot(double)
        await double.press(double.member, shown, "Cancel")
        await building
        ended = await message_of_build(double)
        assert ended.text == "The build was cancelled; everything stays as it was."
        assert ended.labels() == []
        assert make_store(settings).current_id() == first
        assert [event.outcome for event in Journal(settings.index_dir).events()] == [ActionOutcome.CANCELLED]
        double.service.world.edit(ended, components=shown.components)  # as a bot leaves it that ends before its build
        await stops_nothing(double, shown, "That build has ended already; nothing was stopped.", "en-US")
        building = asyncio.create_task(index(double, "rebuild"))
        await double.wait_for(lambda: [m for m in double.messages_in(double.channel) if m.labels() == ["Cancel"]][1:])
        await stops_nothing(double, shown, "Dieser Aufbau ist schon zu Ende; es wurde nichts abgebrochen.", "de")
        await building
        await double.wait_for(lambda: make_store(settings).current_id() != first)
        assert [event.outcome for event in Journal(settings.index_dir).events()] == [
            ActionOutcome.DONE,
            ActionOutcome.CANCELLED,
        ]

    administrated(settings, scenario)


def test_of_two_builds_at_once_the_second_is_refused(settings):
    async def scenario(double):
        building = asyncio.create_task(index(double, "rebuild"))
        await message_of_bot(double)
        second = await index(double, "rebuild")
        assert second.text.startswith("The index is being built already. https://discord.com/channels/")
        await building
        await double.wait_for(lambda: any("goes on serving" in m.text for m in double.messages_in(double.channel)))
        store = make_store(settings)
        with store.writing() as writer:
            writer.note("embed", 10, 1_200)
            for command in ("rebuild", "preview", "rollback"):
                refused = await index(double, command)
                assert refused.ephemeral
                assert refused.text.startswith("The index is being built already. Under way: Build, process ")
                assert f"process {os.getpid()}, begun <t:" in refused.text
                assert refused.text.endswith("Embedding: 10 of 1,200")
            assert f"process {os.getpid()}, begun <t:" in (await index(double, "status")).text
        outcomes = [(event.action, event.outcome) for event in Journal(settings.index_dir).events()[:2]]
        assert outcomes == [(StoreAction.ROLLBACK, ActionOutcome.BUSY), (StoreAction.PREVIEW, ActionOutcome.BUSY)]

    administrated(settings, scenario)


def test_nobody_else_may_use_it_whatever_discord_lets_them_see(settings):
    async def scenario(double):
        eve = double.add_user("eve", double.guild, permissions=ADMIN)
        first = make_store(settings).current_id()
        for name in ("status", "preview", "rebuild", "rollback", "history", "audit"):
            run = await index(double, name, user=eve)
            assert run.ephemeral
            assert "Only those whom the operator of this bot has named may do that." in run.text
        asked = await double.slash(eve, "about")
        for forged in (f"x1:index:rollback:{first}", f"x1:index:confirm:{first}", "x1:index:cancel:" + "0" * 16):
            run = await double.forge_press(eve, asked.message, forged)
            assert "Only those whom the operator of this bot has named may do that." in run.added[-1].text
            assert run.added[-1].ephemeral
            assert double.current(asked.message) == asked.message
        assert make_store(settings).current_id() == first
        assert Journal(settings.index_dir).events() == ()
        command = next(c for c in double.service.world.commands_for(None) if c["name"] == "index")
        assert json.loads(command["default_member_permissions"]) == 8

    administrated(settings, scenario)
