"""Settings of where article files come from, and of what starts a build."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, Field, SecretStr, ValidationInfo, field_validator

from config.group import SettingsGroup, documented
from config.repository import check_branch, check_repository


def _schedule(value: str) -> str:
    if value:
        try:
            next(CronSim(value, dt.datetime.now(dt.UTC)))
        except (CronSimError, StopIteration) as error:
            raise ValueError(f"expected five fields that come true, as in `0 4 * * *` ({error})") from None
    return value


Schedule = Annotated[str, AfterValidator(_schedule)]


class SourceSettings(SettingsGroup):
    """Where article files come from if not from a folder, and what starts a build in the bot."""

    repository: SecretStr | None = Field(
        default=None,
        description="Git repository of the article files",
        json_schema_extra=documented(
            unset="none",
            details=", instead of `index.content_dir`: `https://…`, `ssh://…`, `git@host:path`, `file://…` or a folder "
            "that begins with `/`; never shown with its credentials",
        ),
    )
    branch: Annotated[str, AfterValidator(check_branch)] = Field(description="Branch of the repository")
    folder: str = Field(
        max_length=500,
        description="Folder of the article files inside the repository",
        json_schema_extra=documented(unset="the whole repository"),
    )
    schedule: Schedule = Field(
        max_length=200,
        description="When the bot builds by itself, as a cron expression",
        json_schema_extra=documented(unset="never", details=" (`0 4 * * *`: each day at four)"),
    )
    watch: bool = Field(description="Have the bot build whenever article files change")
    webhook_host: str = Field(min_length=1, description="Where the bot listens for pushes")
    webhook_port: int = Field(ge=0, le=65_535, description="Port at which the bot listens for pushes; 0 to not listen")
    webhook_secret: SecretStr | None = Field(
        default=None,
        min_length=16,
        validate_default=True,
        description="What pushes are signed with",
        json_schema_extra=documented(unset="none", details=", at least 16 characters; never shown"),
    )

    @field_validator("repository")
    @classmethod
    def _address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            check_repository(value.get_secret_value())
        return value

    @field_validator("folder")
    @classmethod
    def _inside(cls, value: str) -> str:
        parts = value.replace("\\", "/").split("/")
        if value.startswith(("/", "\\")) or {"..", ".git"}.intersection(parts) or not value.isprintable():
            raise ValueError("expected a folder inside the repository, such as content/articles, without ..")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _signed(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None and info.data.get("webhook_port"):
            raise ValueError("expected a secret where source.webhook_port is set, so that not everybody starts builds")
        return value
