"""Which shards of the bot a process serves, as the setting says."""

from __future__ import annotations

import re
from dataclasses import dataclass

AUTO = "auto"
MAX_SHARDS = 16_384
_SHARE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?/(\d{1,6})", re.ASCII)
_ACCEPTED = "expected auto, a number of shards such as 4, or a share such as 0-15/64: the first 16 of 64"


@dataclass(frozen=True, slots=True)
class Shards:
    """Shards of the bot; Discord tells each of them about its own servers.

    Attributes:
        count: How many the bot has; ``None`` for as many as Discord advises.
        first: The first that this process serves.
        last: The last that it serves; ``None`` for the last there is.
    """

    count: int | None = None
    first: int = 0
    last: int | None = None

    def __str__(self) -> str:
        if self.count is None:
            return AUTO
        return str(self.count) if self.last is None else f"{self.first}-{self.last}/{self.count}"

    def of(self, advised: int) -> tuple[range, int]:
        """The shards that this process serves, and how many the bot has.

        Args:
            advised: How many Discord advises.
        """
        count = self.count or advised
        return range(self.first, count if self.last is None else self.last + 1), count


def read_shards(value: object) -> Shards:
    """The shards that a setting names.

    Raises:
        ValueError: It names none.
    """
    if isinstance(value, Shards):
        return value
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(_ACCEPTED)  # noqa: TRY004  # pydantic wants it
    text = str(value).strip().lower()
    if text == AUTO:
        return Shards()
    if share := _SHARE.fullmatch(text):
        first, count = int(share[1]), int(share[3])
        last = int(share[2] or first)
        if not first <= last < count <= MAX_SHARDS:
            raise ValueError(f"{_ACCEPTED}; shards count from 0, and there are {MAX_SHARDS:,} at most")
        return Shards(count, first, last)
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_SHARDS))
    if not is_number or not 1 <= int(text) <= MAX_SHARDS:
        raise ValueError(_ACCEPTED)
    return Shards(int(text))
