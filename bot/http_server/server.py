"""The bot's small HTTP servers, which bound what strangers can make them cost."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.http_server.connection_limits import ConnectionLimits
from bot.http_server.refusal_log import RefusalLog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

_READ_BYTES = 1 << 14  # of a body are held at once, before they are asked for
_LINGER_SECONDS = 2.0  # so long is the rest of a refused body thrown away, so that the answer is read
_REFUSED = range(400, 500)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What connections may cost.

    Attributes:
        seconds: So long may one be open, all in all: GitHub itself gives up after as long.
        count: So many may be open at once, and so many of the files that a process may open.
        size: So many bytes may come over one.
    """

    seconds: float = 10.0
    count: int = 64
    size: int = 4 << 20


@dataclass(frozen=True, slots=True)
class Route:
    """What is served.

    Attributes:
        methods: The methods that are answered, such as ``POST``.
        path: The path, such as ``/webhook``.
        handle: Answers a request.
    """

    methods: tuple[str, ...]
    path: str
    handle: Callable[[web.Request], Awaitable[web.Response]]


@dataclass(slots=True)
class _Listener:
    """A server that listens at an address.

    Attributes:
        routes: What is served there, by path.
    """

    port: int
    stack: AsyncExitStack
    routes: dict[str, Route] = field(default_factory=dict)


class HttpServers:
    """Servers by the address that they listen at; parts of the bot that name the same one share it. For one event loop.

    A connection serves one request, and nothing that comes leaves a traceback.
    """

    def __init__(self) -> None:
        self._listeners: dict[tuple[str, int], _Listener] = {}

    @asynccontextmanager
    async def serving(
        self, routes: Sequence[Route], host: str, port: int, *, name: str, bounds: Bounds | None = None
    ) -> AsyncIterator[int]:
        """Serve routes while the block runs.

        Args:
            host: Where to listen; the machine itself alone, unless somebody wants otherwise.
            port: At which port; 0 for any free one.
            name: What the log calls the server; where it is shared, the first name counts, as the first bounds do.

        Yields:
            The port.

        Raises:
            OSError: Something else listens there.
        """
        listener = self._listeners.get((host, port))
        if listener is None:
            listener = await _listen(host, port, name, bounds or Bounds())
            self._listeners[host, listener.port] = listener
        listener.routes |= {route.path: route for route in routes}
        try:
            yield listener.port
        finally:
            for route in routes:
                del listener.routes[route.path]
            if not listener.routes:
                del self._listeners[host, listener.port]
                await listener.stack.aclose()


async def _listen(host: str, port: int, name: str, bounds: Bounds) -> _Listener:
    refusals = RefusalLog(_log, name)
    routes: dict[str, Route] = {}
    async with AsyncExitStack() as stack:
        stack.callback(refusals.close)
        make = await stack.enter_async_context(_protocols(routes, refusals))
        limits = ConnectionLimits(
            make, seconds=bounds.seconds, count=bounds.count, size=bounds.size, on_close=refusals.note
        )
        server = await asyncio.get_running_loop().create_server(limits, host, port)
        stack.push_async_callback(server.wait_closed)
        stack.callback(limits.close_all)
        stack.callback(server.close)
        return _Listener(int(server.sockets[0].getsockname()[1]), stack.pop_all(), routes)


@asynccontextmanager
async def _protocols(routes: dict[str, Route], refusals: RefusalLog) -> AsyncIterator[Callable[[], asyncio.Protocol]]:
    """What makes the protocols of connections, while the block runs."""
    runner = web.AppRunner(
        _application(routes, refusals),
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


def _application(routes: dict[str, Route], refusals: RefusalLog) -> web.Application:
    async def answer(request: web.Request) -> web.Response:
        route = routes.get(request.path)
        if route is None:
            return _refusal(404, "Not Found")
        if request.method not in route.methods:
            return _refusal(405, "Method Not Allowed", Allow=", ".join(route.methods))
        return await route.handle(request)

    @web.middleware
    async def one_request_a_connection(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        try:
            response = await handler(request)
        except web.HTTPException as error:  # what the library itself refuses
            response = _refusal(error.status, error.reason)
        response.force_close()
        if request.transport is not None and response.status in _REFUSED:  # else there is nobody to answer
            refusals.note(f"answered {response.status}, {getattr(response, 'text', '').strip()}")
        return response

    application = web.Application(middlewares=[one_request_a_connection])
    application.router.add_route("*", "/{path:.*}", answer)
    return application


def _refusal(status: int, reason: str, **headers: str) -> web.Response:
    return web.Response(status=status, text=f"{reason}\n", headers=headers)


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
