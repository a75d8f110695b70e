"""Settings of what a reply shows."""

from __future__ import annotations

from pydantic import Field

from config.group import SettingsGroup


class AnsweringSettings(SettingsGroup):
    """What a reply shows."""

    excerpt_length: int = Field(ge=100, le=10_000, description="Longest excerpt, in characters")
    others: int = Field(ge=0, le=50, description="How many other matches a reply lists")
