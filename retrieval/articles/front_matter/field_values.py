"""What people write for numbers, switches and dates → values. Pure; `None` where a text means no such value."""

from __future__ import annotations

import datetime as dt
import math
import re

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,3})?")
_SWITCHES = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}

_TIME = (
    r"(?:(?:[Tt]|[ \t]{1,5})[0-9]{1,2}(?::[0-9]{1,2}){0,2}(?:[.,][0-9]{1,12})?[ \t]{0,5}(?:[AaPp][Mm][ \t]{0,5})?"
    r"(?:Z|z|UTC|GMT|[A-Z]{3,4}|[+-][0-9]{1,2}:?(?:[0-9]{2})?)?)?"
)
_WEEKDAY = r"(?:[A-Za-z]{3,9},?[ \t]{1,5})?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_FORMS = tuple(
    re.compile(form + _TIME)
    for form in (
        r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        rf"{_WEEKDAY}{_MONTH_NAME}[ \t]{{1,5}}{_DAY},?[ \t]{{1,5}}(?P<year>[0-9]{{4}})",
        rf"{_WEEKDAY}{_DAY}[ \t]{{1,5}}{_MONTH_NAME},?[ \t]{{1,5}}(?P<year>[0-9]{{4}})",
    )
)
_MONTHS = {
    name: number
    for number, full in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
    for name in (full, full[:3], full[:4])
}


def whole_number(text: str) -> int | None:
    """A whole number of at most 18 digits."""
    return int(text) if _WHOLE.fullmatch(text) else None


def number(text: str) -> float | None:
    """A finite number."""
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def switch(text: str) -> bool | None:
    """Yes or no, in one of the words that YAML has for them, or as 1 or 0."""
    return _SWITCHES.get(text.lower())


def date(text: str) -> dt.date | None:
    """The day of a date as people and content systems write it, such as ``2015-01-20 12:09:42 -0500``.

    The time and its zone may follow and do not matter: the day is the one that the writer put down. Days whose order
    of day and month is anybody's guess (``4/12/2024``) are none.
    """
    for form in _FORMS:
        found = form.fullmatch(text.strip())
        if found is None:
            continue
        named = found.groupdict().get("name")
        month = _MONTHS.get(named.lower()) if named else int(found["month"])
        if month is None:
            return None
        try:
            return dt.date(int(found["year"]), month, int(found["day"]))
        except ValueError:
            return None
    return None
