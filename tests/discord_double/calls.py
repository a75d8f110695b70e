"""A request as the handlers see it, the reply that they give, and the record that is kept of both."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.discord_double.messages import Draft, refuse_problems
from tests.discord_double.uploads import Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

BAD_REQUEST = 400
_FILE_PART = re.compile(r"files\[(\d+)\]")


class Reply(NamedTuple):
    """An HTTP status and the JSON that goes with it; None for no body."""

    status: int
    body: Any = None


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the HTTP API.

    Attributes:
        method: The HTTP method.
        template: The path as in the OpenAPI description.
        path: The values in the path.
        query: The query's values.
        body: The JSON, whether it came alone or as a form's `payload_json`; None without one.
        uploads: The form's files by number.
        problems: What the description finds wrong with it.
    """

    method: str
    template: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    uploads: Mapping[int, Upload] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def route(self) -> str:
        """Method and template."""
        return f"{self.method} {self.template}"

    def form(self) -> Any:
        """The body, once it is as the description says.

        Raises:
            Refusal: It is not.
        """
        refuse_problems(self.problems)
        return self.body

    def draft(self) -> Draft:
        """The body as a message."""
        return Draft(self.body or {}, self.uploads, self.problems)


@dataclass(frozen=True, slots=True)
class Record:
    """What was asked, and how it was answered.

    Attributes:
        at: When the request came, in seconds since the epoch.
        route: Method and template.
        url: The path as sent.
        body: The request's JSON.
        status: The reply's HTTP status.
        reply: The reply's JSON.
        request_problems: What the description finds wrong with the request.
        reply_problems: What it finds wrong with the reply.
        on_purpose: Whether a test wanted the reply to be a failure.
    """

    at: float
    route: str
    url: str
    body: Any
    status: int
    reply: Any
    request_problems: tuple[str, ...] = ()
    reply_problems: tuple[str, ...] = ()
    on_purpose: bool = False

    @property
    def code(self) -> int | None:
        """Discord's error code, if the request was refused."""
        refused = self.status >= BAD_REQUEST and isinstance(self.reply, dict)
        return self.reply.get("code") if refused else None

    def __str__(self) -> str:
        told = [f"{self.route} → {self.status}"]
        told += [f"  request: {problem}" for problem in self.request_problems]
        told += [f"  reply: {problem}" for problem in self.reply_problems]
        if self.code is not None:
            told.append(f"  refused: {json.dumps(self.reply)}")
        return "\n".join(told)


def ids_as_text(node: Any) -> Any:
    """JSON with its snowflakes as text: discord.py sends numbers, which Discord takes too, though it describes text."""
    if isinstance(node, list):
        return [ids_as_text(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    made = {key: ids_as_text(value) for key, value in node.items()}
    for key, value in made.items():
        if key.endswith("_id") and isinstance(value, int):
            made[key] = str(value)
        elif key in {"users", "roles"} and isinstance(value, list):
            made[key] = [str(entry) for entry in value]
        elif key == "attachments" and value:
            # The number of a component is an `id` too, and stays a number.
            made[key] = [entry | {"id": str(entry["id"])} for entry in value]
    return made


async def read_body(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    """The JSON and the files of a request."""
    if not request.can_read_body:
        return None, {}
    if not request.content_type.startswith("multipart/"):
        return ids_as_text(json.loads(await request.text())), {}
    body: Any = None
    uploads: dict[int, Upload] = {}
    async for part in await request.multipart():
        name = getattr(part, "name", None) or ""
        data = bytes(await part.read(decode=True))  # type: ignore[union-attr]  # parts of a form are not nested
        if name == "payload_json":
            body = ids_as_text(json.loads(data))
        elif found := _FILE_PART.fullmatch(name):
            uploads[int(found[1])] = Upload(getattr(part, "filename", None) or "unnamed", data)
    return body, uploads
