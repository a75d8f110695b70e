"""A push starts a build: who may say so."""

from __future__ import annotations

import urllib.parse

import pytest

from bot.triggers.deliveries import MAX_REMEMBERED
from bot.triggers.webhook import PushEvents
from tests.bot.triggers.webhook_events import ANOTHER, SECRET, Requests, github, gitlab, push


def test_signed_pushes_to_the_branch_are_requests():
    queue = Requests()
    events = PushEvents(SECRET, "main", queue.request_build)
    assert events.take(github(push()), push()).status == 202
    assert events.take(gitlab(delivery="2"), push()).status == 202
    assert queue.reasons == ["push", "push"]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (github(push(), secret=ANOTHER), push(), 401),
        (github(push()), push("refs/heads/other"), 401),
        (gitlab(token=ANOTHER), push(), 401),
        (gitlab(token=""), push(), 401),
        ({}, push(), 401),
        ({"X-Hub-Signature-256": "sha256=é"}, push(), 401),
        ({"X-Hub-Signature-256": "sha256=\udcff"}, push(), 401),  # a byte that is no UTF-8, as aiohttp gives it
        ({"X-Gitlab-Token": "\udcff"}, push(), 401),
        (github(push("refs/heads/other")), push("refs/heads/other"), 200),
        (github(push(), event="ping"), push(), 200),
        (github(b"{"), b"{", 400),
        (github(b"[]"), b"[]", 400),
        (github(push(), delivery=""), push(), 400),
        (github(b"[" * 100_000), b"[" * 100_000, 400),
        (github(b"\xff"), b"\xff", 400),
        (github(push(deleted=True)), push(deleted=True), 200),
        (gitlab(), push(after="0" * 40), 200),
    ],
)
def test_everything_else_is_none(headers, body, status):
    queue = Requests()
    assert PushEvents(SECRET, "main", queue.request_build).take(headers, body).status == status
    assert queue.reasons == []


def test_an_event_that_is_sent_again_counts_once():
    queue = Requests()
    events = PushEvents(SECRET, "main", queue.request_build)
    assert [events.take(github(push()), push()).status for _ in range(3)] == [202, 200, 200]
    assert queue.reasons == ["push"]


def test_a_signature_that_was_overheard_is_of_no_use_under_another_delivery():
    queue = Requests()
    events = PushEvents(SECRET, "main", queue.request_build)
    assert [events.take(github(push(), delivery=str(number)), push()).status for number in range(3)] == [202, 200, 200]
    assert queue.reasons == ["push"]


def test_what_is_sent_again_builds_where_the_first_build_failed_and_only_there():
    queue = Requests()
    events = PushEvents(SECRET, "main", queue.request_build)

    def sent() -> list[int]:
        return [events.take(github(push()), push()).status, events.take(gitlab(), push()).status]

    assert sent() == [202, 202]
    assert sent() == [200, 200]  # their builds wait
    queue.end(succeeded=False)
    assert sent() == [202, 202]
    queue.end(succeeded=True)
    assert sent() == [200, 200]
    assert queue.reasons == ["push"] * 4


def test_an_event_without_need_of_a_build_does_not_stand_in_the_way_of_one():
    queue = Requests()
    events = PushEvents(SECRET, "main", queue.request_build)
    assert events.take(gitlab(), push("refs/heads/other")).status == 200
    assert events.take(gitlab(), push()).status == 202


def test_so_many_events_are_remembered_and_no_more():
    queue = Requests()
    events = PushEvents(SECRET, "main", queue.request_build)
    for number in range(MAX_REMEMBERED + 1):
        assert events.take(gitlab(delivery="x" * 8_000 + str(number)), push()).status == 202
    assert len(events._deliveries._taken) == MAX_REMEMBERED
    assert events.take(gitlab(delivery="x" * 8_000 + "1"), push()).status == 200
    assert events.take(gitlab(delivery="x" * 8_000 + "0"), push()).status == 202


def test_a_form_is_told_what_to_change():
    body = b"payload=" + urllib.parse.quote_plus(push()).encode()
    queue = Requests()
    events = PushEvents(SECRET, "main", queue.request_build)
    for headers in (github(body), github(body) | {"Content-Type": "application/x-www-form-urlencoded"}):
        answer = events.take(headers, body)
        assert answer.status == 415
        assert "set the webhook's content type to application/json" in answer.text
    assert queue.reasons == []


def test_who_signs_otherwise_is_told_how():
    events = PushEvents(SECRET, "main", Requests().request_build)
    for headers in ({"X-Gitea-Signature": "0"}, {"X-Hub-Signature": "sha1=0"}, {}):
        answer = events.take(headers, push())
        assert answer.status == 401
        assert "X-Hub-Signature-256" in answer.text
        assert "X-Gitlab-Token" in answer.text
    assert "source.webhook_secret" in events.take(github(push(), secret=ANOTHER), push()).text


def test_a_ping_is_taken_whatever_it_is_about():
    events = PushEvents(SECRET, "main", Requests().request_build)
    assert events.take(github(b'{"zen": "x"}', event="ping"), b'{"zen": "x"}').status == 200
