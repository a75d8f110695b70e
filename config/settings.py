"""The settings: frozen, validated values. `config.loading` fills them from their sources."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from cronsim import CronSim, CronSimError
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
)

from config.lists import read_ids
from config.repository import check_branch, check_repository
from config.site_url import check_site_url


class EncoderBackend(StrEnum):
    """What computes the embeddings."""

    AUTO = "auto"
    OPENVINO = "openvino"
    TORCH = "torch"


class EncoderPrecision(StrEnum):
    """In which numbers the fast backend computes."""

    AUTO = "auto"
    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"


class LogLevel(StrEnum):
    """The least severe log record that is written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How a log record is written."""

    TEXT = "text"
    JSON = "json"


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


SiteUrl = Annotated[str, AfterValidator(check_site_url)]


class _Group(BaseModel):
    """A group of settings: frozen, and a name it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class IndexSettings(_Group):
    """Where articles come from and where their index lives."""

    content_dir: Path | None = Field(default=None, description="Folder of the article files")
    dir: Path | None = Field(default=None, description="Folder of the index")
    site_url: SiteUrl = Field(description="Site address; with an article's url it makes the link of a reply")
    keep_generations: int = Field(ge=1, le=1000, description="Generations kept by `quicktakes index prune`")
    build_cores: int = Field(
        ge=0, le=1024, description="Cores that a build may use; 0 for all, half of them in the bot"
    )
    max_removed_share: float = Field(
        ge=0, le=1, description="Largest share of articles that a build may remove unconfirmed"
    )
    golden_questions: Path | None = Field(default=None, description="Judged questions that each build is asked")
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


class EncoderSettings(_Group):
    """What turns text into vectors."""

    model: str | None = Field(default=None, min_length=1, description="Sentence-transformers model name or folder")
    backend: Annotated[EncoderBackend, BeforeValidator(_lower)] = Field(description="What computes the embeddings")
    precision: Annotated[EncoderPrecision, BeforeValidator(_lower)] = Field(description="Numbers to compute in")
    threads: int = Field(ge=0, le=1024, description="Threads for embedding; 0 for one a processor core")
    adapter: str | None = Field(default=None, min_length=1, description="Adapter of questions: a file, or `none`")
    query_prompt: str | None = Field(default=None, max_length=1000, description="Put in front of an embedded question")
    passage_prompt: str | None = Field(default=None, max_length=1000, description="Put in front of an embedded passage")


class RetrievalSettings(_Group):
    """What more is asked about the articles that were found."""

    reranker: str | None = Field(
        default=None, min_length=1, description="Cross-encoder that reads the first articles, by name or folder"
    )
    reranker_milliseconds: float = Field(
        gt=0, le=10_000, description="Time that it has for a question, in milliseconds"
    )
    second_encoder: str | None = Field(
        default=None, min_length=1, description="Second encoder: sentence-transformers model name or folder"
    )


class AnsweringSettings(_Group):
    """What a reply shows."""

    excerpt_length: int = Field(ge=100, le=10_000, description="Longest excerpt, in characters")
    others: int = Field(ge=0, le=50, description="How many other matches a reply lists")


class LoggingSettings(_Group):
    """What is logged, to standard error."""

    level: Annotated[LogLevel, BeforeValidator(_lower)] = Field(description="Least severe record that is written")
    format: Annotated[LogFormat, BeforeValidator(_lower)] = Field(description="Plain lines or JSON lines")


