"""The HTTP server on loopback: each request is authorised, checked, answered, checked again and recorded."""

from __future__ import annotations

import asyncio
import json
import zlib
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord_double import routes_application, routes_channels, routes_interactions
from tests.discord_double.calls import Call, Record, Reply, read_body
from tests.discord_double.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.discord_double.service import Service
    from tests.discord_double.validation import Description

    Handler = Callable[[Service, Call], Reply]

PREFIX = "/api/v10"
MOST_REQUEST_BYTES = 128 * 1024 * 1024
ROUTES: Mapping[str, Handler] = {
    **routes_application.ROUTES,
    **routes_channels.ROUTES,
    **routes_interactions.ROUTES,
}
# Discord asks for no token where the address holds one, and does not count these towards the global limit.
_OPEN = ("/interactions/", "/webhooks/", "/gateway")


class Server:
    """The routes over one service.

    Args:
        service: What answers.
        description: What requests and replies are checked against; None to check nothing.
    """

    def __init__(self, service: Service, description: Description | None) -> None:
        self._service, self._description = service, description

    def application(self) -> web.Application:
        """The aiohttp application."""
        app = web.Application(client_max_size=MOST_REQUEST_BYTES)
        for route, handler in ROUTES.items():
            method, template = route.split(" ", 1)
            app.router.add_route(method, PREFIX + template, self._endpoint(template, handler))
        app.router.add_get("/gateway/", self._service.gateway.handle)
        app.router.add_get("/attachments/{channel_id}/{attachment_id}/{filename}", self._file)
        app.router.add_route("*", "/{unknown:.*}", self._endpoint("", _no_such_route))
        return app

    def _endpoint(self, template: str, handler: Handler) -> Callable[[web.Request], Any]:
        async def answer(request: web.Request) -> web.Response:
            return await self._answer(request, template or request.path.removeprefix(PREFIX), handler)

        return answer

    async def _answer(self, request: web.Request, template: str, handler: Handler) -> web.Response:
        at = self._service.clock.now()
        body, uploads = await read_body(request)
        problems: tuple[str, ...] = ()
        if handler is _no_such_route:
            problems = (f"{request.method} {template} is not a route of the double",)
        elif self._description:
            problems = self._description.request_problems(request.method, template, body, request.query)
        call = Call(request.method, template, request.match_info, request.query, body, uploads, problems)
        fault = self._service.faults.take(call.route)
        if fault is None and not template.startswith(_OPEN):
            fault = self._service.faults.over_global_limit(at)
        if fault and fault.cuts and request.transport:
            request.transport.abort()
            return web.Response()
        failing = fault is not None and fault.status is not None
        reply = Reply(fault.status, fault.body()) if fault and fault.status else self._reply(request, call, handler)
        found: tuple[str, ...] = ()
        if self._description:
            found = self._description.response_problems(call.method, template, reply.status, reply.body)
        self._service.records.append(
            Record(at, call.route, request.path, body, reply.status, reply.body, problems, found, on_purpose=failing)
        )
        await self._service.flush()
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault and fault.loses and request.transport:
            request.transport.abort()
        return self._response(call, reply, fault.headers() if fault else {})

    def _reply(self, request: web.Request, call: Call, handler: Handler) -> Reply:
        if (
            not call.template.startswith(_OPEN)
            and request.headers.get("Authorization") != f"Bot {self._service.portal.token}"
        ):
            return Reply(401, {"message": "401: Unauthorized", "code": 0})
        try:
            return handler(self._service, call)
        except Refusal as refusal:
            return Reply(refusal.status, refusal.body())

    def _response(self, call: Call, reply: Reply, headers: Mapping[str, str]) -> web.Response:
        limits = {
            "X-RateLimit-Limit": "50",
            "X-RateLimit-Remaining": "49",
            "X-RateLimit-Reset": f"{self._service.clock.now() + 1:.3f}",
            "X-RateLimit-Reset-After": "1.000",
            "X-RateLimit-Bucket": f"{zlib.crc32(call.route.encode()):08x}",
        }
        if reply.body is None:
            return web.Response(status=reply.status, headers=limits | dict(headers))
        return web.Response(
            status=reply.status,
            body=json.dumps(reply.body).encode(),
            headers=limits | dict(headers) | {"Content-Type": "application/json"},
        )

    async def _file(self, request: web.Request) -> web.Response:
        wanted = request.match_info["attachment_id"]
        for message in self._service.world.messages.values():
            for attachment in message.attachments:
                if attachment.id == wanted:
                    return web.Response(body=attachment.data, content_type=attachment.content_type)
        return web.Response(status=404)


def _no_such_route(_: Service, __: Call) -> Reply:
    return Reply(404, {"message": "404: Not Found", "code": 0})
