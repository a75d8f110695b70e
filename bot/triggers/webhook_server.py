"""Takes the events of a webhook from HTTP, and bounds what strangers can make that cost."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.http_server.server import Bounds, HttpServers, Route
from bot.triggers.webhook import NOT_SIGNED, PATH, SIGNATURE_HEADERS, WebhookResponse, is_signed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.triggers.webhook import PushEvents

MAX_BODY_BYTES = 1 << 20
"""Events of a push that names a few hundred commits stay below a tenth of it."""

BODY_SECONDS = 5.0
"""So long may a body take to come; then its sender is told so."""

BOUNDS = Bounds(size=4 * MAX_BODY_BYTES)
"""A forge opens one connection a push; who sends too much is told so while the rest is thrown away."""

_ONCE = (*SIGNATURE_HEADERS, "X-GitHub-Event", "X-Gitlab-Event", "X-GitHub-Delivery", "X-Gitlab-Event-UUID")
_FIRST_REFUSED = 400
_TOO_LARGE = f"an event may be {MAX_BODY_BYTES} bytes long"
_log = logging.getLogger(__name__)


@asynccontextmanager
async def listening(  # noqa: PLR0913  # where, and the limits
    events: PushEvents,
    host: str,
    port: int,
    *,
    servers: HttpServers | None = None,
    body_seconds: float = BODY_SECONDS,
    bounds: Bounds = BOUNDS,
) -> AsyncIterator[int]:
    """Listen for events while the block runs.

    Args:
        host: Where to listen; the machine itself alone, unless somebody wants otherwise.
        port: At which port; 0 for any free one.
        servers: The servers that there are already.
        body_seconds: So long may a body take to come.
        bounds: What connections may cost.

    Yields:
        The port.

    Raises:
        OSError: Something else listens there.
    """

    async def take(request: web.Request) -> web.Response:
        answer = await _answer(events, request, body_seconds)
        if answer.status < _FIRST_REFUSED:
            _log.info("webhook: answered %d", answer.status)
        return web.Response(status=answer.status, text=f"{answer.text}\n")

    route = Route(("POST",), PATH, take)
    async with (servers or HttpServers()).serving([route], host, port, name="webhook", bounds=bounds) as bound:
        yield bound


async def _answer(events: PushEvents, request: web.Request, body_seconds: float) -> WebhookResponse:
    refused = _refused_by_head(request)
    if refused is not None:
        return refused
    body = bytearray()
    try:
        async with asyncio.timeout(body_seconds):
            async for piece in request.content.iter_any():
                body += piece
                if len(body) > MAX_BODY_BYTES:
                    return WebhookResponse(413, _TOO_LARGE)
            return events.take(request.headers, bytes(body))
    except TimeoutError:
        return WebhookResponse(408, "the event came too slowly")
    except (web.RequestPayloadError, HttpProcessingError, OSError):
        return WebhookResponse(400, "the event did not come whole")
    finally:
        body.clear()  # an error that the library keeps would keep it, until the collector comes


def _refused_by_head(request: web.Request) -> WebhookResponse | None:
    """The answer to a request whose body need not be waited for."""
    if any(len(request.headers.getall(name, ())) > 1 for name in _ONCE):
        return WebhookResponse(400, "a header is given twice")
    if not is_signed(request.headers):
        return WebhookResponse(401, NOT_SIGNED)
    if (request.content_length or 0) > MAX_BODY_BYTES:
        return WebhookResponse(413, _TOO_LARGE)
    return None
