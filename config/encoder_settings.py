"""Settings of what turns text into vectors."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from config.group import SettingsGroup, documented, lower


class EncoderBackend(StrEnum):
    """What computes the embeddings."""

    AUTO = "auto"
    OPENVINO = "openvino"
    TORCH = "torch"


class EncoderPrecision(StrEnum):
    """In which numbers the network computes."""

    AUTO = "auto"
    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"


class EncoderDevice(StrEnum):
    """What computes the embeddings, as far as torch does."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


class EncoderSettings(SettingsGroup):
    """What turns text into vectors."""

    model: str | None = Field(
        default=None,
        min_length=1,
        description="Sentence-transformers model name or folder",
        json_schema_extra=documented(
            unset="all-MiniLM-L6-v2, packaged", details="; which to take: [models](models.md)"
        ),
    )
    backend: Annotated[EncoderBackend, BeforeValidator(lower)] = Field(description="What computes the embeddings")
    precision: Annotated[EncoderPrecision, BeforeValidator(lower)] = Field(
        description="Numbers to compute in",
        json_schema_extra=documented(details="; by itself `bfloat16` where the hardware multiplies it"),
    )
    device: Annotated[EncoderDevice, BeforeValidator(lower)] = Field(
        description="Where the model runs",
        json_schema_extra=documented(
            details="; by itself on a GPU where torch finds one, see [scaling](scaling.md#a-gpu)"
        ),
    )
    threads: int = Field(ge=0, le=1024, description="Threads for embedding; 0 for one a processor core")
    adapter: str | None = Field(
        default=None,
        min_length=1,
        description="Adapter of questions: a file, or `none`",
        json_schema_extra=documented(unset="none", details="; see [an adapter](adapter.md)"),
    )
    query_prompt: str | None = Field(
        default=None,
        max_length=1000,
        description="Put in front of an embedded question",
        json_schema_extra=documented(unset="what the model says"),
    )
    passage_prompt: str | None = Field(
        default=None,
        max_length=1000,
        description="Put in front of an embedded passage",
        json_schema_extra=documented(unset="what the model says"),
    )
