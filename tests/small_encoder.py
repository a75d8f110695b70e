"""Makes small encoders, as sentence-transformers saves them."""

# ruff: noqa: PLC0415 - torch takes seconds to import, which tests that need no model should not wait for
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def save_encoder(  # noqa: PLR0913 - one keyword for each thing that tests vary
    folder: Path,
    words: str,
    pooling: str = "mean",
    prompts: Mapping[str, str] | None = None,
    *,
    include_prompt: bool = True,
    window: int = 24,
    pad_left: bool = False,
) -> Path:
    """Save an encoder of two tiny layers with random weights.

    Args:
        folder: The folder to make.
        words: The words that it tells apart.
        pooling: How the vectors of tokens become one.
        prompts: Put before texts, by name.
        include_prompt: Whether the prompt is pooled, too.
        window: Tokens that it reads.
        pad_left: Whether its tokenizer pads on the left, which the fast backend does not express.

    Returns:
        The model's folder.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, BertTokenizerFast

    tokens = [*_SPECIAL, *sorted(set(words.split()))]
    tokenizer = Tokenizer(models.WordPiece({token: place for place, token in enumerate(tokens)}, unk_token=tokens[1]))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    BertTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=window, padding_side="left" if pad_left else "right"
    ).save_pretrained(folder / "bert")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(tokens),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=0.5,
    )
    BertModel(config).save_pretrained(folder / "bert")
    modules = [Transformer(str(folder / "bert")), Pooling(32, pooling, include_prompt=include_prompt)]
    SentenceTransformer(modules=modules, prompts=prompts and dict(prompts), device="cpu").save(
        str(folder / "whole"), create_model_card=False
    )
    return folder / "whole"
