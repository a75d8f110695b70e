"""Tells whether a question says what it is about, or leans on what was said before. Pure, and linear in its length."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_CODE_LIKE = re.compile(r"[`$\\=^]")

_FUNCTION_WORDS = _words(
    "a an the of in on at by for from to with without within into onto over under between among about as than per "
    "via and or but nor so if when while where what which who whom whose why how then because since until "
    "although though whether not no yes both either each every all any some many much more most few less least "
    "other another such same own only just also too very really quite even still ever never always often again "
    "once there here now is are was were be been being am do does did doing done can could should would will "
    "shall may might must has have had having i me my mine we us our you u your he him his she her it its they "
    "them their this that these those one ones get gets got make makes made let lets go goes going come comes say "
    "says said tell know think want need like please someone anyone somebody anybody people everyone what's it's "
    "that's there's who's how's don't doesn't didn't can't isn't aren't wasn't i'm i've i'd they're we're you're "
    "up out off down else besides"
)
_EVERYDAY_WORDS = _words(
    "answer answers question questions problem problems thing things stuff difference differences example "
    "examples meaning mean means point reason reasons solution solutions step steps part parts way ways work "
    "works working do use used uses using happen happens happening happened explain explanation help understand "
    "definition define describe compare detail details kind kinds type types sort sorts first second third last "
    "next previous former latter good bad right wrong true false correct important possible better best worse "
    "worst real long short big small new old different called number page chapter topic concept term word idea "
    "case fact matter matters cause causes affect affects apply applies involve involved start begin end change "
    "changes exam exams test tests quiz homework assignment report essay paper class lecture lectures lesson "
    "course teacher professor prof tutor notes textbook book video slide slides worksheet due tomorrow today "
    "tonight yesterday monday tuesday wednesday thursday friday saturday sunday week weeks day days hour hours "
    "morning midterm final finals grade school college university uni month year semester lab stuck confused lost "
    "solve calculate find show prove list name give figure simply easy hard simple words actually basically "
    "exactly anything something nothing everything lot bit whole above below attached picture image screenshot "
    "biology chemistry physics math maths mathematics history economics psychology nursing english literature "
    "sociology philosophy law accounting science study studying deadline guys friends numbers years months"
)
_EXPLETIVE = re.compile(
    r"\b(?:it|this|that) (?=(?:true|possible|necessary|better|worse|important|bad|good|ok|safe|legal|illegal|ethical"
    r"|normal|common|hard|easy|dangerous|healthy|more|less|that)\b)"
    r"|\bit (?=(?:called|takes?|means?|costs?|matters?|rains?) )"
    r"|\bis it (?=(?:[^\W_]+ ){0,5}(?:to|that|who|which|for|when|if)\b)"
    r"|\bit (?=(?:[^\W_]{3,12}er|impossible) (?:to|for)\b)"
    r"|\b(?:these days|this time|th(?:is|at) way|that much|worth it)\b",
    re.IGNORECASE,
)
"""Words that point at nothing: "is *it* true that", "how long does *it* take", "*these days*"."""

_GOES_ON = re.compile(
    r"(?:(?:and|or|but|so) )?(?:what|how) about\b|(?:and|or|but|what if|same for|why not|how so|like what"
    r"|such as)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:the )?(?:first|second|third|last|other|next|previous|former|latter) (?:one|ones|part|step|question"
    r"|problem|example|bit|half)\b"
    r"|\bwhich (?:ones?|of (?:them|these|those|the two))\b"
    r"|\bthe (?:former|latter|above|one above|others)\b"
    r"|\b(?:question|problem|exercise|number|page|step|part|figure|chapter) (?:\d{1,3}|[a-e])\b",
    re.IGNORECASE,
)
_SUBJECTS = _words("it they he she")
_POSSESSIVES = _words("its their his her theirs")
_DETERMINERS = _words("this that these those")
_POINTING = _SUBJECTS | _POSSESSIVES | _DETERMINERS | _words("them him")
_INVERTED = _words("is are was were do does did can could should would will has have had might must may")
_CLAUSE_WORDS = _words(
    "and or but when while if because since after before once so which who whether than as although though until "
    "unless what why how where"
)
_RELATIVE_FOLLOWERS = _words("who which that of in with whose")
_BEFORE_THAT = _words("prove proves show shows so such say says think know known likely certain")
_SOME_WORDS = 2  # "which one boils first, ethanol or water" says it all
_MANY_WORDS = 3  # with so many words of its own, a question finds its article whatever "it" is


def is_complete(question: str) -> bool:
    """Whether a question can be looked up by itself: it names its topic, and no word of it stands for a thing before.

    Args:
        question: One sentence, in plain words.
    """
    if _CODE_LIKE.search(question):
        return True
    own_words = _telling_words(question)
    if not own_words or (own_words < _MANY_WORDS and _GOES_ON.match(question)):
        return False
    if _POINTS_BACK.search(question) and _telling_words(_POINTS_BACK.sub(" ", question)) < _SOME_WORDS:
        return False
    named = 0
    for clause in re.split(r"[,;:()]", _EXPLETIVE.sub("", question)):
        words = [match.group().lower().replace("\u2019", "'") for match in _WORD.finditer(clause)]
        if _leans_back(words, named, own_words):
            return False
        named += sum(map(_is_telling, words))
    return True


def has_content(text: str) -> bool:
    """Whether a text has a word that names something, other than a matter of everyday study."""
    return _CODE_LIKE.search(text) is not None or _telling_words(text) > 0


def _telling_words(text: str) -> int:
    return sum(_is_telling(match.group().lower()) for match in _WORD.finditer(text))


def _is_telling(word: str) -> bool:
    return len(word) > 1 and not word.isdigit() and word not in _FUNCTION_WORDS and word not in _EVERYDAY_WORDS


def _leans_back(words: list[str], named: int, own_words: int) -> bool:
    """Whether a word of a clause stands for something that was said before the question.

    Args:
        words: Of the clause.
        named: How many telling words stand in the clauses before.
        own_words: How many telling words the whole question has.
    """
    named_before = named  # … stand before the last conjunction: what "it" may stand for
    for place, word in enumerate(words):
        previous = words[place - 1] if place else ""
        following = words[place + 1] if place + 1 < len(words) else ""
        if _begins_clause(word, previous, following):
            named_before = named
        elif word in _POINTING:
            is_subject = word in _SUBJECTS and previous not in _INVERTED and bool(following)
            is_told = named_before > 0 or named >= _MANY_WORDS
            is_told = is_told or (named > 0 and (is_subject or word in _POSSESSIVES))
            if word in _DETERMINERS:
                is_told = is_told or following in _RELATIVE_FOLLOWERS
                is_told = is_told or (following not in _FUNCTION_WORDS and own_words >= _MANY_WORDS and bool(following))
            if not is_told:
                return True
        named += _is_telling(word)
    return False


def _begins_clause(word: str, previous: str, following: str) -> bool:
    """Whether what is named before a word may be meant by "it" after the word."""
    if word == "that":
        return bool(following) and (_is_telling(previous) or previous in _BEFORE_THAT or previous in _EVERYDAY_WORDS)
    is_infinitive = word == "to" and following not in _POINTING
    return word in _CLAUSE_WORDS or is_infinitive or (word.endswith("ing") and _is_telling(word))
