"""Settings of who may manage the index from Discord."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from config.group import SettingsGroup
from config.lists import read_ids

Ids = Annotated[tuple[int, ...], BeforeValidator(read_ids)]
"""Ids of Discord: a list of numbers, or a text with commas or blanks between them or with JSON in it."""


class AdminSettings(SettingsGroup):
    """Who may manage the index from Discord. It serves every server, so no server's own admins may by themselves."""

    members: Ids = Field(description="Ids of members who may manage the index")
    roles: Ids = Field(description="Ids of roles whose members may manage the index")
