"""Events of a webhook as GitHub and GitLab send them, and who takes the queue that they become."""

from __future__ import annotations

import hashlib
import hmac
import json

SECRET = "a secret of some length"  # noqa: S105  # opens nothing
ANOTHER = "another secret of some length"


def push(ref="refs/heads/main", **facts):
    return json.dumps({"ref": ref, **facts}).encode()


def github(body, delivery="1", event="push", secret=SECRET):
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": signature, "X-GitHub-Event": event, "X-GitHub-Delivery": delivery}


def gitlab(delivery="1", token=SECRET, event="Push Hook"):
    return {"X-Gitlab-Token": token, "X-Gitlab-Event": event, "X-Gitlab-Event-UUID": delivery}


class Requests:
    """Takes queue for builds; a test says how their builds end."""

    def __init__(self) -> None:
        self.reasons = []
        self._on_end = []

    def request_build(self, reason, on_end) -> None:
        self.reasons.append(reason)
        self._on_end.append(on_end)

    def end(self, *, succeeded) -> None:
        """Have all builds end."""
        for tell in self._on_end:
            tell(succeeded)
        self._on_end.clear()
