"""A running bot builds when article files change or a push comes, and answers from what it built."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import shutil
import socket
import subprocess

import aiohttp
import pytest

from bot.bootstrap import make_store
from bot.bot_bootstrap import open_bot
from bot.triggers.watch import CHECK_SECONDS, QUIET_SECONDS
from retrieval.lifecycle.journal import Journal
from tests.bot.small_index import build
from tests.e2e.conftest import LONGEST

SIGNED_WITH = "a secret of some length"
NEW = """---
question: Why do cats purr?
answer: Cats purr with the muscles of their larynx, which open and close the glottis.
subject: Biology
url: /learn/biology/why-do-cats-purr
---
"""


@pytest.fixture
def settings(sample_settings, sample_content, tmp_path):
    content = tmp_path / "content"
    shutil.copytree(sample_content / "learn" / "physics", content / "learn" / "physics")
    data = tmp_path / "data"
    data.mkdir()
    (data / "encoder").symlink_to(sample_settings.encoder_cache_dir, target_is_directory=True)
    shutil.copytree(sample_settings.vector_cache_path, data / "vectors")  # of these very articles
    index = sample_settings.index.model_copy(update={"dir": tmp_path / "index", "content_dir": content})
    free = sample_settings.discord.model_copy(update={"member_seconds": 0.0, "server_seconds": 0.0})
    return sample_settings.model_copy(update={"data_dir": data, "index": index, "discord": free})


def with_source(settings, **changes):
    return settings.model_copy(update={"source": settings.source.model_copy(update=changes)})


async def becomes_known(assistant):
    """Wait until the new article is found by its title."""
    async with asyncio.timeout(LONGEST):
        while "a:" not in "".join(choice.value for choice in await assistant.suggester.articles("why do cats purr")):  # noqa: ASYNC110  # nobody tells when
            await asyncio.sleep(0.1)


def test_changed_files_are_taken_up(settings):
    watching = with_source(settings, watch=True)
    build(watching)

    async def scenario():
        async with open_bot(watching) as (_, assistant):
            await asyncio.sleep(0.2)
            path = watching.index.content_dir / "learn" / "biology" / "cats.md"
            path.parent.mkdir()
            path.write_text(NEW)
            await becomes_known(assistant)
        assert Journal(watching.index_dir).events()[0].actor == "changed files"

    asyncio.run(scenario())


def git(folder, *arguments):
    identity = ("-c", "user.email=writer@example.org", "-c", "user.name=A writer")
    done = subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True, text=True)  # noqa: S607
    return done.stdout.strip()


def committed(folder, message) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


async def push(port, body=b'{"ref": "refs/heads/main"}') -> int:
    """Say that there was a push, as GitHub does; the status of the answer."""
    signature = "sha256=" + hmac.new(SIGNED_WITH.encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": signature, "X-GitHub-Event": "push", "X-GitHub-Delivery": signature[-9:]}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}/webhook", data=io.BytesIO(body), headers=headers) as answer,
    ):
        return answer.status


def by_repository(settings, port, **changes):
    source = settings.source.model_dump() | {"webhook_port": port, "webhook_secret": SIGNED_WITH} | changes
    return settings.model_copy(update={"source": type(settings.source).model_validate(source)})


def test_a_push_to_the_repository_is_taken_up_with_its_commit(settings):
    content = settings.index.content_dir
    git(content, "init", "--quiet", "--initial-branch", "main")
    committed(content, "Physics")
    port = free_port()
    pushed = by_repository(settings, port, repository=str(content))
    build(pushed)

    async def scenario():
        async with open_bot(pushed) as (_, assistant):
            (content / "learn" / "cats").mkdir()
            (content / "learn" / "cats" / "cats.md").write_text(NEW)
            committed(content, "Cats")
            assert await push(port) == 202
            await becomes_known(assistant)
            status = assistant._live.generation_id
        with make_store(pushed).open(status) as generation:
            assert generation.manifest.source_revision == git(content, "rev-parse", "HEAD")

    asyncio.run(scenario())


def actors(settings) -> list[str]:
    """Who built, oldest first."""
    return [event.actor for event in reversed(Journal(settings.index_dir).events())]


async def settles(settings, expected) -> None:
    """Wait until builds have ended, and see that no more follow than were expected."""
    async with asyncio.timeout(LONGEST):
        while len(actors(settings)) < len(expected):  # noqa: ASYNC110  # nobody tells when
            await asyncio.sleep(0.1)
    await asyncio.sleep(QUIET_SECONDS + CHECK_SECONDS + 2)
    assert actors(settings) == expected


@pytest.mark.long
def test_with_watching_a_push_is_one_build_whether_or_not_there_is_a_copy_yet(settings):
    content = settings.index.content_dir
    git(content, "init", "--quiet", "--initial-branch", "main")
    committed(content, "Physics")
    port = free_port()
    both = by_repository(settings, port, repository=str(content), watch=True)
    build(both)
    shutil.rmtree(both.repository_dir)

    async def scenario():
        async with open_bot(both):
            (content / "learn" / "cats").mkdir()
            (content / "learn" / "cats" / "cats.md").write_text(NEW)
            committed(content, "Cats")
            assert await push(port) == 202
            await settles(both, ["push"])
            (content / "learn" / "cats" / "cats.md").write_text(NEW.replace("larynx", "throat"))
            committed(content, "Throats")
            assert await push(port, b'{"ref": "refs/heads/main", "number": 2}') == 202
            await settles(both, ["push", "push"])
            (both.repository_dir / "learn" / "cats" / "cats.md").write_text("meddled")
            await settles(both, ["push", "push", "changed files"])
            assert "throat" in (both.repository_dir / "learn" / "cats" / "cats.md").read_text()

    asyncio.run(scenario())
