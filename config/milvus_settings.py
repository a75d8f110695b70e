"""The settings of Milvus, an engine outside of this process that finds articles."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from config.group import SettingsGroup, documented, lower


class MilvusVectorIndex(StrEnum):
    """How Milvus searches vectors."""

    HNSW = "hnsw"
    IVF_FLAT = "ivf_flat"
    IVF_SQ8 = "ivf_sq8"
    AUTOINDEX = "autoindex"
    FLAT = "flat"


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets without an address, or a port that is no number
        usable = False
    if not usable or not value.isascii() or not value.isprintable() or any(map(str.isspace, value)):
        raise ValueError("expected an address such as http://localhost:19530")
    if "@" in parts.netloc:
        raise ValueError("expected no user and password in the address; put them into milvus.token")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError("expected nothing after host and port; a database is named by milvus.database")
    return value.rstrip("/")


class MilvusSettings(SettingsGroup):
    """Where Milvus is and how it is used."""

    uri: Annotated[str, AfterValidator(_address)] | None = Field(
        default=None,
        description="Address of Milvus, which then finds the articles",
        json_schema_extra=documented(
            unset="none", details=", such as `http://localhost:19530`; see [Milvus](milvus.md)"
        ),
    )
    token: SecretStr | None = Field(
        default=None,
        description="Token for Milvus, or user:password",
        json_schema_extra=documented(unset="none", details="; never shown"),
    )
    database: str = Field(
        pattern=r"^([A-Za-z_][A-Za-z0-9_]{0,200})?$", description="Database inside Milvus; empty for the default one"
    )
    collection_prefix: str = Field(
        pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,100}$",
        description="What the names of the collections begin with",
        json_schema_extra=documented(details="; another one for each index in the same Milvus"),
    )
    vector_index: Annotated[MilvusVectorIndex, BeforeValidator(lower)] = Field(
        description="How Milvus searches vectors"
    )
    search_seconds: float = Field(
        gt=0,
        le=60,
        description="How long Milvus may take for a search",
        json_schema_extra=documented(details=" before the member is told; less than `discord.answer_seconds`"),
    )
    load_seconds: float = Field(
        gt=0, le=86_400, description="How long Milvus may take for a step of loading a generation"
    )
