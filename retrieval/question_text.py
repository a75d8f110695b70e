"""What a member typed → what is looked for. Pure functions over text; nothing here knows an index or a model.

Members write as in a chat: greetings, filler, abbreviations, typing mistakes, emoji, mentions, links, long stories with
one question in them. Encoders and word indexes were made for plain sentences, so the message is put into plainer words
before it is looked up. Only the look-up uses these words: what is shown to the member stays what they wrote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from retrieval.chat_words import (
    ABBREVIATIONS,
    AFTER_SYMBOL,
    ASKING_VERBS,
    ASKS_WHAT_IT_IS,
    BEFORE_SYMBOL,
    CHAT_PAIRS,
    CONTRACTIONS,
    FILLER_ENDINGS,
    FILLER_INSIDE,
    FILLER_OPENINGS,
    QUESTION_WORDS,
    SEERS,
    SHORTHAND,
)

LONGEST_MESSAGE = 4000
"""Characters of a message that are read; Discord allows no longer one. Of a longer one both ends are."""

_LONG = 320
"""From this many characters on, a message is a story and the question in it is looked for separately."""

_LONGEST_FOCUS = 300

_LONGEST_TOPIC = 3
"""Words of what a question for a definition is about; more of them ask for a detail."""

_DISCORD_MARKUP = re.compile(r"<(?:@[!&]?|#|/[^:>]{1,100}:|a?:\w{2,32}:|t:)-?\d+(?::\w)?>|@(?:everyone|here)\b")
_LINK = re.compile(r"<?(?:https?://|\bwww\.(?=\w))\S+", re.IGNORECASE)
_KEYCAP = re.compile(r"[\d#*]\ufe0f?\u20e3")
_VARIATION_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
_REPEATED_MARK = re.compile(r"([!?.,])(?:\s*\1)+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(
    r"(?<![\w/])(?:w/o|b/w)\b|(?<![\w/])w/(?=\s|\w{3})|\bdiff eqs?\b|[^\W_]+(?:['\u2019][^\W_]+)*", re.IGNORECASE
)
_GAP = re.compile(r" {2,}")
_PLAIN_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f\u061f])\s*|\s*\n\s*")
_QUESTION_MARKS = ("?", "\uff1f", "\u061f")
_CODE_LIKE = re.compile(r"[`$\\{}=^_]")
_CODE_OR_MATH = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]+`|\$\$[^$]+\$\$|\$[^$\n]+\$|\\\([^\n]+?\\\)|\\\[.+?\\\]", re.DOTALL
)

Correct = Callable[[str], "str | None"]
"""Lower-case word → the word that was probably meant, or ``None`` to leave it."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A message, made ready to be looked up.

    Attributes:
        original: What was typed, unchanged.
        text: The same in plain words, corrected, without what is no text; empty where nothing can be looked up.
        focus: The question within a long message; the same as `text` where the message is short.
    """

    original: str
    text: str
    focus: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to look up: emoji, punctuation, mentions or links alone."""
        return not self.text

    @property
    def wants_definition(self) -> bool:
        """Whether it asks what something is, or only names it: "what is a covalent bond?", "define GDP", "osmosis"."""
        asked = ASKS_WHAT_IT_IS.fullmatch(self.text.rstrip("?.! "))
        if asked is None:
            return len(self.text.split()) < _LONGEST_TOPIC
        return len(asked["topic"].split()) <= _LONGEST_TOPIC


def _leave(_word: str) -> str | None:
    return None


def read_question(message: str, correct: Correct = _leave) -> AskedQuestion:
    """Put a member's message into the words that are looked up.

    Args:
        message: What was typed, any length, any script; of more than `LONGEST_MESSAGE` characters the beginning and the
            end are read.
        correct: Spelling correction against the corpus.

    Returns:
        The question; never raises, and `AskedQuestion.is_empty` tells when there is none.
    """
    typed = _without_noise(_readable_part(message))
    correct = cache(correct)
    text = _in_plain_words(_without_filler(typed), correct, chatty=_is_chatty(typed, correct))
    if not any(character.isalnum() for character in text):
        return AskedQuestion(original=message, text="", focus="")
    return AskedQuestion(original=message, text=text, focus=_focus(text))


def _readable_part(message: str) -> str:
    """The message, or both ends of it: a story ends with the question as often as it begins with it."""
    if len(message) <= LONGEST_MESSAGE:
        return message
    half = LONGEST_MESSAGE // 2
    return f"{message[:half]}\n{message[-half:]}"


