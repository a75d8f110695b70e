"""What listens for pushes, and what strangers can make of it."""

from __future__ import annotations

import asyncio
import io
import logging
import socket
import ssl
import time
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import pytest

from bot.triggers.webhook import PushEvents
from bot.triggers.webhook_server import BOUNDS, MAX_BODY_BYTES, listening
from tests.bot.triggers.webhook_events import ANOTHER, SECRET, Requests, github, push


def test_events_come_over_http():
    async def scenario():
        queue = Requests()
        async with listening(PushEvents(SECRET, "main", queue.request_build), "127.0.0.1", 0) as port:
            address = f"http://127.0.0.1:{port}"
            async with aiohttp.ClientSession() as session:

                async def post(body, headers, path="/webhook"):
                    async with session.post(address + path, data=io.BytesIO(body), headers=headers) as answer:
                        return answer.status, await answer.text()

                assert await post(push(), github(push())) == (202, "a build is requested\n")
                assert (await post(push(), github(push(), secret=ANOTHER)))[0] == 401
                huge = b"x" * (MAX_BODY_BYTES + 1)
                assert (await post(huge, github(huge)))[0] == 413
                assert (await post(push(), github(push()), "/elsewhere"))[0] == 404
                async with session.get(address + "/webhook") as answer:
                    assert answer.status == 405
                    assert answer.headers["Connection"] == "close"
        assert queue.reasons == ["push"]

    asyncio.run(scenario())


