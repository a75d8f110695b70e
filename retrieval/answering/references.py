"""Tells whether a question says what it is about, or leans on what was said before. Pure, and linear in its length."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_CODE_LIKE = re.compile(r"[`$\\=^]")

_FUNCTION_WORDS = _words(
    "a an the of in on at by for from to with without within into onto over under between among about as than per "
    "via and or but nor "
    "so if when while where what which who whom whose why how then because since until although though whether "
    "not no yes both either "
    "each every all any some many much more most few less least other another such same own only just also too "
    "very really quite even "
    "still ever never always often again once there here now is are was were be been being am do does did doing "
    "done can could should "
    "would will shall may might must has have had having i me my mine we us our you u your he him his she her it "
    "its they them their "
    "this that these those one ones get gets got make makes made let lets go goes going come comes say says said "
    "tell know think want "
    "need like please someone anyone somebody anybody people everyone what's it's that's there's who's how's is "
    "it don't doesn't "
    "didn't can't isn't aren't wasn't i'm i've i'd they're we're you're up out off down"
)
_EVERYDAY_WORDS = _words(
    "answer answers question questions problem problems thing things stuff difference differences example "
    "examples meaning mean means "
    "point reason reasons solution solutions step steps part parts way ways work works working do use used uses "
    "using happen happens "
    "happening happened explain explanation help understand definition define describe compare detail details "
    "kind kinds type types sort "
    "sorts first second third last next previous former latter good bad right wrong true false correct important "
    "possible better best "
    "worse worst true real long short big small new old different called number page chapter topic concept term "
    "word idea case fact "
    "important matter matters cause causes affect affects apply applies involve involved start begin end change "
    "changes exam exams test "
    "tests quiz homework assignment report essay paper class lecture lectures lesson course teacher professor "
    "prof tutor notes textbook "
    "book video slide slides worksheet due tomorrow today tonight yesterday monday tuesday wednesday thursday "
    "friday saturday sunday week "
    "weeks day days hour hours morning midterm final finals grade school college university uni month year "
    "semester lab stuck confused "
    "lost solve calculate find show prove list name give figure simply easy hard simple words actually basically "
    "exactly anything "
    "something nothing everything lot bit whole above below attached picture image screenshot biology chemistry "
    "physics math maths "
    "mathematics history economics psychology nursing english literature sociology philosophy law accounting "
    "science study studying "
    "deadline guys friends"
)
_EXPLETIVE = re.compile(
    r"\b(?:it|this|that) (?=(?:true|possible|necessary|better|worse|important|bad|good|ok|safe|legal|illegal"
    r"|ethical|normal|common|hard"
    r"|easy|dangerous|healthy|more|less|that)\b)|\bit (?=(?:called|take|takes|mean|means|cost|costs|matter"
    r"|matters|rain|rains) )"
    r"|\bis it (?=\w+ (?:to|that|for|when|if)\b)",
    re.IGNORECASE,
)
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
_ENOUGH_WORDS = 2  # "which one boils first, ethanol or water" says it all
_SUBJECTS = _words("it they he she")
_POSSESSIVES = _words("its their his her theirs")
_POINTING = _SUBJECTS | _words("them him this that these those")
_CLAUSE_WORDS = _words(
    "and or but when while if because since after before so which who whether than as although though until unless"
)
_RELATIVE_FOLLOWERS = _words("who which that of in with whose")
_BEFORE_THAT = _words(
    "prove proves show shows mean means so such true fact possible say says think know known likely certain"
)


def is_complete(question: str) -> bool:
    """Whether a question can be looked up by itself: it names its topic, and no word of it stands for a thing before.

    Args:
        question: One sentence, in plain words.
    """
    if _CODE_LIKE.search(question):
        return True
    if _GOES_ON.match(question):
        return False
    question = _EXPLETIVE.sub("", question)
    clauses = re.split(r"[,;:()]", question)
    names_topic = False
    for clause in clauses:
        words = [match.group().lower().replace("\u2019", "'") for match in _WORD.finditer(clause)]
        if _leans_back(words, names_topic=names_topic):
            return False
        names_topic = names_topic or any(map(_is_telling, words))
    points_back = _POINTS_BACK.search(question) is not None
    return names_topic and not (points_back and _telling_words(_POINTS_BACK.sub(" ", question)) < _ENOUGH_WORDS)


def has_content(text: str) -> bool:
    """Whether a text has a word that names something, other than a matter of everyday study."""
    return _CODE_LIKE.search(text) is not None or _telling_words(text) > 0


def _telling_words(text: str) -> int:
    return sum(_is_telling(match.group().lower()) for match in _WORD.finditer(text))


def _is_telling(word: str) -> bool:
    return len(word) > 1 and not word.isdigit() and word not in _FUNCTION_WORDS and word not in _EVERYDAY_WORDS


def _leans_back(words: list[str], *, names_topic: bool) -> bool:
    """Whether a word of a clause stands for something that was named before the question.

    Args:
        words: Of the clause.
        names_topic: Whether an earlier clause names something.
    """
    told = names_topic  # before the last conjunction
    told_so_far = names_topic
    for place, word in enumerate(words):
        previous = words[place - 1] if place else ""
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in _CLAUSE_WORDS or (
            word == "that" and following and (_is_telling(previous) or previous in _BEFORE_THAT)
        ):
            told = told_so_far
        elif word in _SUBJECTS and told_so_far and _is_telling(previous) and _is_telling(following):
            told = True  # "the reactions they catalyse"
        elif word in _POSSESSIVES:
            if not told_so_far:
                return True
        elif word in _POINTING and not told and following not in _RELATIVE_FOLLOWERS:
            return True
        told_so_far = told_so_far or _is_telling(word)
    return False
