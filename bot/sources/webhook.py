"""A build after a push: takes the signed events that GitHub and GitLab send."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections import OrderedDict
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

REASON = "push"
PATH = "/webhook"

LARGEST_BODY = 1 << 20
BODY_SECONDS = 10.0
_REMEMBERED = 1_000
_NOTHING = "0" * 40  # what a branch is after it was deleted
_log = logging.getLogger(__name__)


class PushEvents:
    """Decides what becomes of a request.

    Args:
        secret: What GitHub signs with, and GitLab sends along.
        branch: The branch whose pushes count.
        want: Takes the wish for a build.
    """

    def __init__(self, secret: str, branch: str, want: Callable[[str], None]) -> None:
        self._secret = secret.encode()
        self._ref = f"refs/heads/{branch}"
        self._want = want
        self._seen: OrderedDict[str, None] = OrderedDict()

    def take(self, headers: Mapping[str, str], body: bytes) -> int:
        """What is answered to a request, as an HTTP status.

        Args:
            headers: Its headers.
            body: Its body.

        Returns:
            202 where a build is wished for; 200 where there is no need of one, or the event was there before; 401 where
            it is not signed as it should be; 400 where it says nothing that could be read.
        """
        if not self._is_signed(headers, body):
            return 401
        delivery = headers.get("X-GitHub-Delivery") or headers.get("X-Gitlab-Event-UUID")
        event = (headers.get("X-GitHub-Event") or headers.get("X-Gitlab-Event") or "").lower()
        try:
            said: Any = json.loads(body)
        except (ValueError, RecursionError):  # no JSON, or brackets without end
            return 400
        if not delivery or not event or not isinstance(said, dict):
            return 400
        # GitHub signs the body alone: one who overheard a push could send it again under any other delivery.
        signature = headers.get("X-Hub-Signature-256") if self._is_from_github(headers, body) else None
        if self._was_there(signature or delivery):
            return 200
        is_push = event.removesuffix(" hook") == "push" and said.get("ref") == self._ref
        if not is_push or said.get("deleted") is True or said.get("after") == _NOTHING:
            return 200
        self._want(REASON)
        return 202

    def _is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        by_gitlab = hmac.compare_digest(_bytes(headers.get("X-Gitlab-Token", "")), self._secret)
        return self._is_from_github(headers, body) or by_gitlab

    def _is_from_github(self, headers: Mapping[str, str], body: bytes) -> bool:
        expected = "sha256=" + hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(_bytes(headers.get("X-Hub-Signature-256", "")), expected.encode())

    def _was_there(self, delivery: str) -> bool:
        """Whether an event came before; of very many, the oldest are forgotten."""
        if delivery in self._seen:
            return True
        self._seen[delivery] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return False


def _bytes(header: str) -> bytes:
    """A header as it was sent; aiohttp gives bytes that are no UTF-8 as lone surrogates."""
    return header.encode(errors="surrogateescape")


@asynccontextmanager
async def listening(
    events: PushEvents, host: str, port: int, *, body_seconds: float = BODY_SECONDS
) -> AsyncIterator[int]:
    """Listen for events while the block runs.

    Args:
        events: Takes them.
        host: Where to listen; the machine itself alone, unless somebody wants otherwise.
        port: At which port; 0 for any free one.
        body_seconds: So long may a body take to come.

    Yields:
        The port.

    Raises:
        OSError: Something else listens there.
    """

    async def take(request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(body_seconds):
                body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except TimeoutError:
            return web.Response(status=408)
        status = events.take(request.headers, body)
        _log.info("webhook: answered %d", status)
        return web.Response(status=status)

    application = web.Application(client_max_size=LARGEST_BODY)
    application.router.add_post(PATH, take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
