"""Ids of generations: the moment of their making and some chance. They sort by age."""

from __future__ import annotations

import datetime as dt
import re
import secrets

_ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{4}\Z")


def is_id(name: str) -> bool:
    """Whether a name is the id of a generation."""
    return _ID.match(name) is not None


def new_id(newest: str = "") -> str:
    """An id that sorts behind all others, even where the clock was set back.

    Args:
        newest: The last of the ids that there are; empty where there is none.
    """
    generation_id = _id_of(dt.datetime.now(dt.UTC))
    while generation_id <= newest:
        moment = dt.datetime.strptime(newest[:21], "%Y%m%dT%H%M%S%f").replace(tzinfo=dt.UTC)
        generation_id = _id_of(moment + dt.timedelta(microseconds=1))
    return generation_id


def _id_of(moment: dt.datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(2)}"
