"""Settings of what is logged."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from config.group import SettingsGroup, documented, lower


class LogLevel(StrEnum):
    """The least severe log record that is written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How a log record is written."""

    AUTO = "auto"
    TEXT = "text"
    JSON = "json"


class LoggingSettings(SettingsGroup):
    """What is logged, to standard error."""

    level: Annotated[LogLevel, BeforeValidator(lower)] = Field(description="Least severe record that is written")
    format: Annotated[LogFormat, BeforeValidator(lower)] = Field(
        description="Plain lines or JSON lines",
        json_schema_extra=documented(details="; `auto`: lines where standard error is a terminal, else JSON"),
    )
    questions: bool = Field(
        description="Log what was asked, by whom and where, with each question",
        json_schema_extra=documented(details="; see [Monitoring](monitoring.md#one-line-a-question)"),
    )
