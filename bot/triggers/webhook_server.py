"""Listens for the events of a webhook, and bounds what strangers can make that cost."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.triggers.connection_limits import ConnectionLimits
from bot.triggers.refusal_log import RefusalLog
from bot.triggers.webhook import NOT_SIGNED, PATH, SIGNATURE_HEADERS, WebhookResponse, is_signed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.triggers.webhook import PushEvents

MAX_BODY_BYTES = 1 << 20
"""Events of a push that names a few hundred commits stay below a tenth of it."""

BODY_SECONDS = 5.0
"""So long may a body take to come; then its sender is told so."""

CONNECTION_SECONDS = 10.0
"""So long may a connection be open, all in all: GitHub itself gives up after as long."""

MAX_CONNECTIONS = 64
"""A forge opens one a push. With the largest bodies these take 64 MiB, and 64 of the files that a process may open."""

_MAX_BYTES = 4 * MAX_BODY_BYTES  # over one connection: who sends too much is told so while the rest is thrown away
_READ_BYTES = 1 << 14  # of a body are held at once, before they are asked for
_LINGER_SECONDS = 2.0  # so long is the rest of a refused body thrown away, so that the answer is read
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
    body_seconds: float = BODY_SECONDS,
    connection_seconds: float = CONNECTION_SECONDS,
    max_connections: int = MAX_CONNECTIONS,
) -> AsyncIterator[int]:
    """Listen for events while the block runs.

    Args:
        host: Where to listen; the machine itself alone, unless somebody wants otherwise.
        port: At which port; 0 for any free one.
        body_seconds: So long may a body take to come.
        connection_seconds: So long may a connection be open, whatever comes over it.
        max_connections: So many may be open.

    Yields:
        The port.

    Raises:
        OSError: Something else listens there.
    """
    refusals = RefusalLog(_log)
    async with _protocols(events, body_seconds, refusals) as make:
        limits = ConnectionLimits(
            make, seconds=connection_seconds, count=max_connections, size=_MAX_BYTES, on_close=refusals.note
        )
        server = await asyncio.get_running_loop().create_server(limits, host, port)
        try:
            yield int(server.sockets[0].getsockname()[1])
        finally:
            server.close()
            limits.close_all()
            await server.wait_closed()
            refusals.close()


@asynccontextmanager
async def _protocols(
    events: PushEvents, body_seconds: float, refusals: RefusalLog
) -> AsyncIterator[Callable[[], asyncio.Protocol]]:
    """What makes the protocols of connections, while the block runs."""
    runner = web.AppRunner(
        _application(events, body_seconds, refusals),
        access_log=None,
        logger=_ServerLog(refusals),
        keepalive_timeout=0,
        lingering_time=_LINGER_SECONDS,
        read_bufsize=_READ_BYTES,
        auto_decompress=False,  # no forge compresses events, and a short one could become a long one
    )
    await runner.setup()
    try:
        if runner.server is None:
            raise RuntimeError("the runner was not set up")
        yield runner.server
    finally:
        await runner.cleanup()


def _application(events: PushEvents, body_seconds: float, refusals: RefusalLog) -> web.Application:
    async def take(request: web.Request) -> web.Response:
        return _response(await _answer(events, request, body_seconds))

    @web.middleware
    async def one_request_a_connection(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        try:
            response = await handler(request)
        except web.HTTPException as error:  # another path or method
            response = web.Response(status=error.status, text=f"{error.reason}\n", headers=_allowed(error))
        response.force_close()
        if request.transport is None:  # closed meanwhile: there is nobody to answer
            return response
        if response.status < _FIRST_REFUSED:
            _log.info("webhook: answered %d", response.status)
        else:
            refusals.note(f"answered {response.status}, {getattr(response, 'text', '').strip()}")
        return response

    application = web.Application(middlewares=[one_request_a_connection])
    application.router.add_post(PATH, take)
    return application


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


def _response(answer: WebhookResponse) -> web.Response:
    return web.Response(status=answer.status, text=f"{answer.text}\n")


def _allowed(error: web.HTTPException) -> dict[str, str]:
    return {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}


class _ServerLog(logging.LoggerAdapter[logging.Logger]):
    """Counts what is no HTTP, which the library would log with a traceback each; passes on what is a defect."""

    def __init__(self, refusals: RefusalLog) -> None:
        super().__init__(_log)
        self._refusals = refusals

    def exception(self, msg: object, *args: object, exc_info: Any = True, **more: Any) -> None:  # noqa: ANN401  # as the base class
        """Log a defect; note a request that could not be read."""
        if isinstance(exc_info, HttpProcessingError):
            self._refusals.note("what came is no HTTP")
        else:
            super().exception(msg, *args, exc_info=exc_info, **more)
