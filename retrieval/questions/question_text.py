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

from retrieval.questions.chat_words import (
    ABBREVIATIONS,
    AFTER_SYMBOL,
    ASKING_VERBS,
    ASKS_WHAT_IT_IS,
    BEFORE_SYMBOL,
    CHAT_PAIRS,
    CONTRACTIONS,
    FILLER_INSIDE,
    MAX_DEFINITION_WORDS,
    QUESTION_WORDS,
    SEERS,
    SHORTHAND,
)
from retrieval.questions.code_spans import CodeSpans
from retrieval.questions.filler import has_plain_word, without_filler
from retrieval.questions.sentence_ends import QUESTION_MARKS, sentences_of
from retrieval.questions.word_matches import WORD, first_after, last_before, word_from, word_until

MAX_MESSAGE_LENGTH = 4000
"""Characters of a message that are read; Discord allows no longer one. Of a longer one both ends are."""

_LONG = 320
"""From this many characters on, a message is a story and the question in it is looked for separately."""

_MAX_FOCUS_LENGTH = 300

_MIN_SENTENCE_WORDS = 3
"""Words of a sentence that is looked for by itself; "Thanks!" is none."""

MAX_SENTENCES = 6
"""Sentences of a message that are looked for by themselves, from its end: each takes some milliseconds to embed."""

_MAX_TOPIC_WORDS = 3
"""Words of what a question for a definition is about; more of them ask for a detail."""

_MAX_CORRECTED = 256
"""Different words of a message that are looked up for mistakes; each that is unknown is compared with many others."""

_MAX_MARKS = 30
"""Combining marks in a row that are read: more stand on no letter, and to put n of them in order takes n² steps."""

