"""What `/metrics`, `/healthz` and `/readyz` answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.http_server.server import Route

if TYPE_CHECKING:
    from bot.monitoring.metrics import Metrics

_READ = ("GET", "HEAD")
_NOT_READY = 503


def monitoring_routes(metrics: Metrics) -> tuple[Route, ...]:
    """The routes of a bot with these metrics."""

    async def answer_metrics(request: web.Request) -> web.Response:
        body, content_type = metrics.exposition(request.headers.get("Accept", ""))
        return web.Response(body=body, headers={"Content-Type": content_type})

    async def answer_health(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")  # that it answers is what it says: the event loop runs

    async def answer_readiness(_request: web.Request) -> web.Response:
        problems = metrics.state().problems
        text = "".join(f"{line}\n" for line in problems or ("ready",))
        return web.Response(status=_NOT_READY if problems else 200, text=text)

    return (
        Route(_READ, "/metrics", answer_metrics),
        Route(_READ, "/healthz", answer_health),
        Route(_READ, "/readyz", answer_readiness),
    )
