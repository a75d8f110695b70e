"""What a worker is told to open the same encoder as the process that wants vectors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.devices import Device
from embeddings.errors import OtherEncoderError
from embeddings.factory import Backend, open_encoder
from embeddings.processor import Precision

if TYPE_CHECKING:
    from embeddings.encoder import ProgressiveEncoder


@dataclass(frozen=True, slots=True)
class EncoderRecipe:
    """Names an encoder and how to open it; can be sent to another machine.

    Attributes:
        fingerprint: What it must turn out to be, see `Encoder.fingerprint`: a digest of the model's files is in it.
        model: As for `open_encoder`, and so are the others; a folder must be at the same place on every machine.
        cache_dir: Folder for converted models; ``None`` for one in the user's cache folder on the worker's machine.
        threads: Cores of one worker.
    """

    fingerprint: str
    model: str | None = None
    cache_dir: Path | None = None
    backend: Backend = Backend.AUTO
    precision: Precision = Precision.AUTO
    device: Device = Device.AUTO
    threads: int = 1
    query_prompt: str | None = None
    passage_prompt: str | None = None

    def open(self) -> ProgressiveEncoder:
        """Open the encoder on this machine.

        Raises:
            OtherEncoderError: It is another one here.
            EmbeddingError: It cannot be opened.
        """
        encoder = open_encoder(
            self.model,
            cache_dir=self.cache_dir or Path.home() / ".cache" / "quicktakes" / "encoder",
            backend=self.backend,
            precision=self.precision,
            device=self.device,
            threads=self.threads,
            query_prompt=self.query_prompt,
            passage_prompt=self.passage_prompt,
        )
        if encoder.fingerprint != self.fingerprint:
            raise OtherEncoderError(self.model, self.fingerprint, encoder.fingerprint)
        return encoder
