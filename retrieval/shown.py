"""Names and texts of others on one line of a message: nothing in them can forge a line or steer a terminal."""

from __future__ import annotations

import re
from pathlib import PurePath

# Control characters, kinds of line ends, marks that change the direction of writing, halves of surrogate pairs.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]",
)


def shown(text: str | PurePath) -> str:
    r"""The text with every character that could mislead its reader written as an escape, such as ``\n``."""
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), str(text))