class DiscordSettings(_Group):
    """What only the Discord bot needs."""

    token: SecretStr | None = Field(default=None, description="The bot's token")
    token_file: Path | None = Field(
        default=None, description="File that holds the bot's token, instead of `discord.token`"
    )
    message_content: bool = Field(description="Read what members write, as question channels need")
    threads: int = Field(ge=1, le=64, description="How many questions are answered at the same time")
    queue_size: int = Field(ge=0, le=10_000, description="How many more may wait before the bot says that it is busy")
    member_burst: int = Field(ge=1, le=1000, description="How many questions in a row a member may ask after a rest")
    member_seconds: float = Field(ge=0, le=3600, description="Seconds until a member may ask once more")
    server_burst: int = Field(ge=1, le=10_000, description="How many questions in a row a server may ask after a rest")
    server_seconds: float = Field(ge=0, le=3600, description="Seconds until a server may ask once more")
    member_press_burst: int = Field(ge=1, le=1000, description="How many buttons in a row a member may press")
    member_press_seconds: float = Field(ge=0, le=3600, description="Seconds until a member may press once more")
    server_press_burst: int = Field(ge=1, le=10_000, description="How many buttons in a row a server may press")
    server_press_seconds: float = Field(ge=0, le=3600, description="Seconds until a server may press once more")
    answer_seconds: float = Field(gt=0, le=600, description="How long an answer may take before it is given up")
    volunteer_confidence: float = Field(ge=0, le=1, description="Least confidence to answer a post unasked")
    volunteer_burst: int = Field(ge=1, le=10_000, description="How many posts in a row are read in a server unasked")
    volunteer_seconds: float = Field(ge=0, le=3600, description="Seconds until one more is read in that server")


def _schedule(value: str) -> str:
    if value:
        try:
            next(CronSim(value, dt.datetime.now(dt.UTC)))
        except (CronSimError, StopIteration) as error:
            raise ValueError(f"expected five fields that come true, as in `0 4 * * *` ({error})") from None
    return value


Schedule = Annotated[str, AfterValidator(_schedule)]


class SourceSettings(_Group):
    """Where article files come from if not from a folder, and what starts a build in the bot."""

    repository: SecretStr | None = Field(default=None, description="Git repository of the article files")
    branch: Annotated[str, AfterValidator(check_branch)] = Field(description="Branch of the repository")
    folder: str = Field(max_length=500, description="Folder of the article files inside the repository")
    schedule: Schedule = Field(max_length=200, description="When the bot builds by itself, as a cron expression")
    watch: bool = Field(description="Have the bot build whenever article files change")
    webhook_host: str = Field(min_length=1, description="Where the bot listens for pushes")
    webhook_port: int = Field(ge=0, le=65_535, description="Port at which the bot listens for pushes; 0 to not listen")
    webhook_secret: SecretStr | None = Field(
        default=None, min_length=16, validate_default=True, description="What pushes are signed with"
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


Ids = Annotated[tuple[int, ...], BeforeValidator(read_ids)]
"""Ids of Discord: a list of numbers, or a text with commas or blanks between them or with JSON in it."""


class AdminSettings(_Group):
    """Who may manage the index from Discord. It serves every server, so no server's own admins may by themselves."""

    members: Ids = Field(description="Ids of members who may manage the index")
    roles: Ids = Field(description="Ids of roles whose members may manage the index")


class Settings(_Group):
    """All settings. Defaults are in `defaults.toml`, sources and their order in `config.loading`."""

    data_dir: Path = Field(description="Folder for everything the program writes")
    index: IndexSettings
    encoder: EncoderSettings
    retrieval: RetrievalSettings
    answering: AnsweringSettings
    logging: LoggingSettings
    discord: DiscordSettings
    admin: AdminSettings
    source: SourceSettings

    @property
    def index_dir(self) -> Path:
        """Folder of the index generations."""
        return self.index.dir or self.data_dir / "index"

    @property
    def encoder_cache_dir(self) -> Path:
        """Folder of the converted model and its stamps."""
        return self.data_dir / "encoder"

    @property
    def vector_cache_path(self) -> Path:
        """Where vectors are kept between builds."""
        return self.data_dir / "vectors"

    @property
    def repository_dir(self) -> Path:
        """Folder of the working copy of a repository of articles."""
        return self.data_dir / "source"

    @property
    def database_path(self) -> Path:
        """File of what the Discord bot remembers."""
        return self.data_dir / "bot.sqlite"

    @property
    def formula_dir(self) -> Path:
        """Folder of drawn formulas."""
        return self.data_dir / "formulas"

    @property
    def chat_history_path(self) -> Path:
        """Where `quicktakes chat` keeps the lines typed."""
        return self.data_dir / "chat_history"
