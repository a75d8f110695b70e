"""A push starts a build: who may say so, and what listens."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import json

import aiohttp
import pytest

from bot.sources.webhook import LARGEST_BODY, PushEvents, listening

SECRET = "a secret of some length"  # noqa: S105  # opens nothing
ANOTHER = "another secret of some length"


def push(ref="refs/heads/main", **facts):
    return json.dumps({"ref": ref, **facts}).encode()


def github(body, delivery="1", event="push", secret=SECRET):
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": signature, "X-GitHub-Event": event, "X-GitHub-Delivery": delivery}


def gitlab(delivery="1", token=SECRET, event="Push Hook"):
    return {"X-Gitlab-Token": token, "X-Gitlab-Event": event, "X-Gitlab-Event-UUID": delivery}


def test_signed_pushes_to_the_branch_are_wishes():
    wishes = []
    events = PushEvents(SECRET, "main", wishes.append)
    assert events.take(github(push()), push()) == 202
    assert events.take(gitlab(delivery="2"), push()) == 202
    assert wishes == ["push", "push"]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (github(push(), secret=ANOTHER), push(), 401),
        (github(push()), push("refs/heads/other"), 401),
        (gitlab(token=ANOTHER), push(), 401),
        (gitlab(token=""), push(), 401),
        ({}, push(), 401),
        ({"X-Hub-Signature-256": "sha256=é"}, push(), 401),
        ({"X-Hub-Signature-256": "sha256=\udcff"}, push(), 401),  # a byte that is no UTF-8, as aiohttp gives it
        ({"X-Gitlab-Token": "\udcff"}, push(), 401),
        (github(push("refs/heads/other")), push("refs/heads/other"), 200),
        (github(push(), event="ping"), push(), 200),
        (github(b"{"), b"{", 400),
        (github(b"[]"), b"[]", 400),
        (github(push(), delivery=""), push(), 400),
        (github(b"[" * 100_000), b"[" * 100_000, 400),
        (github(b"\xff"), b"\xff", 400),
        (github(push(deleted=True)), push(deleted=True), 200),
        (gitlab(), push(after="0" * 40), 200),
    ],
)
def test_everything_else_is_none(headers, body, status):
    wishes = []
    assert PushEvents(SECRET, "main", wishes.append).take(headers, body) == status
    assert wishes == []


def test_an_event_that_is_sent_again_counts_once():
    wishes = []
    events = PushEvents(SECRET, "main", wishes.append)
    assert [events.take(github(push()), push()) for _ in range(3)] == [202, 200, 200]
    assert wishes == ["push"]


def test_a_signature_that_was_overheard_is_of_no_use_under_another_delivery():
    wishes = []
    events = PushEvents(SECRET, "main", wishes.append)
    assert [events.take(github(push(), delivery=str(number)), push()) for number in range(3)] == [202, 200, 200]
    assert wishes == ["push"]


def test_events_come_over_http():
    async def scenario():
        wishes = []
        async with listening(PushEvents(SECRET, "main", wishes.append), "127.0.0.1", 0) as port:
            address = f"http://127.0.0.1:{port}"
            async with aiohttp.ClientSession() as session:

                async def post(body, headers, path="/webhook"):
                    async with session.post(address + path, data=io.BytesIO(body), headers=headers) as answer:
                        return answer.status, await answer.text()

                assert await post(push(), github(push())) == (202, "")
                assert await post(push(), github(push(), secret=ANOTHER)) == (401, "")
                huge = b"x" * (LARGEST_BODY + 1)
                assert (await post(huge, github(huge)))[0] == 413
                assert (await post(push(), github(push()), "/elsewhere"))[0] == 404
                async with session.get(address + "/webhook") as answer:
                    assert answer.status == 405
        assert wishes == ["push"]

    asyncio.run(scenario())


def test_a_body_of_unknown_length_is_limited_too():
    async def endless():
        for _ in range(LARGEST_BODY // 65_536 + 2):
            yield b"x" * 65_536

    async def scenario():
        wishes = []
        async with (
            listening(PushEvents(SECRET, "main", wishes.append), "127.0.0.1", 0) as port,
            aiohttp.ClientSession() as session,
            session.post(f"http://127.0.0.1:{port}/webhook", data=endless(), headers=github(b"")) as answer,
        ):
            assert answer.status == 413
        assert wishes == []

    asyncio.run(scenario())


def test_who_sends_too_slowly_is_not_waited_for():
    async def scenario():
        wishes = []
        async with listening(PushEvents(SECRET, "main", wishes.append), "127.0.0.1", 0, body_seconds=0.2) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
            answer = await asyncio.wait_for(reader.readline(), 10)
            writer.close()
            await writer.wait_closed()
            assert answer.split()[1] == b"408"
        assert wishes == []

    asyncio.run(scenario())
