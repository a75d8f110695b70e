"""Dates in the format that an article states, in the notation of moment.js such as ``MMM DD, YYYY``; English names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

DEFAULT_FORMAT = "MMM DD, YYYY"

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TEENS = range(11, 14)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in _TEENS else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


_TOKENS: dict[str, Callable[[dt.date], str]] = {
    "YYYY": lambda date: f"{date.year:04}",
    "YY": lambda date: f"{date.year % 100:02}",
    "MMMM": lambda date: _MONTHS[date.month - 1],
    "MMM": lambda date: _MONTHS[date.month - 1][:3],
    "MM": lambda date: f"{date.month:02}",
    "Mo": lambda date: _ordinal(date.month),
    "M": lambda date: str(date.month),
    "DD": lambda date: f"{date.day:02}",
    "Do": lambda date: _ordinal(date.day),
    "D": lambda date: str(date.day),
    "dddd": lambda date: _DAYS[date.weekday()],
    "ddd": lambda date: _DAYS[date.weekday()][:3],
}
_TOKEN = re.compile(rf"\[([^\[\]]*)\]|({'|'.join(_TOKENS)})")


def format_date(date: dt.date, pattern: str) -> str:
    """The date as the pattern says.

    Args:
        pattern: Tokens ``YYYY YY MMMM MMM MM Mo M DD Do D dddd ddd``; text in square brackets and all other characters
            stay as they are. An empty pattern is `DEFAULT_FORMAT`.
    """

    def shown(match: re.Match[str]) -> str:
        return match[1] if match[2] is None else _TOKENS[match[2]](date)

    return _TOKEN.sub(shown, pattern or DEFAULT_FORMAT)
