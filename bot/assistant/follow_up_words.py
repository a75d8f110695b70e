"""Tells from its words whether a text depends on the question before. Pure."""

from __future__ import annotations

import re
from enum import Enum

MAX_CONTEXT_LENGTH = 600
"""Characters of earlier questions that are kept as context; of more, the last ones."""

_FEW_WORDS = 4
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
# "and the potassium?", "what about …", "why?": what goes on from something, in the bot's languages.
_GOES_ON = re.compile(
    r"""\W*+(?:
    and|but|so|then|or|also|what\ about|how\ about|what\ if|such\ as|like\ what
    |y|pero|entonces|también|qué\ tal|et|mais|donc|alors|aussi
    |und|aber|dann|auch|was\ ist\ mit|e|mas|então|também
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKS_ON = re.compile(
    r"""\W*+(?:
    why|why\ not|how|how\ so|how\ come|who|where|when|since\ when|which\ one
    |(?:according\ to|by|for|from|with)\ (?:whom?|what|where|which)
    |por\ qué|cómo|pourquoi|comment|wieso|warum|wie|por\ quê?|como
    )\W*+""",
    re.IGNORECASE | re.VERBOSE,
)
_POINTS_BACK = re.compile(
    r"""\b(?:
    it|its|it's|that|this|these|those|they|them|their|he|him|his|she|her|there|another\ one|one\ more|examples?|more
    |the\ (?:others?|same|first|second|third|last|former|latter)
    |(?:the\ )?[a-z]\ (?:stands?\ for|means?)
    |eso|esto|es[ea]|ell[oa]s|otr[oa]|ejemplos?|ça|cela|celui|celle|ils|elles|autres?|exemples?
    |das|diese[rs]?|sie|anderen?|beispiele?|isso|isto|ess[ea]|el[ea]s|outr[oa]|exemplos?
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


# "and the potassium?": the same question about something else. What was taken once is not given back: tried again from
# each of its characters, a row of apostrophes takes the square of its length.
_OTHER_TOPIC = re.compile(
    r"""\W*+(?:(?:(?:and|but|so)\ )?(?:what|how)\ about|and|but|or|y|et|und|was\ ist\ mit|qué\ tal|e)\s++
    (?:of\s++)?(?:the\s++|an?\s++)?(?P<topic>[^\W_][\w'\u2019-]*+(?:\s++[\w'\u2019-]++){0,3}?)(?:\s++ones?)?\W*+""",
    re.IGNORECASE | re.VERBOSE,
)
# Lists of words read best as words.
_NO_TOPIC = frozenset(
    "in on at by for with from to under over during after before between within without if when while is are was "  # noqa: SIM905
    "were do does did can could why how who what where which".split()
)
_FRAME = _NO_TOPIC | frozenset(
    "a an the of and or it its i you we they he she that this these those should would will has have had be been my "  # noqa: SIM905
    "your work works working happen happens mean means cause causes caused affect affects difference different".split()
)
_MAX_SUBSTITUTIONS = 5
_MAX_TOPIC_LENGTH = 100  # characters; each substitution is a question that has to be looked up


# How a question begins that may name what it is about.
_QUESTION_WORD = re.compile(
    r"\W*+(?:who|whom|whose|what|which|where|when|why|how|is|are|was|were|do|does|did|can)\b", re.IGNORECASE
)
_YEAR = re.compile(r"[12][0-9]{3}")
_OWN_WORDS = 2  # "what formula?" is elliptic as often as not
# "who is Messi", "what is a bitcoin": one word is enough. "What is the formula" goes on.
_ASKS_WHAT_IT_IS = re.compile(
    r"\W*+(?:(?:who|what)(?:['\u2019]?s|\s++(?:is|was|are|were))|define)\s++(?:an?\s++)?(?!the\b)[^\W_]", re.IGNORECASE
)
# What may be told of a thing, whatever it is, and how: "main causes", "short summary".
_ASPECTS = frozenset(
    "advantage advantages answer answers application applications author background basics benefit benefits "  # noqa: SIM905  # as above
    "best better brief bullet calculation calculations cause causes characteristics code comparison conclusion "
    "cons consequences cost costs criticism criticisms critique date dates definition definitions derivation "
    "detail details diagram differences disadvantages drawbacks easier easy effect effects english equation "
    "equations evidence exactly experiment experiments fact factors facts feature features first formula "
    "formulae formulas french full function functions further german graph history impact importance in-depth "
    "key kinds language last length limitation limitations limits list long longer main meaning mechanism "
    "method methods name names next notes number numbers option origin origins outline overview page paragraph "
    "part parts people phases picture place please point points prevention previous price principle principles "
    "process proof properties pros purpose question quick quickly real reason reasons result results role "
    "rules second sentence sentences short shorter significance similarities simple simpler simply size "
    "solution sources spanish stages step steps strengths structure summary symbol symptoms table theories "
    "theory third time timeline treatment types unit units use uses version weaknesses word words year years".split()
)


class Dependence(Enum):
    """How much a text needs what was asked before."""

    ALONE = "alone"
    """It makes sense by itself."""

    PERHAPS = "perhaps"
    """It can be read either way."""

    FOLLOWS = "follows"
    """It makes sense only after the question before."""


def dependence(text: str) -> Dependence:
    """How much a text needs what was asked before."""
    words = _WORD.findall(text)
    if _ASKS_ON.fullmatch(text):
        return Dependence.FOLLOWS
    goes_on = _GOES_ON.match(text) is not None
    points_back = _POINTS_BACK.search(text) is not None
    is_short = len(words) <= _FEW_WORDS
    if goes_on and len(words) <= 2 * _FEW_WORDS:
        return Dependence.FOLLOWS
    if points_back and len(words) <= 2 * _FEW_WORDS:
        return Dependence.FOLLOWS
    return Dependence.PERHAPS if is_short or goes_on or points_back else Dependence.ALONE


def names_own_subject(text: str) -> bool:
    """Whether a text names what it is about, whatever it begins with: "and who won the cup?".

    Only then do its words tell whether an article that was found with the earlier question answers this one too:
    "simpler please" shares no word with any article.
    """
    if dependence(text) is Dependence.ALONE:
        return True
    if _POINTS_BACK.search(text):
        return False
    lead = _GOES_ON.match(text)
    rest = text[lead.end() :] if lead else text
    own = [word for word in _WORD.findall(rest) if word.casefold() not in _FRAME]
    if _ASKS_WHAT_IT_IS.match(rest) and own and _ASPECTS.isdisjoint(map(str.casefold, own)):
        return True
    is_complete = _QUESTION_WORD.match(rest) is not None or any(map(_YEAR.fullmatch, own))  # "world cup 1998"
    return is_complete and len(own) >= _OWN_WORDS


def is_bare_topic(text: str) -> bool:
    """Whether a text is nothing but a few words for a thing: "taylor swift".

    It may be a part of what was asked before, or something else altogether; "main causes" is an aspect of anything.
    """
    if _GOES_ON.match(text) or _ASKS_ON.fullmatch(text) or _POINTS_BACK.search(text) or _QUESTION_WORD.match(text):
        return False
    words = [word.casefold() for word in _WORD.findall(text)]
    if not 0 < len(words) <= _FEW_WORDS:
        return False
    return all(word.isalpha() and word not in _FRAME and word not in _ASPECTS for word in words)


def with_context(earlier: str, text: str) -> str:
    """One question that says both: what was asked before, and what is asked now."""
    before = _context(" ".join(earlier.split()))
    return f"{before.rstrip(' ?.!')}: {' '.join(text.split())}"


def substitutions(earlier: str, text: str) -> tuple[str, ...]:
    """The question asked before, about what is named now: "why did Rome fall?", "and the Ottomans?".

    Where both name a word, that word tells which words the new topic stands for: "inner join", "and a left join?". Else
    that cannot be told by the words alone, so as many words as the topic has, and each word that may be the topic, are
    replaced in turn; which of the results makes sense, the articles tell.

    Returns:
        Questions; none where the text names no other topic.
    """
    found = _OTHER_TOPIC.fullmatch(text)
    if found is None or len(found["topic"]) > _MAX_TOPIC_LENGTH or _POINTS_BACK.search(found["topic"]):
        return ()
    topic = found["topic"]
    if topic.split()[0].casefold() in _NO_TOPIC:
        return ()
    earlier = _context(earlier)
    runs = _runs(earlier)
    named = [word.casefold() for word in _WORD.findall(topic)]
    spans = _parallel(runs, named) or (
        *_windows(runs, len(named) if len(named) > 1 else 0),
        *_windows(runs, 1),
    )
    return tuple(f"{earlier[:start]}{topic}{earlier[end:]}" for start, end in spans[:_MAX_SUBSTITUTIONS])


def _context(earlier: str) -> str:
    """The part of an earlier question that is kept as context."""
    return earlier if len(earlier) <= MAX_CONTEXT_LENGTH else earlier[-MAX_CONTEXT_LENGTH:].partition(" ")[2]


def _runs(text: str) -> list[list[re.Match[str]]]:
    """The words that may name a topic; those with nothing but blanks between them are together."""
    runs: list[list[re.Match[str]]] = []
    for match in _WORD.finditer(text):
        if match[0].casefold() in _FRAME:
            continue
        if runs and text[runs[-1][-1].end() : match.start()].isspace():
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


def _parallel(runs: list[list[re.Match[str]]], named: list[str]) -> tuple[tuple[int, int], ...]:
    """The span that a topic replaces, found by the last word that it shares with the earlier question.

    Args:
        runs: Words of the earlier question.
        named: Words of the topic, in lower case.
    """
    for place in reversed(range(len(named))):
        for run in runs:
            for at, match in enumerate(run):
                if match[0].casefold() == named[place]:
                    replaced = run[max(0, at - place) : at + len(named) - place]
                    return ((replaced[0].start(), replaced[-1].end()),)
    return ()


def _windows(runs: list[list[re.Match[str]]], size: int) -> tuple[tuple[int, int], ...]:
    """Start and end of each `size` words in a row, the last ones first; none where `size` is 0."""
    found = [
        (run[at].start(), run[at + size - 1].end()) for run in runs for at in range(len(run) - size + 1) if size > 0
    ]
    return tuple(reversed(found))
