"""Takes secrets out of texts, however they are spelled there."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HIDDEN = "…"

_MIN_SPELLING = 6  # shorter ones are searched for as they are: with blanks left out, they would be found everywhere
_MIN_CORE = 8  # characters of base64, of six bytes
_IN_BASE64 = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=")
_OF_A_LINE = "remote:"  # what git puts before each line that a server says
_AUTHORIZATION = re.compile(r"(?i)\b(authorization\s{0,4}[:=]\s{0,4})[^\s,;]+(?:[ \t]+[^\s,;]+)?")
_CREDENTIALS = re.compile(r"(?i)\b((?:basic|bearer)[ \t]{1,4})([a-z0-9+/_.~=-]{8,})")


class Redactor:
    """Takes secrets out of texts: as they are, percent-encoded, in base64, within base64, with blanks in between."""

    def __init__(self, secrets: Iterable[str], mark: str = HIDDEN) -> None:
        given = [secret for secret in dict.fromkeys(secrets) if secret]
        spellings = sorted({each for secret in given for each in _spellings(secret)}, key=len, reverse=True)
        compact = {each: _compact(each)[0] for each in spellings}
        self._mark = mark
        self._as_given = [each for each in given if len(_compact(each)[0]) < _MIN_SPELLING]
        self._compact = sorted({each for each in compact.values() if len(each) >= _MIN_SPELLING})
        self._cores = sorted({core.lower() for secret in given for core in _base64_cores(secret)})
        self._in_bytes = [each.encode(errors="surrogateescape") for each in spellings if len(each) >= _MIN_CORE]

    def __repr__(self) -> str:
        return "Redactor()"

    def hide(self, text: str) -> str:
        """The text without the secrets."""
        compact, places = _compact(text)
        found = [
            (places[start], places[start + len(spelling) - 1] + 1)
            for spelling in self._compact
            for start in _occurrences(spelling, compact)
        ]
        for core in self._cores:
            end = 0
            for start in _occurrences(core, compact):
                if places[start] >= end:
                    begin, end = _whole_base64(text, places[start], places[start + len(core) - 1] + 1)
                    found.append((begin, end))
        text = _replaced(text, found, self._mark)
        for secret in self._as_given:
            text = text.replace(secret, self._mark)
        return text

    def hide_in_bytes(self, data: bytes) -> bytes:
        """Bytes that a program goes on to read, without the longer secrets; nothing else of them is changed."""
        for secret in self._in_bytes:
            data = data.replace(secret, self._mark.encode())
        return data


def without_credentials(text: str) -> str:
    """The text with what stands before the host of an address left out, and what a header of HTTP authorizes with.

    Of a word with several ``@`` all up to the last goes: rather too much left out than part of a password shown.
    """
    text = re.sub(r"\S+", lambda word: _without_user(word[0]), text)
    text = _AUTHORIZATION.sub(rf"\1{HIDDEN}", text)
    return _CREDENTIALS.sub(lambda found: found[1] + (HIDDEN if _is_encoded(found[2]) else found[2]), text)


def _without_user(word: str) -> str:
    start, end = word.find("//") + 2, word.rfind("@")
    return word if start == 1 or end <= start else f"{word[:start]}{HIDDEN}{word[end:]}"


def _is_encoded(word: str) -> bool:
    """Whether it is no word of English, as in "basic authentication"."""
    return not (word.isalpha() and word[1:].islower())


def _spellings(secret: str) -> Iterator[str]:
    yield secret
    yield quote(secret, safe="")
    yield quote(secret)
    yield quote_plus(secret)
    yield json.dumps(secret)[1:-1]
    yield repr(secret)[1:-1]
    data = secret.encode(errors="surrogateescape")
    for other in ("latin-1", "cp1252"):  # taken for another encoding than it has
        yield data.decode(other, errors="replace")
        yield secret.encode(other, errors="replace").decode(errors="replace")
    for encoded in (base64.b64encode(data), base64.urlsafe_b64encode(data)):
        yield encoded.decode().rstrip("=")


def _base64_cores(secret: str) -> Iterator[str]:
    """What base64 shows of a secret whatever stands before and behind it: one text for each place in three bytes."""
    data = secret.encode(errors="surrogateescape")
    for before in range(3):
        whole = (before + len(data)) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            core = encode(bytes(before) + data).decode()[-(-before * 8 // 6) : whole]
            if len(core) >= _MIN_CORE:
                yield core


def _compact(text: str) -> tuple[str, list[int]]:
    """The text in lower case, without what is not seen and git's marks of lines; and where each character stood."""
    kept: list[str] = []
    places: list[int] = []
    start = 0
    for line in text.splitlines(keepends=True):
        skip = len(_OF_A_LINE) if line.startswith(_OF_A_LINE) else 0
        for place, mark in enumerate(line[skip:], start=start + skip):
            if mark.isprintable() and mark != " ":
                lower = mark.lower()
                kept.append(lower if len(lower) == 1 else mark)
                places.append(place)
        start += len(line)
    return "".join(kept), places


def _occurrences(part: str, text: str) -> Iterator[int]:
    return (found.start() for found in re.finditer(re.escape(part), text))


def _whole_base64(text: str, start: int, end: int) -> tuple[int, int]:
    """Both ends of the base64 that a part of it stands in."""
    while start > 0 and text[start - 1] in _IN_BASE64:
        start -= 1
    while end < len(text) and text[end] in _IN_BASE64:
        end += 1
    return start, end


def _replaced(text: str, spans: list[tuple[int, int]], mark: str) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if start >= done:
            pieces += (text[done:start], mark)
        done = max(done, end)
    return "".join(pieces) + text[done:]
