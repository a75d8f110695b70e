"""Hits that tests make by hand: nothing speaks for one but what is handed in."""

from __future__ import annotations

from retrieval.domain import Article, Evidence, Hit, Subject


def evidence(section_scores=(), passage_scores=(), **figures) -> Evidence:
    """Evidence of the named figures; all others are 0. The best section and passage follow from the scores."""
    best = {"section": max(section_scores, default=0.0), "passage": max(passage_scores, default=0.0)}
    chosen = {"question": 0.0, "section_ordinal": 0, "lexical": 0.0} | best | figures
    return Evidence(section_scores=tuple(section_scores), passage_scores=tuple(passage_scores), **chosen)


def hit(name="x", score=0.0, share=1.0, *, subject="x", title="Why?", answer="So.", also_in=(), **figures) -> Hit:
    """A hit of the article `/learn/NAME`, which answers the question `title`, with its evidence by name."""
    article = Article(f"/learn/{name}", title, answer, Subject(subject, subject.title()), f"{name}.md")
    return Hit(article, score, evidence(**figures), also_in, share)