def test_a_body_of_unknown_length_is_limited_too():
    async def endless():
        for _ in range(MAX_BODY_BYTES // 65_536 + 2):
            yield b"x" * 65_536

    async def scenario():
        queue = Requests()
        async with (
            listening(PushEvents(SECRET, "main", queue.request_build), "127.0.0.1", 0) as port,
            aiohttp.ClientSession() as session,
            session.post(f"http://127.0.0.1:{port}/webhook", data=endless(), headers=github(b"")) as answer,
        ):
            assert answer.status == 413
        assert queue.reasons == []

    asyncio.run(scenario())


def test_who_sends_too_slowly_is_not_waited_for():
    async def scenario():
        queue = Requests()
        async with listening(PushEvents(SECRET, "main", queue.request_build), "127.0.0.1", 0, body_seconds=0.2) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(raw()[:-5])
            answer = await asyncio.wait_for(reader.readline(), 10)
            writer.close()
            await writer.wait_closed()
            assert answer.split()[1] == b"408"
        assert queue.reasons == []

    asyncio.run(scenario())


@asynccontextmanager
async def served(**options):
    """A port that is listened at, and the queue that come of it."""
    queue = Requests()
    events, bounds = PushEvents(SECRET, "main", queue.request_build), replace(BOUNDS, **options)
    async with listening(events, "127.0.0.1", 0, bounds=bounds) as port:
        yield port, queue


def raw(body=None, headers=None, first="POST /webhook HTTP/1.1") -> bytes:
    """A signed push as it goes over the wire."""
    body = push() if body is None else body
    lines = [first, "Host: x", *(f"{name}: {value}" for name, value in (github(body) | (headers or {})).items())]
    if "Transfer-Encoding" not in (headers or {}):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


async def sent(port, *pieces) -> bytes:
    """What is answered until the connection is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        return await asyncio.wait_for(reader.read(), 20)
    except ConnectionError:
        return b""
    finally:
        writer.close()


def test_a_push_gets_through_a_flood_of_unfinished_requests_which_all_end():
    async def scenario():
        async with served(seconds=2.5) as (port, queue):
            flood = [await asyncio.open_connection("127.0.0.1", port) for _ in range(300)]
            for _, writer in flood:
                writer.write(b"POST /webhook HTTP/1.1\r\nHost: x\r\nX-Long: ")
            assert (await sent(port, raw())).startswith(b"HTTP/1.1 202")
            ends = [asyncio.create_task(reader.read()) for reader, _ in flood]
            done, still_open = await asyncio.wait(ends, timeout=20)
            assert len(done) == 300
            assert not still_open
            for end in done:
                end.exception()  # closed or reset, both are an end
            for _, writer in flood:
                writer.close()
        assert queue.reasons == ["push"]

    asyncio.run(scenario())


def test_a_request_that_comes_byte_by_byte_ends_at_the_same_time():
    async def scenario():
        async with served(seconds=0.5) as (port, queue):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            for count, byte in enumerate(raw()):  # noqa: B007  # counts what could be sent
                writer.write(bytes([byte]))
                await asyncio.sleep(0.02)
                if writer.transport.is_closing():
                    break
            assert count < len(raw()) - 1
        assert queue.reasons == []

    asyncio.run(scenario())


def test_one_address_does_not_push_out_another():
    async def scenario():
        async with served(count=4) as (port, _):
            elsewhere = socket.socket()
            elsewhere.bind(("127.0.0.2", 0))
            elsewhere.setblocking(False)  # the library's signature
            await asyncio.get_running_loop().sock_connect(elsewhere, ("127.0.0.1", port))
            reader, writer = await asyncio.open_connection(sock=elsewhere)
            flood = [await asyncio.open_connection("127.0.0.1", port) for _ in range(20)]
            writer.write(raw())
            assert (await asyncio.wait_for(reader.read(), 20)).startswith(b"HTTP/1.1 202")
            for _, each in (*flood, (reader, writer)):
                each.close()

    asyncio.run(scenario())


def chunked(*pieces) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (*pieces, b""))


CUT_OFF = b""  # the answer may be lost with what is not read any more
IN_CHUNKS = {"Transfer-Encoding": "chunked"}
HEAD_IN_CHUNKS = raw(headers=IN_CHUNKS).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("request_bytes", "answer"),
    [
        (HEAD_IN_CHUNKS + chunked(push()[:5], push()[5:]), b"HTTP/1.1 202"),
        (HEAD_IN_CHUNKS + b"zz\r\n", b"HTTP/1.1 400"),
        (HEAD_IN_CHUNKS + b"-1\r\nx\r\n0\r\n\r\n", b"HTTP/1.1 400"),
        (HEAD_IN_CHUNKS + b"ffffffffffffffffff\r\n", b"HTTP/1.1 400"),
        (raw(headers={"X-Hub-Signature-256": "sha256=0\r\nX-Hub-Signature-256: sha256=0"}), b"HTTP/1.1 400"),
        (HEAD_IN_CHUNKS.replace(b"chunked", b"chunked\r\nContent-Length: 5") + chunked(push()), b"HTTP/1.1 400"),
        (HEAD_IN_CHUNKS.replace(b"chunked", b"chunked, gzip") + chunked(push()), b"HTTP/1.1 400"),
        (raw(headers={"Expect": "100-continue"}), b"HTTP/1.1 100"),
        (raw(headers={"Expect": "the unexpected"}), b"HTTP/1.1 417"),
        (raw(headers={"Content-Encoding": "gzip"}), b"HTTP/1.1 202"),  # the signature is that of what came
        (raw(headers={"Upgrade": "websocket", "Connection": "Upgrade"}), b"HTTP/1.1 202"),
        (b"GET /\r\n\r\n", b"HTTP/0.9 404"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200) + b"\r\n\r\n", b"HTTP/1.1 400"),
        (b"POST /webhook HTTP/1.1\r\nX: " + b"x" * (1 << 20), CUT_OFF),
        (b"POST /" + b"x" * (1 << 20), CUT_OFF),
        (b"POST /webhook HTTP/1.1\r\n" + b"X: y\r\n" * 100_000, CUT_OFF),
        (raw(first="POST /webhook HTTP/1.1\r\nHost: y") + raw(), b"HTTP/1.1 400"),
        (raw(headers={"Content-Length": "99999999999"}), b"HTTP/1.1 400"),
        (raw(first="PUT /webhook HTTP/1.1"), b"HTTP/1.1 405"),
        (raw(first="POST /webhook/../x HTTP/1.1"), b"HTTP/1.1 404"),
        (b"POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{}       ", b"HTTP/1.1 401"),
        (raw(body=b"x" * 99, headers={"X-GitHub-Event": "\x00"}), b"HTTP/1.1 400"),
    ],
)
def test_whatever_comes_has_an_answer_and_an_end_and_leaves_no_traceback(request_bytes, answer, caplog):
    async def scenario():
        async with served() as (port, _):
            said = await sent(port, request_bytes)
            assert said.replace(b"HTTP/1.0", b"HTTP/1.1").startswith(answer), said
            assert (await sent(port, raw(push(number=2)))).startswith(b"HTTP/1.1 202")

    caplog.set_level(logging.INFO)
    asyncio.run(scenario())
    assert all(record.exc_info is None for record in caplog.records)
    assert sum(record.levelno >= logging.WARNING for record in caplog.records) <= 2


def test_a_connection_serves_one_request():
    async def scenario():
        async with served() as (port, queue):
            said = await sent(port, raw() + raw(push(number=2)) * 50)
            assert said.count(b"HTTP/1.1 ") == 1
            assert queue.reasons == ["push"]

    asyncio.run(scenario())


def test_who_goes_on_and_on_is_cut_off():
    async def scenario():
        async with served(seconds=20) as (port, queue):
            began = time.process_time()
            head = raw(headers=IN_CHUNKS).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            await sent(port, head, *([b"1\r\nx\r\n" * 10_000] * 200))
            assert time.process_time() - began < 10
            assert queue.reasons == []

    asyncio.run(scenario())


def test_a_sender_that_goes_away_in_the_middle_leaves_no_traceback(caplog):
    async def scenario():
        async with served() as (port, _):
            for request in (b"POST", raw()[:-5]):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(request)
                await asyncio.sleep(0.05)
                writer.transport.abort()
            await asyncio.sleep(0.1)

    asyncio.run(scenario())
    assert all(record.exc_info is None for record in caplog.records)


def test_a_client_that_wants_tls_is_turned_away():
    async def scenario():
        async with served() as (port, _):
            with pytest.raises((ssl.SSLError, ConnectionError)):
                await asyncio.open_connection("127.0.0.1", port, ssl=ssl.create_default_context(), server_hostname="x")

    asyncio.run(scenario())


def test_a_flood_of_bad_requests_is_a_line_with_its_number(caplog):
    async def scenario():
        async with served() as (port, _):
            for _ in range(40):
                await sent(port, b"POST /webhook HTTP/99\r\n\r\n")
                await sent(port, raw(headers={"X-Hub-Signature-256": "sha256=\ufeff0"}))

    caplog.set_level(logging.INFO)
    asyncio.run(scenario())
    first, last = [record.getMessage() for record in caplog.records]
    assert "a request was refused" in first
    assert "79 requests were refused" in last
    assert "source.webhook_secret" in last


def test_an_end_waits_for_nobody():
    async def scenario():
        async with served() as (port, _):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(raw()[:-5])
            await asyncio.sleep(0.1)
        assert await asyncio.wait_for(_closed(reader), 2)
        writer.close()

    asyncio.run(asyncio.wait_for(scenario(), 20))


async def _closed(reader) -> bool:
    try:
        return await reader.read() == b""
    except ConnectionError:
        return True
