"""Reads an article file into a validated `Article`, or an `ArticleError` that names the line."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from retrieval.articles.article_files import read_bytes
from retrieval.articles.front_matter.front_matter import FrontMatter
from retrieval.articles.front_matter.yaml_text import as_yaml
from retrieval.articles.front_matter.yaml_values import Scalar
from retrieval.articles.limits import ReadingLimits
from retrieval.articles.line_breaks import decode_line_breaks
from retrieval.articles.markdown.html_comments import without_comments
from retrieval.articles.subjects import display_name, subject_key
from retrieval.domain import Article, RelatedArticle, Seo, Subject
from retrieval.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAX_QUESTION_LENGTH = 4_000
"""Characters. Discord shows 256 of a title; a text beyond this is no question."""

MAX_URL_LENGTH = 2_000
"""Characters, as browsers take them."""


_KNOWN_FIELDS = {field.name for field in dataclasses.fields(Article)} - {"path", "related", "extra", "schema"} | {
    "_schema"
}
_RELATED_FIELD = re.compile(r"related_article([0-9]{1,6})\Z")
_UNSAFE_IN_URL = re.compile(
    '[\\s\\\\<>"`\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?:^|/)\\.\\.?(?:/|\\Z)'
)


def read_article(path: Path, content_root: Path, limits: ReadingLimits | None = None) -> Article:
    """Read and validate one article file.

    Args:
        path: The file, below the content root.
        content_root: Folder that `Article.path` is relative to.
        limits: What the file may hold.

    Raises:
        ArticleError: The file cannot be read, is no article, or misses something.
    """
    limits = limits or ReadingLimits()
    return parse_article(read_bytes(path, limits.max_file_bytes), path, content_root, limits)


def parse_article(
    raw: bytes,
    path: Path,
    content_root: Path,
    limits: ReadingLimits | None = None,
    on_warning: Callable[[int | None, str], None] | None = None,
) -> Article:
    """Make an article of a file's bytes, as `read_article` does, without touching the file.

    Args:
        raw: The bytes.
        path: The file, below the content root.
        content_root: Folder that `Article.path` is relative to.
        limits: What the file may hold.
        on_warning: Told the line and the problem of what was left out, or taken though it is odd.

    Raises:
        ArticleError: This is no article, or it misses something that it cannot do without.
    """
    limits = limits or ReadingLimits()
    if len(raw) > limits.max_file_bytes:
        problem = f"the file has more than {limits.max_file_bytes:,} bytes (index.max_file_bytes); split it"
        raise ArticleError(path, problem)
    fields = FrontMatter(_decoded(raw, path), path, limits, on_warning)
    relative = path.relative_to(content_root)
    spelling = " ".join(fields.text("subject").split())
    key = relative.parent.name or subject_key(spelling) or "others"
    question, answer, url = _question(fields), _answer(fields, limits), _url(fields)
    return Article(
        url=url,
        question=question,
        answer=answer,
        subject=Subject(key, spelling or display_name(key, {})),
        path=relative.as_posix(),
        id=fields.whole_number("id"),
        title=fields.text("title"),
        article_title=fields.text("article_title"),
        date=fields.date("date"),
        date_format=fields.text("date_format"),
        post_on_text=fields.text("post_on_text"),
        author=fields.text("author"),
        file_name=fields.text("file_name"),
        schema=fields.text("_schema"),
        score=fields.number("score"),
        no_index=fields.switch("no_index"),
        seo=_seo(fields),
        related=_related(fields),
        extra=_extra(fields),
    )


def _decoded(raw: bytes, path: Path) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:1_000]:
        raise ArticleError(path, "the file looks like UTF-16 or is no text; save it as UTF-8", 1)
    try:
        text = raw.decode("utf-8-sig").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ArticleError(path, f"byte {error.start} is not UTF-8; save the file as UTF-8", line) from error
    if not text.strip():
        raise ArticleError(path, "the file is empty; write front matter with question, answer and url", 1)
    return text


def _url(fields: FrontMatter) -> str:
    url = fields.required("url").strip()
    if not url.startswith("/") or url.startswith("//") or _UNSAFE_IN_URL.search(url):
        problem = f"url {url[:100]!r} is no path of the site; it must start with one / and hold no blanks, .. or \\"
        raise fields.error(problem, "url")
    if len(url) > MAX_URL_LENGTH:
        raise fields.error(f"url has {len(url):,} characters; at most {MAX_URL_LENGTH:,} are taken", "url")
    return url


def _question(fields: FrontMatter) -> str:
    question = fields.required("question").strip()
    if len(question) > MAX_QUESTION_LENGTH:
        problem = f"question has {len(question):,} characters, more than {MAX_QUESTION_LENGTH:,}; shorten it"
        raise fields.error(problem, "question")
    return question


def _answer(fields: FrontMatter, limits: ReadingLimits) -> str:
    written = fields.required("answer").replace("\r\n", "\n").replace("\r", "\n")
    if len(written) > limits.max_answer_length:
        longest = f"{limits.max_answer_length:,} (index.max_answer_length)"
        raise fields.error(f"answer has {len(written):,} characters, more than {longest}; split it", "answer")
    answer = without_comments(decode_line_breaks(written)).strip()
    if not answer:
        problem = "answer is empty: it holds line breaks or comments alone; write it or remove the file"
        raise fields.error(problem, "answer")
    return answer


def _seo(fields: FrontMatter) -> Seo:
    if not fields.has_fields("seo"):
        return Seo()
    return Seo(
        title=fields.text("title", inside="seo"),
        page_description=fields.text("page_description", inside="seo"),
        page_keywords=tuple(word.strip() for word in fields.texts("page_keywords", inside="seo") if word.strip()),
    )


def _related(fields: FrontMatter) -> tuple[RelatedArticle, ...]:
    places = {int(match[1]): name for name in fields.names if (match := _RELATED_FIELD.match(name))}
    related = []
    for _, name in sorted(places.items()):
        if not fields.has_fields(name):
            continue
        url = fields.text("url", inside=name).strip()
        if not url:
            fields.warn(f"{name}.url is missing; {name} is left out: add its url or remove it", name)
            continue
        related.append(
            RelatedArticle(
                url=url,
                title=fields.text("title", inside=name),
                subject=fields.text("subject", inside=name),
                id=fields.whole_number("id", inside=name),
            )
        )
    return tuple(related)


def _extra(fields: FrontMatter) -> tuple[tuple[str, str], ...]:
    """Fields without a place of their own; what is no text is written as YAML."""
    extra = []
    for name in fields.names:
        if name in _KNOWN_FIELDS or _RELATED_FIELD.match(name):
            continue
        value = fields.value(name)
        if value is not None:
            is_text = isinstance(value, Scalar) and not value.is_null
            extra.append((name, value.text if isinstance(value, Scalar) and is_text else as_yaml(value)))
    return tuple(extra)