_DISCORD_MARKUP = re.compile(r"<(?:@[!&]?|#|/[^:>]{1,100}:|a?:\w{2,32}:|t:)-?\d+(?::\w)?>|@(?:everyone|here)\b")
_LINK = re.compile(r"<?(?:https?://|\bwww\.(?=\w))\S+", re.IGNORECASE)
_KEYCAP = re.compile(r"[\d#*]\ufe0f?\u20e3")
_VARIATION_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
_REPEATED_MARK = re.compile(r"([!?.,])(?:\s*\1)+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_GAP = re.compile(r" {2,}")
_CODE_LIKE = re.compile(r"[`$\\{}=^_]")
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
    def sentences(self) -> tuple[str, ...]:
        """The last sentences of the message that say something, in their order; all of it where it is one."""
        told = [
            each
            for each in sentences_of(self.text)
            if len(each.split(maxsplit=_MIN_SENTENCE_WORDS)) >= _MIN_SENTENCE_WORDS
        ]
        return tuple(told[-MAX_SENTENCES:]) or (self.text,)

    @property
    def wants_definition(self) -> bool:
        """Whether it asks what something is, or only names it: "what is a covalent bond?", "define GDP", "osmosis"."""
        words = self.text.rstrip("?.! ").split(maxsplit=MAX_DEFINITION_WORDS + _MAX_TOPIC_WORDS)
        if len(words) > MAX_DEFINITION_WORDS + _MAX_TOPIC_WORDS:
            return False
        asked = ASKS_WHAT_IT_IS.fullmatch(" ".join(words))
        if asked is None:
            return len(self.text.split(maxsplit=_MAX_TOPIC_WORDS)) < _MAX_TOPIC_WORDS
        return len(asked["topic"].split()) <= _MAX_TOPIC_WORDS


def _leave(_word: str) -> str | None:
    return None


def read_question(message: str, correct: Correct = _leave) -> AskedQuestion:
    """Put a member's message into the words that are looked up.

    Args:
        message: What was typed, any length, any script; of more than `MAX_MESSAGE_LENGTH` characters the beginning and
            the end are read.
        correct: Spelling correction against the corpus.

    Returns:
        The question; never raises, and `AskedQuestion.is_empty` tells when there is none.
    """
    typed = _without_noise(_readable_part(message))
    correct = _remembering(correct)
    text = _in_plain_words(without_filler(typed), correct, chatty=_is_chatty(typed, correct))
    if not any(character.isalnum() for character in text):
        return AskedQuestion(original=message, text="", focus="")
    return AskedQuestion(original=message, text=text, focus=_focus(text))


def _readable_part(message: str) -> str:
    """The message, or both ends of it: a story ends with the question as often as it begins with it."""
    if len(message) <= MAX_MESSAGE_LENGTH:
        return message
    half = MAX_MESSAGE_LENGTH // 2
    return f"{message[:half]}\n{message[-half:]}"


def _remembering(correct: Correct) -> Correct:
    """The correction that looks each different word up once, and leaves all words after the first so many."""
    looked_up: dict[str, str | None] = {}

    def correct_once(word: str) -> str | None:
        if word not in looked_up and len(looked_up) < _MAX_CORRECTED:
            looked_up[word] = correct(word)
        return looked_up.get(word)

    return correct_once


def _without_noise(text: str) -> str:
    text = _readable_part(unicodedata.normalize("NFC", _with_few_marks(text)))
    text = _KEYCAP.sub(" ", text)
    text = "".join(map(_without_picture, text.replace("\t", " ")))
    text = _DISCORD_MARKUP.sub(" ", text)
    text = _LINK.sub(" ", text)
    text = _REPEATED_MARK.sub(r"\1", text)
    return re.sub(r"[^\S\n]+", " ", text).strip()


def _with_few_marks(text: str) -> str:
    if text.isascii():
        return text
    kept = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _without_picture(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or character in _VARIATION_SELECTORS:  # invisible: joiners, directions, soft hyphens
        return ""
    # So: emoji and other pictures; Sk: their skin tones; Cs: broken halves of a pair; Cc: controls but line breaks
    is_picture = category in {"So", "Sk", "Cs", "Cc"} and character not in "\n`^°"
    return " " if is_picture else character


def _in_plain_words(text: str, correct: Correct, *, chatty: bool) -> str:
    """Abbreviations spelled out and typing mistakes mended; formulas and code are left alone."""
    code = CodeSpans(text)
    shouted = text.isupper()

    def plain(match: re.Match[str]) -> str:
        word = match.group()
        if match.start() in code or _touches_code(match):
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

    return _GAP.sub(" ", WORD.sub(plain, text)).replace(" ,", ",").strip()


def _is_chatty(text: str, correct: Correct) -> bool:
    """Whether single letters and digits may stand for words: something else is abbreviated or mistyped."""
    matches = list(WORD.finditer(text))
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
    character, text = match.group(), match.string
    before, after = last_before(match), first_after(match)
    starts = before < 0 or text[before] in ",.?!\n"
    if character.isupper() and not starts:
        return False
    if not (starts or text[before].isalpha()) or (after < len(text) and not text[after].isalpha()):
        return False
    previous = "" if starts else word_until(text, before + 1)
    following = word_from(text, after)
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


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _follows_number(match: re.Match[str]) -> bool:
    before = last_before(match)
    return before >= 0 and match.string[before].isdigit()


def _is_name(match: re.Match[str]) -> bool:
    """Whether a word is an acronym, or has a capital letter where no sentence begins."""
    word = match.group()
    if word.islower():
        return False
    before = last_before(match)
    begins = before < 0 or match.string[before] in ".!?\n"
    return not begins or any(character.isupper() for character in word[1:])


def _touches_code(match: re.Match[str]) -> bool:
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
    sentences = [without_filler(sentence) for sentence in sentences_of(text) if has_plain_word(sentence)]
    asking = [sentence for sentence in sentences if sentence.rstrip("\"')*_").endswith(QUESTION_MARKS)]
    asking = asking or [sentence for sentence in sentences if QUESTION_WORDS.match(sentence)]
    asking = asking or [
        FILLER_INSIDE.split(sentence)[-1].strip() for sentence in sentences if FILLER_INSIDE.search(sentence)
    ]
    chosen = " ".join(filter(None, asking)) or " ".join(sentences[:2]) or text
    if len(chosen) <= _MAX_FOCUS_LENGTH:
        return chosen
    cut = chosen[-_MAX_FOCUS_LENGTH:] if asking else chosen[:_MAX_FOCUS_LENGTH]
    return cut[cut.find(" ") + 1 :] if asking else cut[: cut.rfind(" ")] if " " in cut else cut
