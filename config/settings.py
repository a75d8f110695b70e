"""The settings: frozen, validated values. `config.loading` fills them from their sources; each group has a module."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from config.admin_settings import AdminSettings
from config.answering_settings import AnsweringSettings
from config.database_settings import DatabaseSettings
from config.discord_settings import DiscordSettings
from config.encoder_settings import EncoderSettings
from config.group import SettingsGroup
from config.index_settings import IndexSettings
from config.logging_settings import LoggingSettings
from config.milvus_settings import MilvusSettings
from config.monitoring_settings import MonitoringSettings
from config.retrieval_settings import RetrievalSettings
from config.source_settings import SourceSettings


class Settings(SettingsGroup):
    """All settings. Defaults are in `defaults.toml`, sources and their order in `config.loading`."""

    data_dir: Path = Field(description="Folder for everything the program writes")
    index: IndexSettings
    encoder: EncoderSettings
    retrieval: RetrievalSettings
    answering: AnsweringSettings
    logging: LoggingSettings
    database: DatabaseSettings
    discord: DiscordSettings
    admin: AdminSettings
    source: SourceSettings
    monitoring: MonitoringSettings
    milvus: MilvusSettings

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
