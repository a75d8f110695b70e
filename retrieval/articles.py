"""Article files: finding them, and reading each into a validated `Article` or an `ArticleError` that names the line."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
from typing import TYPE_CHECKING

import yaml

from retrieval.domain import Article, RelatedArticle, Seo, Subject
from retrieval.errors import ArticleError
from retrieval.front_matter import FrontMatter, describe
from retrieval.html_comments import without_comments
from retrieval.line_breaks import decode_line_breaks
from retrieval.subjects import display_name, subject_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LARGEST_FILE = 1 << 20
"""Bytes. Articles have a few thousand; a file beyond this is something else."""

_KNOWN_FIELDS = {field.name for field in dataclasses.fields(Article)} - {"path", "related", "extra", "schema"} | {
    "_schema"
}
_RELATED_FIELD = re.compile(r"related_article(\d+)\Z")
_UNSAFE_IN_URL = re.compile(r"[\s\\<>\"`\x00-\x1f\x7f-\x9f]|(?:^|/)\.\.?(?:/|\Z)")


def read_article(path: Path, content_root: Path, largest: int = LARGEST_FILE) -> Article:
    """Read and validate one article file.

    Args:
        path: The file, below the content root.
        content_root: Folder that `Article.path` is relative to.
        largest: How many bytes a file may have.

    Raises:
        ArticleError: The file cannot be read, is no article, or misses something.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ArticleError(path, f"the file cannot be read ({reason}); check its permissions") from error
    return parse_article(raw, path, content_root, largest)


def parse_article(raw: bytes, path: Path, content_root: Path, largest: int = LARGEST_FILE) -> Article:
    """Make an article of a file's bytes, as `read_article` does, without touching the file."""
    if len(raw) > largest:
        raise ArticleError(path, f"the file has more than {largest:,} bytes, too many for an article; split it")
    fields = FrontMatter(_decoded(raw, path), path)
    relative = path.relative_to(content_root)
    spelling = fields.text("subject").strip()
    key = relative.parent.name or subject_key(spelling) or "others"
    answer = without_comments(decode_line_breaks(fields.required("answer"))).strip()
    if not answer:
        raise fields.error("answer is empty: it holds line breaks alone; write it or remove the file", "answer")
    return Article(
        url=_url(fields),
        question=fields.required("question").strip(),
        answer=answer,
        subject=Subject(key, spelling or display_name(key, {})),
        path=relative.as_posix(),
        id=fields.value("id", int, None),
        title=fields.text("title"),
        article_title=fields.text("article_title"),
        date=_date(fields),
        date_format=fields.text("date_format"),
        post_on_text=fields.text("post_on_text"),
        author=fields.text("author"),
        file_name=fields.text("file_name"),
        schema=fields.text("_schema"),
        score=fields.value("score", float, None),
        no_index=fields.value("no_index", bool, default=False),
        seo=_seo(fields),
        related=_related(fields),
        extra=_extra(fields),
    )


def _decoded(raw: bytes, path: Path) -> str:
    try:
        text = raw.decode("utf-8-sig")
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
    return url


def _date(fields: FrontMatter) -> dt.date | None:
    found = fields.fields.get("date")
    if isinstance(found, dt.datetime):
        return found.date()
    if found is None or isinstance(found, dt.date):
        return found
    raise fields.error(f"date must be a date such as 2025-01-31, not {describe(found)}", "date")


def _seo(fields: FrontMatter) -> Seo:
    if not fields.value("seo", dict, {}):
        return Seo()
    keywords = fields.fields["seo"].get("page_keywords")
    if isinstance(keywords, list) and all(isinstance(keyword, str) for keyword in keywords):
        words = keywords
    else:
        words = fields.value("page_keywords", str, "", inside="seo").split(",")
    return Seo(
        title=fields.value("title", str, "", inside="seo"),
        page_description=fields.value("page_description", str, "", inside="seo"),
        page_keywords=tuple(word.strip() for word in words if word.strip()),
    )


def _related(fields: FrontMatter) -> tuple[RelatedArticle, ...]:
    places = {int(match[1]): name for name in fields.fields if (match := _RELATED_FIELD.match(str(name)))}
    related = []
    for _, name in sorted(places.items()):
        if not fields.value(name, dict, {}):
            continue
        url = fields.value("url", str, "", inside=name).strip()
        if not url:
            raise fields.error(f"{name}.url is missing; add it or remove {name}", name)
        related.append(
            RelatedArticle(
                url=url,
                title=fields.value("title", str, "", inside=name),
                subject=fields.value("subject", str, "", inside=name),
                id=fields.value("id", int, None, inside=name),
            )
        )
    return tuple(related)


def _extra(fields: FrontMatter) -> tuple[tuple[str, str], ...]:
    """Fields without a place of their own; what is no text is written as YAML, where shared parts stay shared."""
    return tuple(
        (str(name), value if isinstance(value, str) else _as_yaml(value))
        for name, value in fields.fields.items()
        if name not in _KNOWN_FIELDS and not _RELATED_FIELD.match(str(name))
    )


def _as_yaml(value: object) -> str:
    return yaml.safe_dump(value, default_flow_style=True, allow_unicode=True).removesuffix("\n...\n").strip()


def discover_article_files(
    content_root: Path, on_error: Callable[[ArticleError], None] | None = None
) -> Iterator[Path]:
    """Every ``.md`` file below the content root; files and folders in the order of their names.

    Links are followed as long as they stay inside the content root. A folder is entered once, so a loop of links ends.

    Args:
        content_root: The folder that holds the subjects' folders, at any depth.
        on_error: Told of each folder that cannot be read and each link that is not followed; the rest goes on.
            Without it the first one is raised.

    Raises:
        ArticleError: The content root is no folder, or, without ``on_error``, the first error.
    """
    if not content_root.is_dir():
        raise ArticleError(content_root, "is no folder; name the folder that holds the articles")
    return _Walk(content_root.resolve(), on_error or _raise).files(content_root)


def _raise(error: ArticleError) -> None:
    raise error


class _Walk:
    def __init__(self, root: Path, report: Callable[[ArticleError], None]) -> None:
        self._root = root
        self._report = report
        self._entered: set[Path] = set()

    def files(self, folder: Path) -> Iterator[Path]:
        real = folder.resolve()
        if real in self._entered:
            return
        self._entered.add(real)
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._report(ArticleError(folder, f"the folder cannot be read ({error.strerror}); check its permissions"))
            return
        for entry in found:
            path = folder / entry.name
            if entry.is_symlink() and not self._may_follow(path):
                continue
            if entry.is_dir():
                yield from self.files(path)
            elif entry.name.endswith(".md"):
                yield path

    def _may_follow(self, link: Path) -> bool:
        try:
            target = link.resolve(strict=True)
        except (OSError, RuntimeError):
            self._report(ArticleError(link, "the link leads nowhere or to itself; remove it or point it at an article"))
            return False
        if not target.is_relative_to(self._root):
            self._report(ArticleError(link, "the link leads out of the content folder; copy the articles into it"))
            return False
        return True
