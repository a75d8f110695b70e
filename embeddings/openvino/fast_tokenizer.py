"""What a converted model takes over from the tokenizer of the original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from embeddings.errors import UnsupportedModelError

if TYPE_CHECKING:
    from pathlib import Path

_MAX_WINDOW = 8192  # a tokenizer without a window says a number beyond all bounds


@dataclass(frozen=True, slots=True)
class FastTokenizer:
    """A tokenizer that works without transformers.

    Attributes:
        json: Content of its `tokenizer.json`.
        pad_id: Token id that fills shorter texts.
        max_tokens: The window, special tokens included.
    """

    json: str
    pad_id: int
    max_tokens: int


def fast_tokenizer(tokenizer: Any, window: int | None, source: Path) -> FastTokenizer:  # noqa: ANN401  # its class depends on the model
    """The tokenizer of a model in a form that needs no transformers.

    Args:
        tokenizer: The model's tokenizer.
        window: Tokens that the model says it reads.
        source: The model's folder, for messages.

    Raises:
        UnsupportedModelError: It has no such form, or does what the fast backend does not.
    """
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise UnsupportedModelError(source, "it has no fast tokenizer (tokenizer.json)")
    if tokenizer.truncation_side != "right" or tokenizer.padding_side != "right":
        raise UnsupportedModelError(source, "it cuts or pads texts on the left")
    if tokenizer.pad_token_id is None:
        raise UnsupportedModelError(source, "its tokenizer has no padding token")
    if window is None or not 0 < window <= _MAX_WINDOW:
        raise UnsupportedModelError(source, f"its window is {window} tokens")
    return FastTokenizer(backend.to_str(), tokenizer.pad_token_id, window)
