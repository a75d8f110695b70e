"""What bytes from outside must never do: one target for each door that they come in by."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from bot.member_errors import AnswerExpiredError
from bot.panels.custom_ids import is_panel_id, make_id, read_id
from bot.rendering.blocks import TextBlock
from bot.rendering.discord_markdown import render_markdown
from bot.rendering.limits import text_length
from bot.rendering.pages import Room, make_pages
from bot.triggers.webhook import PushEvents
from retrieval.articles.parsing import parse_article
from retrieval.articles.sections import split_article
from retrieval.errors import ArticleError
from tests.bot.rendering.blocks_of import named
from tests.bot.triggers.webhook_events import SECRET, Requests, github, gitlab

if TYPE_CHECKING:
    from retrieval.domain import Article

ROOT = Path("/articles")
PATH = ROOT / "learn" / "tests" / "one.md"
ROOM = Room(text=3_000, components=20, images=8)
STATUSES = {200, 202, 400, 401, 415}


def article(data: bytes) -> None:
    """A file is an article whose sections tile its answer, or it is refused with path and line."""
    try:
        found = parse_article(data, PATH, ROOT)
    except ArticleError as error:
        refusal = str(error)
    else:
        _check_article(found)
        return
    assert str(PATH) in refusal


def _check_article(found: Article) -> None:
    assert found.question.strip()
    assert found.url.startswith("/")
    assert not re.search(r"\s", found.url)
    sections = split_article(found.answer)
    assert "".join(found.answer[section.start : section.end] for section in sections).strip() == found.answer.strip()
    assert [section.start for section in sections[1:]] == [section.end for section in sections[:-1]]


def markdown(data: bytes) -> None:
    """A text becomes pages that Discord takes, which call nobody."""
    pages = make_pages(render_markdown(data.decode(errors="replace"), named, "https://example.org"), ROOM)
    for page in pages:
        texts = [block.markdown for block in page.blocks if isinstance(block, TextBlock)]
        assert sum(map(text_length, texts)) <= ROOM.text
        assert len(page.blocks) + len(page.images) <= ROOM.components
        assert len(page.images) <= ROOM.images
        assert all(text.strip() for text in texts)
        assert not any(re.search(r"@everyone|@here|<@|<#", text) for text in texts)


def custom_id(data: bytes) -> None:
    """An id that is read is one that could have been made, and everything else has expired."""
    text = data.decode(errors="surrogateescape")
    try:
        pressed = read_id(text)
    except AnswerExpiredError:
        return
    assert is_panel_id(text)
    assert make_id(pressed.action, *pressed.arguments) == text.partition("#")[0]


def webhook(data: bytes) -> None:
    """Only what is signed starts a build; whatever comes is answered. The first line is the signature."""
    line, _, body = data.partition(b"\n")
    given = line.decode(errors="surrogateescape")
    queue = Requests()
    events = PushEvents(SECRET, "main", queue.request_build)
    forged = {
        "X-Hub-Signature-256": given,
        "X-Gitlab-Token": f"{given}.",
        "X-GitHub-Event": "push",
        "X-GitHub-Delivery": "1",
    }
    assert events.take(forged, body).status == 401
    assert queue.reasons == []
    statuses = [events.take(headers, body).status for headers in (github(body, event=given), gitlab(event="Push Hook"))]
    assert STATUSES.issuperset(statuses)
    assert len(queue.reasons) == statuses.count(202)


TARGETS = {target.__name__: target for target in (article, markdown, custom_id, webhook)}
