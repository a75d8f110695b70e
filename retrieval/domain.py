"""The frozen data that the whole project speaks in. Knows no Discord, no files, no models.

Words (see docs/glossary.md): an *article* has a *question*, an *answer* and a canonical URL; an answer is cut into
*sections*; a search gives *hits*; the answerer gives an *answer* or *no answer*.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of study: one for each folder key, with one display name whatever the case in the files.

    Attributes:
        key: Folder name below the content root, such as ``education-studies``.
        name: Display name, such as ``Education Studies``.
    """

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """A link from one article to another, as the file states it; the target need not exist."""

    url: str
    title: str
    subject: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Seo:
    """What the site tells search engines about an article."""

    title: str = ""
    page_description: str = ""
    page_keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One study article, with every field of its file.

    Attributes:
        url: Site-relative address, the article's key (``id`` repeats in real corpora).
        question: The question the article answers.
        answer: Markdown with real line breaks (decoded, see ``retrieval.articles.markdown.plain_text``).
        subject: The subject's key and display name.
        path: The file, relative to the content root, with ``/`` separators.
        no_index: Hidden from search engines by the site.
        extra: Front-matter fields without a place of their own, as (name, text) pairs.
    """

    url: str
    question: str
    answer: str
    subject: Subject
    path: str
    id: int | None = None
    title: str = ""
    article_title: str = ""
    date: dt.date | None = None
    date_format: str = ""
    post_on_text: str = ""
    author: str = ""
    file_name: str = ""
    schema: str = ""
    score: float | None = None
    no_index: bool = False
    seo: Seo = field(default_factory=Seo)
    related: tuple[RelatedArticle, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of an article's answer. The sections of an article tile its answer without overlap.

    Attributes:
        ordinal: 0-based place among the article's sections.
        start: Offset of the first character in ``Article.answer`` (code points).
        end: Offset after the last character.
        heading_path: Headings or bold lead-ins above it, outermost first, as plain text.
        passage_text: Plain text that is embedded for the section.
    """

    ordinal: int
    start: int
    end: int
    heading_path: tuple[str, ...]
    passage_text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article's answer, or a block that is never cut: a heading, a table, a formula, code.

    Attributes:
        start: Offset of the first character in ``Article.answer`` (code points).
        end: Offset after the last character.
        is_heading: Whether it is a heading.
    """

    start: int
    end: int
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an article was found: one figure a kind of evidence, each comparable within one question.

    Attributes:
        question: Cosine of the asked question with the article's question, -1 to 1.
        section: Cosine with the article's nearest section, -1 to 1.
        section_ordinal: The section that fits best, by `passage_scores`.
        lexical: BM25 score of the article, 0 or more; has no upper bound.
        passage: Best of `passage_scores`, -1 to 1.
        coverage: Share of the question's words, weighted by rarity, that the article has words of like meaning for,
            0 to 1.
        section_scores: Cosine with each of the article's sections, by ordinal.
        passage_scores: For each section the mean of two cosines: with the section alone, and with the section under
            its article's question.
        title_coverage: As `coverage`, by the article's question alone.
        title_exact_coverage: Share of the question's words, weighted by rarity, that the article's question has to the
            letter, 0 to 1.
        title_covered: Share of the words of the article's question, weighted by rarity, that the asked question has
            words of like meaning for, 0 to 1.
        mean_sentence: Mean over the sentences of the message of the cosine with the section nearest to each, -1 to 1.
        last_sentence: Cosine of the last sentence of the message with the section nearest to it, -1 to 1.
        best_sentence_question: Best cosine of any sentence of the message with the article's question, -1 to 1.
        reranker: What a cross-encoder says of its best sections; ``None`` where none was asked. Has no bounds.
        second_encoder: What the vectors of a second encoder say; ``None`` where there is none. Has no bounds.
    """

    question: float
    section: float
    section_ordinal: int
    lexical: float
    passage: float = 0.0
    coverage: float = 0.0
    section_scores: tuple[float, ...] = ()
    passage_scores: tuple[float, ...] = ()
    title_coverage: float = 0.0
    title_exact_coverage: float = 0.0
    title_covered: float = 0.0
    mean_sentence: float = 0.0
    last_sentence: float = 0.0
    best_sentence_question: float = 0.0
    reranker: float | None = None
    second_encoder: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found for a question.

    Attributes:
        article: The article.
        score: What the evidence adds up to, above the mean of the question's candidates; comparable only within one
            question.
        evidence: What the score was made from.
        also_in: The same question answered by articles of other subjects, best first.
        share: Probability that this candidate is the best one of the question's candidates; all add up to 1.
    """

    article: Article
    score: float
    evidence: Evidence
    also_in: tuple[Article, ...] = ()
    share: float = 1.0


LEFT_OUT = "\n\n[…]\n\n"  # stands in an excerpt of two parts for what is left out between them


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Verbatim text of an article's answer: one part of it, or two.

    Attributes:
        text: ``article.answer[start:end]``, with `LEFT_OUT` for what is left out.
        start: Offset of the first character in the decoded answer (code points).
        end: Offset after the last character.
        heading_path: Headings the excerpt stands under, outermost first.
        best_start, best_end: Where in the decoded answer the best sentence starts, and ends.
        left_out: Where what is left out between two parts starts, and ends; ``None`` with one part.
    """

    text: str
    start: int
    end: int
    heading_path: tuple[str, ...]
    best_start: int
    best_end: int
    left_out: tuple[int, int] | None = None

    @property
    def best_sentence(self) -> str:
        """The sentence that answers best, verbatim."""
        return self.text[slice(*self.best_in_text)]

    @property
    def best_in_text(self) -> tuple[int, int]:
        """Where the best sentence starts and ends in `text`."""
        start, end = self.left_out or (self.end, self.end)
        shift = start + len(LEFT_OUT) - end if self.left_out and self.best_start >= end else 0
        return self.best_start - self.start + shift, self.best_end - self.start + shift

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where its parts start and end in the decoded answer."""
        gap = self.left_out
        return ((self.start, gap[0]), (gap[1], self.end)) if gap else ((self.start, self.end),)


class Outcome(Enum):
    """The three ways a question can end."""

    ANSWER = "answer"
    CANDIDATES = "candidates"
    NO_ANSWER = "no_answer"


class NoAnswerReason(Enum):
    """Why nothing was answered."""

    NOTHING_ASKED = "nothing_asked"
    NOTHING_FITS = "nothing_fits"
    GREETING = "greeting"
    THANKS = "thanks"
    FEELINGS = "feelings"
    COMPLAINT = "complaint"
    ABOUT_THE_BOT = "about_the_bot"
    CANNOT_DO = "cannot_do"
    NEEDS_CONTEXT = "needs_context"


@dataclass(frozen=True, slots=True)
class Answer:
    """The corpus answers the question.

    Attributes:
        question: What was asked, as it was asked.
        hit: The article that answers.
        excerpt: The quoted part of it.
        confidence: Calibrated probability that ``hit`` answers the question, 0 to 1.
        others: Next best hits, best first.
        related: The article's related articles that exist in the corpus.
    """

    question: str
    hit: Hit
    excerpt: Excerpt
    confidence: float
    others: tuple[Hit, ...]
    related: tuple[Article, ...]
    outcome: Outcome = Outcome.ANSWER


@dataclass(frozen=True, slots=True)
class Candidates:
    """One of these articles possibly answers, or each answers one of several questions of a message.

    Attributes:
        question: What was asked, as it was asked.
        hits: Best first, or in the order of the questions.
        excerpts: Of each hit.
        confidence: Calibrated probability that the first hit answers, 0 to 1; of several questions the lowest one.
        questions: For each hit the question of the message that it is for; empty where all are for the whole message.
    """

    question: str
    hits: tuple[Hit, ...]
    excerpts: tuple[Excerpt, ...]
    confidence: float
    questions: tuple[str, ...] = ()
    outcome: Outcome = Outcome.CANDIDATES


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing in the corpus answers the question; ``closest`` are the nearest titles, best first."""

    question: str
    reason: NoAnswerReason
    closest: tuple[Hit, ...]
    confidence: float
    outcome: Outcome = Outcome.NO_ANSWER


Reply = Answer | Candidates | NoAnswer
"""What an `Answerer` returns; tell them apart with `isinstance` or by `outcome`."""
