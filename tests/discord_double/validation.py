"""Every request and every payload against Discord's own OpenAPI description, where that is present."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from tests.discord_double.refusals import Json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DESCRIPTION = Path(__file__).resolve().parents[3] / "shared" / "discord" / "openapi.json"
BAD_REQUEST, TOO_MANY_REQUESTS, SERVER_ERROR = 400, 429, 500
_URN = "urn:discord:api"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MOST_PROBLEMS = 5


class Description:
    """The OpenAPI description, asked about requests, responses and single objects.

    Each answer is a tuple of problems, empty when all is well.
    """

    def __init__(self, document: Json) -> None:
        self._document = document
        self._registry = jsonschema_rs.Registry([(_URN, document)])
        self._validators: dict[tuple[str, bool], jsonschema_rs.Validator] = {}

    def knows(self, method: str, template: str) -> bool:
        """Whether there is such an operation; `template` as in the description's paths."""
        return method.lower() in self._document["paths"].get(template, {})

    def prepare(self, routes: Iterable[str]) -> None:
        """Get ready for routes, method and template, so that their first requests are not slow."""
        for route in routes:
            method, template = route.split(" ", 1)
            self.request_problems(method, template, None, {})
            self.response_problems(method, template, 200, None)
        for schema in {schema for objects in _EVENT_OBJECTS.values() for schema in objects.values()}:
            self.object_problems(schema, None)

    def request_problems(self, method: str, template: str, body: object, query: Mapping[str, str]) -> tuple[str, ...]:
        """What is wrong with a request: its body, also fields that Discord does not know, and its query."""
        if not self.knows(method, template):
            return (f"{method} {template} is not in the description",)
        operation = self._document["paths"][template][method.lower()]
        known = {entry["name"] for entry in operation.get("parameters", ()) if entry["in"] == "query"}
        found = [f"query: {name} is not a parameter of {method} {template}" for name in query if name not in known]
        if "requestBody" in operation:
            body = _without_habits(body)
            pointer = _pointer(
                "paths", template, method.lower(), "requestBody", "content", "application/json", "schema"
            )
            found += self._problems(pointer, body, closed=True)
        elif body is not None:
            found.append(f"{method} {template} takes no body")
        return tuple(found)

    def response_problems(self, method: str, template: str, status: int, body: object) -> tuple[str, ...]:
        """What is wrong with a response of the double."""
        if not self.knows(method, template):
            return ()
        responses = self._document["paths"][template][method.lower()]["responses"]
        if status >= BAD_REQUEST:
            return self._error_problems(status, body)
        if str(status) not in responses:
            return (f"{method} {template} never answers {status}",)
        if "content" not in responses[str(status)]:
            return () if body is None else (f"{method} {template} has no body with {status}",)
        return self._problems(
            _pointer(
                "paths", template, method.lower(), "responses", str(status), "content", "application/json", "schema"
            ),
            body,
        )

    def _error_problems(self, status: int, body: object) -> tuple[str, ...]:
        if status >= SERVER_ERROR:  # of these the description says nothing
            return ()
        if status == TOO_MANY_REQUESTS:
            return self.object_problems("RatelimitedResponse", body)
        # The codes of single fields are words in what Discord sends, while the description calls them integers.
        plain = {key: value for key, value in body.items() if key != "errors"} if isinstance(body, dict) else body
        return self.object_problems("ErrorResponse", plain)

    def object_problems(self, schema: str, value: object) -> tuple[str, ...]:
        """What is wrong with an object of a named schema."""
        return self._problems(_pointer("components", "schemas", schema), value)

    def event_problems(self, event: str, data: Json) -> tuple[str, ...]:
        """What is wrong with the objects that a gateway event carries; the events themselves are not described."""
        found = [
            f"{event} {keys}: {problem}"
            for keys, schema in _EVENT_OBJECTS.get(event, {}).items()
            for value in _within(data, keys.split(".") if keys else [])
            for problem in self.object_problems(schema, value)
        ]
        return tuple(found)

    def _problems(self, pointer: str, value: object, *, closed: bool = False) -> tuple[str, ...]:
        key = (pointer, closed)
        if key not in self._validators:
            schema: Json = {"$schema": _DIALECT, "$ref": f"{_URN}#{pointer}"}
            if closed:
                # Discord ignores what it does not know, which would hide a misspelt field.
                schema["unevaluatedProperties"] = False
            self._validators[key] = jsonschema_rs.validator_for(schema, registry=self._registry, validate_formats=True)
        validator = self._validators[key]
        if validator.is_valid(value):
            return ()
        found = []
        for error in validator.iter_errors(value):
            found.append(f"{'.'.join(map(str, error.instance_path)) or 'body'}: {error.message[:300]}")
            if len(found) == _MOST_PROBLEMS:
                break
        return tuple(found)


_MESSAGE = {"": "MessageResponse", "member.user": "UserResponse"}
_EVENT_OBJECTS = {
    "READY": {"user": "UserPIIResponse"},
    "GUILD_CREATE": {
        "": "GuildResponse",
        "channels.*": "GuildChannelResponse",
        "threads.*": "ThreadResponse",
        "members.*": "GuildMemberResponse",
    },
    "CHANNEL_CREATE": {"": "GuildChannelResponse"},
    "THREAD_CREATE": {"": "ThreadResponse"},
    "MESSAGE_CREATE": _MESSAGE,
    "MESSAGE_UPDATE": _MESSAGE,
    "INTERACTION_CREATE": {
        "user": "UserResponse",
        "member": "GuildMemberResponse",
        "message": "MessageResponse",
        "entitlements.*": "EntitlementResponse",
        "data.resolved.messages.*": "MessageResponse",
    },
}


def _within(value: Any, keys: list[str]) -> list[Any]:
    """What lies at a path, `*` standing for each entry; nothing where the path ends early."""
    if not keys:
        return [value]
    key, *rest = keys
    if key == "*":
        return [
            found for inner in (value.values() if isinstance(value, dict) else value) for found in _within(inner, rest)
        ]
    return _within(value[key], rest) if key in value else []


def _without_habits(body: object) -> object:
    """A body without `tts: false`, which discord.py also writes into edits, where Discord knows no such field."""
    if isinstance(body, dict) and body.get("tts") is False:
        return {key: value for key, value in body.items() if key != "tts"}
    return body


def _pointer(*keys: str) -> str:
    return "".join(
        "/" + key.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D") for key in keys
    )


@cache
def load_description(path: Path = DESCRIPTION) -> Description | None:
    """The official description, or None where it is absent: then nothing is checked against it."""
    if not path.is_file():
        return None
    return Description(json.loads(path.read_text(encoding="utf-8")))
