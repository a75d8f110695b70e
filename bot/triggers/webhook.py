"""Requests a build after a push, from the signed events that GitHub and GitLab send."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.triggers.deliveries import Deliveries

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

REASON = "push"

PATH = "/webhook"

SIGNATURE_HEADERS = ("X-Hub-Signature-256", "X-Gitlab-Token")
"""The headers that a request is signed in."""

_GITHUB_SIGNATURE, _GITLAB_TOKEN = SIGNATURE_HEADERS
_NOTHING = "0" * 40  # what a branch is after it was deleted
NOT_SIGNED = f"expected {_GITHUB_SIGNATURE} (GitHub, Gitea, Forgejo) or {_GITLAB_TOKEN} (GitLab)"
_WRONGLY_SIGNED = "the secret is not that of source.webhook_secret"
_AS_FORM = "this is a form; set the webhook's content type to application/json"


class WebhookResponse(NamedTuple):
    """What is answered to a request: an HTTP status, and a line for whoever reads the sender's log."""

    status: int
    text: str


class PushEvents:
    """Decides how a request is answered, and whether it starts a build.

    Args:
        secret: What GitHub signs with, and GitLab sends along.
        branch: The branch whose pushes count.
        request_build: Requests a build for a reason; takes what to call with whether it succeeded.
    """

    def __init__(self, secret: str, branch: str, request_build: Callable[[str, Callable[[bool], None]], None]) -> None:
        self._secret = secret.encode()
        self._ref = f"refs/heads/{branch}"
        self._request_build = request_build
        self._deliveries = Deliveries()

    def take(self, headers: Mapping[str, str], body: bytes) -> WebhookResponse:
        """What is answered to a request.

        Returns:
            202 where a build is requested; 200 where there is no need of one, or the event was there before and its
            build waits or has succeeded; 401 where it is not signed as it should be; 400 where it says nothing that
            could be read; 415 where it says so in a form.
        """
        is_from_github = self._is_from_github(headers, body)
        if not is_from_github and not self._is_from_gitlab(headers):
            return WebhookResponse(401, _WRONGLY_SIGNED if is_signed(headers) else NOT_SIGNED)
        event = (headers.get("X-GitHub-Event") or headers.get("X-Gitlab-Event") or "").lower()
        delivery = headers.get("X-GitHub-Delivery") or headers.get("X-Gitlab-Event-UUID")
        try:
            said: Any = json.loads(body)
        except (ValueError, RecursionError):  # no JSON, or brackets without end
            return WebhookResponse(415, _AS_FORM) if _is_form(headers, body) else WebhookResponse(400, "expected JSON")
        if not delivery or not event or not isinstance(said, dict):
            return WebhookResponse(400, "expected an event, its delivery, and an object in JSON")
        if event.removesuffix(" hook") != "push":
            return WebhookResponse(200, "nothing to do: no push")
        if said.get("ref") != self._ref or said.get("deleted") is True or said.get("after") == _NOTHING:
            return WebhookResponse(200, "nothing to do: another branch, or a deleted one")
        # GitHub signs the body alone: one who overheard a push could send it again under any other delivery.
        return self._accept(headers[_GITHUB_SIGNATURE] if is_from_github else delivery)

    def _accept(self, delivery: str) -> WebhookResponse:
        if not self._deliveries.take(delivery):
            return WebhookResponse(200, "nothing to do: this event was there before")

        def on_end(succeeded: bool) -> None:  # noqa: FBT001  # what BuildQueue calls
            if not succeeded:
                self._deliveries.forget(delivery)

        self._request_build(REASON, on_end)
        return WebhookResponse(202, "a build is requested")

    def _is_from_gitlab(self, headers: Mapping[str, str]) -> bool:
        return hmac.compare_digest(_bytes(headers.get(_GITLAB_TOKEN, "")), self._secret)

    def _is_from_github(self, headers: Mapping[str, str], body: bytes) -> bool:
        expected = "sha256=" + hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(_bytes(headers.get(_GITHUB_SIGNATURE, "")), expected.encode())


def is_signed(headers: Mapping[str, str]) -> bool:
    """Whether a request is signed at all, with the right secret or another."""
    return any(name in headers for name in SIGNATURE_HEADERS)


def _is_form(headers: Mapping[str, str], body: bytes) -> bool:
    return body.startswith(b"payload=") or "form" in headers.get("Content-Type", "")


def _bytes(header: str) -> bytes:
    """A header as it was sent; aiohttp gives bytes that are no UTF-8 as lone surrogates."""
    return header.encode(errors="surrogateescape")
