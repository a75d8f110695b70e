"""Settings of what is asked about the articles that were found."""

from __future__ import annotations

from pydantic import Field

from config.group import SettingsGroup, documented


class RetrievalSettings(SettingsGroup):
    """What more is asked about the articles that were found."""

    reranker: str | None = Field(
        default=None,
        min_length=1,
        description="Cross-encoder that reads the first articles, by name or folder",
        json_schema_extra=documented(unset="none", details="; see [A reranker](reranker.md)"),
    )
    reranker_milliseconds: float = Field(
        gt=0, le=10_000, description="Time that it has for a question, in milliseconds"
    )
    second_encoder: str | None = Field(
        default=None,
        min_length=1,
        description="Second encoder: sentence-transformers model name or folder",
        json_schema_extra=documented(unset="none", details="; see [A second encoder](second-encoder.md)"),
    )
