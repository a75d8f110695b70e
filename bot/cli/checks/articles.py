"""Are there articles, and can their repository be reached?"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bot.cli.checks.finding import Finding, Level
from bot.sources.errors import SourceError
from bot.sources.fetching import content_dir, git_source
from retrieval.errors import RetrievalError

if TYPE_CHECKING:
    from pathlib import Path

    from config.settings import Settings

CONTENT_SETTING = "set index.content_dir to your articles"
_NAMED = 3


def check_content(settings: Settings) -> Finding:
    """Is there an article to index, and can every one be read?"""
    topic = "articles"
    folder = content_dir(settings)
    if settings.source.repository is not None and not folder.is_dir():
        text = f"there is no {folder} yet: the repository was not fetched, or has no such folder"
        return Finding(Level.PROBLEM, topic, text, "run `quicktakes index build`, which fetches it or says why not")
    if not folder.is_dir():
        return Finding(Level.PROBLEM, topic, f"there is no folder {folder}", CONTENT_SETTING)
    count, unreadable = _look_through(folder)
    if unreadable:
        named = ", ".join(map(str, unreadable[:_NAMED]))
        more = f" and {len(unreadable) - _NAMED:,} more" if len(unreadable) > _NAMED else ""
        return Finding(Level.PROBLEM, topic, f"{named}{more} cannot be read", "give yourself permission to read them")
    if not count:
        return Finding(Level.PROBLEM, topic, f"{folder} holds no .md file", CONTENT_SETTING)
    return Finding(Level.OK, topic, f"{count:,} files in {folder}")


def folder_count(settings: Settings) -> int:
    """How many folders the articles are in."""
    return sum(1 for _ in os.walk(content_dir(settings)))


def check_repository(settings: Settings) -> Finding:
    """Can the repository be reached, and has it the branch?"""
    topic = "repository"
    source = git_source(settings)
    if source is None:
        return Finding(Level.OK, topic, "none: articles come from a folder")
    try:
        commit = source.newest_commit()
    except SourceError as error:
        advice = "check source.repository, its credentials and the network; what was fetched before goes on serving"
        return Finding(Level.PROBLEM, topic, str(error), advice)
    if commit is None:
        text = f"it has no branch {settings.source.branch}"
        return Finding(Level.PROBLEM, topic, text, "set source.branch to one that it has")
    return Finding(Level.OK, topic, f"branch {settings.source.branch} is at commit {commit[:12]}")


def check_golden_questions(path: Path) -> Finding:
    """Can the questions be read that each build is asked?"""
    from retrieval.evaluation.judged_questions import load_judged

    topic = "golden"
    advice = "set index.golden_questions to a file as docs/evaluation.md describes, or unset it"
    try:
        questions = load_judged(path)
    except (RetrievalError, OSError) as error:
        text = f"{path}: {error.strerror}" if isinstance(error, OSError) else str(error)
        return Finding(Level.PROBLEM, topic, text, advice)
    if not questions:
        return Finding(Level.PROBLEM, topic, f"{path} holds no question", advice)
    return Finding(Level.OK, topic, f"{len(questions):,} questions in {path}")


def _look_through(folder: Path) -> tuple[int, list[Path]]:
    """How many article files there are, and which files and folders cannot be read."""
    count, unreadable = 0, []
    for place, folders, files in os.walk(folder):
        here = folder.__class__(place)
        articles = [here / name for name in files if name.endswith(".md")]
        count += len(articles)
        unreadable += [path for path in articles if not os.access(path, os.R_OK)]
        unreadable += [here / name for name in folders if not os.access(here / name, os.R_OK | os.X_OK)]
    if not os.access(folder, os.R_OK | os.X_OK):
        unreadable.append(folder)
    return count, sorted(unreadable)
