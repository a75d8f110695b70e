"""Names that end or begin with a mark, which is lost where text is cut into words: ".NET" is no net, "C#" no C."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.domain import Article

_NAME = re.compile(r"(?<![\w.])(?:\.(?:[A-Z]{2,8}|net)\b|(?:[A-Za-z]{1,2}#|[CGcg]\+\+)(?![\w#+]))|(?<=\w)\.NET\b")
_MAX_WORDS = 6  # of a longer question the other words tell more, and an article may answer it in another language
_SPELLED_OUT = {".": "dot {}", "#": "{} sharp", "+": "{} plus plus"}


def symbol_names(text: str) -> frozenset[str]:
    """The names with marks that a short question is about, lower case; none of a longer one."""
    if len(text.split(maxsplit=_MAX_WORDS)) > _MAX_WORDS:
        return frozenset()
    return frozenset(name.casefold() for name in _NAME.findall(text))


def holds_names(article: Article, names: frozenset[str]) -> bool:
    """Whether an article says each of some names, from `symbol_names`, with its mark or spelled out."""
    if not names:
        return True
    text = f"{article.question}\n{article.title}\n{article.answer}".casefold()
    return all(_stands_in(name, text) for name in names)


def _stands_in(name: str, text: str) -> bool:
    mark = "." if name.startswith(".") else name[-1]
    spelled = _SPELLED_OUT[mark].format(name.strip(".#+"))
    before = "" if mark == "." else r"(?<!\w)"  # "ASP.NET" says ".NET"
    return re.search(rf"{before}{re.escape(name)}(?!\w)|\b{spelled}\b", text) is not None
