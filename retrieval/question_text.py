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

from retrieval.chat_words import ABBREVIATIONS, CONTRACTIONS, FILLER_ENDINGS, FILLER_OPENINGS, QUESTION_WORDS, SHORTHAND

LONGEST_MESSAGE = 4000
"""Characters of a message that are read; Discord allows no longer one."""

_LONG = 320
"""From this many characters on, a message is a story and the question in it is looked for separately."""

_LONGEST_FOCUS = 300

_DISCORD_MARKUP = re.compile(r"<(?:@[!&]?|#|/[^:>]{1,100}:|a?:\w{2,32}:|t:)-?\d+(?::\w)?>|@(?:everyone|here)\b")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_REPEATED_MARK = re.compile(r"([!?.,])(?:\s*\1)+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*|w/o|w/", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END = re.compile(r"(?<=[.!?\n])\s+")
_CODE_LIKE = re.compile(r"[`$\\{}=^]")

Correct = Callable[[str], "str | None"]
"""Lower-case word → the word that was probably meant, or ``None`` to leave it."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A message, made ready to be looked up.

    Attributes:
        original: What was typed, unchanged.
        text: The same in plain words, corrected; empty where nothing can be looked up.
        focus: The question within a long message; the same as `text` where the message is short.
    """

    original: str
    text: str
    focus: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to look up: emoji, punctuation, mentions or links alone."""
        return not self.text


def _leave(_word: str) -> str | None:
    return None


def read_question(message: str, correct: Correct = _leave) -> AskedQuestion:
    """Put a member's message into the words that are looked up.

    Args:
        message: What was typed, any length, any script; only the first `LONGEST_MESSAGE` characters are read.
        correct: Spelling correction against the corpus.

    Returns:
        The question; never raises, and `AskedQuestion.is_empty` tells when there is none.
    """
    text = _without_noise(message[:LONGEST_MESSAGE])
    if not any(character.isalnum() for character in text):
        return AskedQuestion(original=message, text="", focus="")
    text = _without_filler(text)
    text = _in_plain_words(text, correct)
    return AskedQuestion(original=message, text=text, focus=_focus(text))


def _without_noise(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    text = _INVISIBLE.sub("", text)
    text = _DISCORD_MARKUP.sub(" ", text)
    text = _LINK.sub(" ", text)
    # So: emoji and other pictures; Sk: their skin tones; Cs: broken halves of a pair; Cc: controls but line breaks
    text = "".join(
        character if unicodedata.category(character) not in {"So", "Sk", "Cs", "Cc"} or character in "\n`^°" else " "
        for character in text.replace("\t", " ")
    )
    text = _REPEATED_MARK.sub(r"\1", text)
    return re.sub(r"[^\S\n]+", " ", text).strip()


def _without_filler(text: str) -> str:
    """Without greetings and filler at both ends, unless nothing would be left."""
    rest = text
    while True:
        shorter = FILLER_ENDINGS.sub("", FILLER_OPENINGS.sub("", rest)).strip(" ,;:-\n")
        if shorter == rest or not _PLAIN_WORD.search(shorter):
            return rest
        rest = shorter


def _in_plain_words(text: str, correct: Correct) -> str:
    """Abbreviations spelled out and typing mistakes mended; formulas and code are left alone."""
    chatty = _is_chatty(text, correct)

    def plain(match: re.Match[str]) -> str:
        word = match.group()
        lower = word.lower().replace("\u2019", "'")
        known = ABBREVIATIONS.get(lower) or CONTRACTIONS.get(lower)
        if known is None and chatty and _stands_alone(match):
            known = SHORTHAND.get(lower)
        if known is not None:
            return known
        if not word.isalpha() or _is_name(match) or _in_code(match):
            return word
        return _mended(word, correct)

    return _WORD.sub(plain, text)


def _is_chatty(text: str, correct: Correct) -> bool:
    """Whether single letters and digits may stand for words: some other word is abbreviated or mistyped."""
    words = [match.group().lower() for match in _WORD.finditer(text)]
    if any(word in ABBREVIATIONS for word in words):
        return True
    return sum(word in SHORTHAND for word in words) > 1 or any(correct(word) for word in words if word.isalpha())


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether a one-character word has ordinary words (or the message's ends) around it, as no variable would."""
    before = match.string[: match.start()].rstrip()[-1:]
    after = match.string[match.end() :].lstrip()[:1]
    return (not before or before.isalpha() or before in ",.?!") and (not after or after.isalpha())


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
    return mended.capitalize() if word[0].isupper() else mended


def _focus(text: str) -> str:
    """The sentences of a long message that ask, or its first words where none does."""
    if len(text) <= _LONG:
        return text
    sentences = [sentence for sentence in _SENTENCE_END.split(text) if _PLAIN_WORD.search(sentence)]
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    asking = asking or [sentence for sentence in sentences if QUESTION_WORDS.match(sentence)]
    chosen = " ".join(asking or sentences[:2] or [text])
    if len(chosen) <= _LONGEST_FOCUS:
        return chosen
    cut = chosen[-_LONGEST_FOCUS:] if asking else chosen[:_LONGEST_FOCUS]
    return cut[cut.find(" ") + 1 :] if asking else cut[: cut.rfind(" ")] if " " in cut else cut
