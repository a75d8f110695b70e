"""A part of the corpus, chosen evenly and the same each time, with questions that it answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.articles.limits import ReadingLimits
from retrieval.articles.parsing import read_article
from retrieval.building.reading import FoundFile, find_files
from retrieval.comparison.questions import answerable_within, made_questions, urls_by_use
from retrieval.domain import Article
from retrieval.errors import ArticleError, NoArticlesError, NoQuestionsError
from retrieval.evaluation.judged_questions import JudgedQuestion
from retrieval.progress import OnProgress, ignore_progress

READ_STAGE = "read"
_REPORT_EVERY = 256


@dataclass(frozen=True, slots=True)
class Sample:
    """A part of the corpus.

    Attributes:
        content: Folder of copies of its article files.
        articles: How many there are.
        corpus_articles: How many article files the whole corpus has.
        share: Its share of the corpus's bytes.
        questions: Questions that an article of it answers.
        left_out: How many judged questions are none of them: no article answers, or none that was found or had room.
        are_judged: Whether the questions were judged by somebody, not made of the articles.
    """

    content: Path
    articles: int
    corpus_articles: int
    share: float
    questions: tuple[JudgedQuestion, ...]
    left_out: int
    are_judged: bool


def draw_sample(  # noqa: PLR0913  # from where, to where, how much, by what
    content_root: Path,
    target: Path,
    size: int,
    *,
    judged: Sequence[JudgedQuestion] = (),
    limits: ReadingLimits | None = None,
    on_progress: OnProgress = ignore_progress,
) -> Sample:
    """Copy a sample of the articles into a folder.

    Args:
        content_root: Folder of the corpus.
        target: Folder to make and fill.
        size: How many articles, at most.
        judged: Judged questions; their articles come first. Without them questions are made of the articles.
        limits: What an article file may hold.
        on_progress: Told how many articles are read.

    Raises:
        ArticleError: The content root is no folder.
        NoArticlesError: It holds no article that can be used.
        NoQuestionsError: The sample answers none of the judged questions.
        OSError: A file cannot be copied.
    """
    files, _ = find_files(content_root)
    reader = _Reader(content_root, limits or ReadingLimits(), on_progress)
    chosen: dict[FoundFile, Article] = {}
    if judged:  # whose articles can be told by their url alone, which only reading them gives
        known = {article.url: file for file, article in reader.read(files)}
        wanted = [known[url] for url in urls_by_use(judged) if url in known][:size]
        chosen = dict(reader.read(wanted))
    rest = [file for file in files if file not in chosen]
    chosen |= dict(reader.read(_evenly(rest, size - len(chosen))))
    if not chosen:
        raise NoArticlesError(content_root, len(files))
    articles = [chosen[file] for file in sorted(chosen, key=lambda file: file.path)]
    questions = answerable_within(judged, {article.url for article in articles}) if judged else made_questions(articles)
    if not questions:
        raise NoQuestionsError(content_root)
    for file in chosen:
        copy = target / file.path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(content_root / file.path, copy)  # a link would change the time that tells builds of changes
    return Sample(
        content=target,
        articles=len(articles),
        corpus_articles=len(files),
        share=_bytes(chosen) / max(1, _bytes(files)),
        questions=questions,
        left_out=len(judged) - len(questions) if judged else 0,
        are_judged=bool(judged),
    )


class _Reader:
    """Reads article files; those that cannot be used are left out."""

    def __init__(self, content_root: Path, limits: ReadingLimits, on_progress: OnProgress) -> None:
        self._content_root = content_root
        self._limits = limits
        self._on_progress = on_progress

    def read(self, files: Sequence[FoundFile]) -> Iterator[tuple[FoundFile, Article]]:
        """Files that hold an article, each with it; without its answer, for those of a whole corpus fill the memory."""
        for done, file in enumerate(files, start=1):
            with suppress(ArticleError):
                article = read_article(self._content_root / file.path, self._content_root, self._limits)
                yield file, replace(article, answer="")
            if done % _REPORT_EVERY == 0 or done == len(files):
                self._on_progress(READ_STAGE, done, len(files))


def _evenly(files: Sequence[FoundFile], number: int) -> list[FoundFile]:
    """So many of the files, at equal distances."""
    count = min(number, len(files))
    return [files[place * len(files) // count] for place in range(count)]


def _bytes(files: Iterable[FoundFile]) -> int:
    return sum(file.size for file in files)
