"""Settings of the articles and their index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from config.group import SettingsGroup, documented
from config.site_url import check_site_url

SiteUrl = Annotated[str, AfterValidator(check_site_url)]


class IndexSettings(SettingsGroup):
    """Where articles come from and where their index lives."""

    content_dir: Path | None = Field(
        default=None,
        description="Folder of the article files",
        json_schema_extra=documented(unset="the sample articles"),
    )
    dir: Path | None = Field(
        default=None, description="Folder of the index", json_schema_extra=documented(unset="`index` below `data_dir`")
    )
    site_url: SiteUrl = Field(
        description="Site address; with an article's url it makes the link of a reply",
        json_schema_extra=documented(details=". `https://` or `http://` and a host, without user, query and fragment"),
    )
    keep_generations: int = Field(ge=1, le=1000, description="Generations kept by `quicktakes index prune`")
    build_cores: int = Field(
        ge=0, le=1024, description="Cores that a build may use; 0 for all, half of them in the bot"
    )
    max_removed_share: float = Field(
        ge=0, le=1, description="Largest share of articles that a build may remove unconfirmed"
    )
    golden_questions: Path | None = Field(
        default=None,
        description="Judged questions that each build is asked",
        json_schema_extra=documented(unset="none", details="; a file as for `quicktakes evaluate`"),
    )
    min_golden_share: float = Field(ge=0, le=1, description="Least share of them that must be answered first")
    max_file_bytes: int = Field(ge=1_000, le=1 << 26, description="Largest article file, in bytes")
    max_answer_length: int = Field(ge=100, le=10_000_000, description="Longest answer of an article, in characters")
    max_nesting: int = Field(ge=3, le=200, description="How deep the front matter may nest lists and fields")
    max_values: int = Field(
        ge=10, le=1_000_000, description="Most values in the front matter, those that aliases repeat included"
    )
    max_read_seconds: float = Field(
        ge=0.1, le=3600, description="Longest time for reading one article file, in seconds"
    )