def _without_noise(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    text = _KEYCAP.sub(" ", text)
    text = "".join(map(_without_picture, text.replace("\t", " ")))
    text = _DISCORD_MARKUP.sub(" ", text)
    text = _LINK.sub(" ", text)
    text = _REPEATED_MARK.sub(r"\1", text)
    return re.sub(r"[^\S\n]+", " ", text).strip()


def _without_picture(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or character in _VARIATION_SELECTORS:  # invisible: joiners, directions, soft hyphens
        return ""
    # So: emoji and other pictures; Sk: their skin tones; Cs: broken halves of a pair; Cc: controls but line breaks
    is_picture = category in {"So", "Sk", "Cs", "Cc"} and character not in "\n`^°"
    return " " if is_picture else character


def _without_filler(text: str) -> str:
    """Without greetings and filler at both ends, unless nothing would be left."""
    rest = text
    while True:
        shorter = FILLER_ENDINGS.sub("", FILLER_OPENINGS.sub("", rest)).strip(" ,;:-\n")
        if shorter == rest or not _PLAIN_WORD.search(shorter):
            return rest
        rest = shorter


def _in_plain_words(text: str, correct: Correct, *, chatty: bool) -> str:
    """Abbreviations spelled out and typing mistakes mended; formulas and code are left alone."""
    protected = [match.span() for match in _CODE_OR_MATH.finditer(text)]
    shouted = text.isupper()

    def plain(match: re.Match[str]) -> str:
        word = match.group()
        if any(start <= match.start() < end for start, end in protected) or _in_code(match):
            return word
        lower = word.lower().replace("\u2019", "'")
        if lower in SHORTHAND:
            return SHORTHAND[lower] if chatty and _stands_for_word(match) else word
        known = ABBREVIATIONS.get(lower, CONTRACTIONS.get(lower))
        if known is not None:
            return known if (shouted or not _is_acronym(word)) and not _follows_number(match) else word
        if not word.isalpha() or (_is_name(match) and not shouted):
            return word
        return _mended(word, correct)

    return _GAP.sub(" ", _WORD.sub(plain, text)).replace(" ,", ",").strip()


def _is_chatty(text: str, correct: Correct) -> bool:
    """Whether single letters and digits may stand for words: something else is abbreviated or mistyped."""
    matches = list(_WORD.finditer(text))
    if CHAT_PAIRS.search(text) or any(
        match.group().lower() in ABBREVIATIONS and not _is_acronym(match.group()) and not _follows_number(match)
        for match in matches
    ):
        return True
    if sum(match.group() in SHORTHAND and _stands_for_word(match) for match in matches) > 1:
        return True
    return any(correct(match.group()) for match in matches if match.group().islower())


def _stands_for_word(match: re.Match[str]) -> bool:
    """Whether a single character has neighbours as a word has, and not as a variable or a number."""
    character = match.group()
    before = match.string[: match.start()].rstrip()
    after = match.string[match.end() :].lstrip()
    starts = not before or before[-1] in ",.?!\n"
    if character.isupper() and not starts:
        return False
    if not (starts or before[-1].isalpha()) or (after and not after[0].isalpha()):
        return False
    previous = "" if starts else _last_word(before)
    following = _first_word(after)
    if previous in BEFORE_SYMBOL or following in AFTER_SYMBOL or (len(following) == 1 and following not in SHORTHAND):
        return False
    return _fits(character.lower(), previous, following)


def _fits(character: str, previous: str, following: str) -> bool:
    """Whether the word that a character stands for could stand between these words ("" for none)."""
    match character:
        case "y":
            return following in ASKING_VERBS
        case "c":
            return previous in SEERS
        case "2" | "4":
            is_plural = following.endswith("s") and not following.endswith("ss")
            return bool(previous) and bool(following) and not is_plural
        case _:
            return bool(previous or following) and following != "is"


def _last_word(text: str) -> str:
    return text.lower().split()[-1] if text.split() else ""


def _first_word(text: str) -> str:
    found = _WORD.match(text.lower())
    return found.group() if found else ""


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _follows_number(match: re.Match[str]) -> bool:
    return match.string[: match.start()].rstrip()[-1:].isdigit()


def _is_name(match: re.Match[str]) -> bool:
    """Whether a word is an acronym, or has a capital letter where no sentence begins."""
    word = match.group()
    if word.islower():
        return False
    before = match.string[: match.start()].rstrip()
    return any(character.isupper() for character in word[1:]) or (bool(before) and before[-1] not in ".!?\n")


def _in_code(match: re.Match[str]) -> bool:
    around = match.string[max(0, match.start() - 1) : match.end() + 1]
    return bool(_CODE_LIKE.search(around))


def _mended(word: str, correct: Correct) -> str:
    squeezed = _STRETCHED.sub(r"\1", word)
    mended = correct(word.lower())
    if mended is None and squeezed != word:
        mended = correct(squeezed.lower()) or squeezed
    if mended is None:
        return word
    if _is_acronym(word):
        return mended.upper()
    return mended.capitalize() if word[0].isupper() else mended


def _focus(text: str) -> str:
    """The sentences of a long message that ask, or its first words where none does."""
    if len(text) <= _LONG:
        return text
    sentences = [_without_filler(sentence) for sentence in _SENTENCE_END.split(text) if _PLAIN_WORD.search(sentence)]
    asking = [sentence for sentence in sentences if sentence.rstrip("\"')*_").endswith(_QUESTION_MARKS)]
    asking = asking or [sentence for sentence in sentences if QUESTION_WORDS.match(sentence)]
    asking = asking or [
        FILLER_INSIDE.split(sentence)[-1].strip() for sentence in sentences if FILLER_INSIDE.search(sentence)
    ]
    chosen = " ".join(filter(None, asking)) or " ".join(sentences[:2]) or text
    if len(chosen) <= _LONGEST_FOCUS:
        return chosen
    cut = chosen[-_LONGEST_FOCUS:] if asking else chosen[:_LONGEST_FOCUS]
    return cut[cut.find(" ") + 1 :] if asking else cut[: cut.rfind(" ")] if " " in cut else cut
