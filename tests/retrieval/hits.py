"""Hits that tests make by hand: nothing speaks for one but what is handed in."""

from __future__ import annotations

from retrieval.domain import Article, Evidence, Hit, Subject


def evidence(section_scores=(), passage_scores=(), **figures) -> Evidence:
    """Evidence of the named figures; all others are 0. The best section and passage follow from the scores."""
    best = {"section": max(section_scores, default=0.0), "passage": max(passage_scores, default=0.0)}
    chosen = {"question": 0.0, "section_ordinal": 0, "lexical": 0.0} | best | figures
    return Evidence(section_scores=tuple(section_scores), passage_scores=tuple(passage_scores), **chosen)


_ARTICLE = {"title": "Why?", "answer": "So.", "subject": "x"}


def hit(name="x", score=0.0, share=1.0, **fields) -> Hit:
    """A hit of the article `/learn/NAME`: its title, answer and subject if they matter, and its evidence by name."""
    about = {key: fields.pop(key, value) for key, value in _ARTICLE.items()}
    subject = Subject(about["subject"], about["subject"].title())
    article = Article(f"/learn/{name}", about["title"], about["answer"], subject, f"{name}.md")
    return Hit(article, score, evidence(**fields), share=share)
