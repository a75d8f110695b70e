"""Makes small cross-encoders, as sentence-transformers saves them."""

# ruff: noqa: PLC0415 - torch takes seconds to import, which tests that need no model should not wait for
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "how do bees make honey what causes the tides why does iron rust moon sea water oxygen oxide nectar hive pull of "
    "a is cells divide energy light question answer ? . , it happen with in"
)
_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
_WIDTH = 32
_WINDOW = 64


def save_cross_encoder(  # noqa: PLR0913 - one keyword for each thing that tests vary
    folder: Path,
    *,
    labels: int = 1,
    kind: str = "bert",
    favourite: str | None = None,
    pad_left: bool = False,
    activation: str | None = None,
) -> Path:
    """Save a cross-encoder with random weights.

    Args:
        folder: The folder to make.
        labels: How many it tells apart.
        kind: "bert", which asks which of the two texts a token is of, or "roberta", which does not.
        favourite: A word; the more of all words of a pair are this one, the better its score. Any without it.
        pad_left: Whether its tokenizer pads on the left, which the fast backend does not express.
        activation: Name of torch's module that its score goes through; its own default without it.

    Returns:
        The folder.
    """
    import torch
    import transformers
    from sentence_transformers import CrossEncoder

    tokens = [*_SPECIAL, *sorted(set(WORDS.split()))]
    _save_tokenizer(folder / "plain", tokens, kind, pad_left=pad_left)
    torch.manual_seed(7)
    name = {"bert": "Bert", "roberta": "Roberta"}[kind]
    config = getattr(transformers, f"{name}Config")(
        vocab_size=len(tokens),
        hidden_size=_WIDTH,
        num_hidden_layers=1 if favourite else 2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=_WINDOW + 2,
        initializer_range=0.5,
        pad_token_id=0,
        num_labels=labels,
    )
    model = getattr(transformers, f"{name}ForSequenceClassification")(config)
    if favourite:
        _prefer(model, tokens.index(favourite))
    model.save_pretrained(folder / "plain")
    chosen = {} if activation is None else {"activation_fn": getattr(torch.nn, activation)()}
    whole = CrossEncoder(str(folder / "plain"), device="cpu", local_files_only=True, **chosen)
    whole.save(str(folder / "whole"), create_model_card=False)
    return folder / "whole"


def _save_tokenizer(folder: Path, tokens: list[str], kind: str, *, pad_left: bool) -> None:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.WordPiece({token: place for place, token in enumerate(tokens)}, unk_token="[UNK]"))  # noqa: S106 - a token of text
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    names = ["pad_token", "unk_token", "cls_token", "sep_token", "mask_token"]
    inputs = ["input_ids", "attention_mask", *(["token_type_ids"] if kind == "bert" else [])]
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=_WINDOW,
        padding_side="left" if pad_left else "right",
        model_input_names=inputs,
        **dict(zip(names, _SPECIAL, strict=True)),
    ).save_pretrained(folder)


def _prefer(model, favourite: int) -> None:
    """Let a BERT of one layer see all words alike and say how many of them are the favourite."""
    import torch

    same = torch.eye(_WIDTH)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
        for module in model.modules():
            if isinstance(module, torch.nn.LayerNorm):
                module.weight.fill_(1)
        bert = model.bert
        bert.embeddings.word_embeddings.weight[:, 1] = 1
        bert.embeddings.word_embeddings.weight[favourite, 0] = 5
        attention = bert.encoder.layer[0].attention
        attention.self.value.weight.copy_(same)
        attention.output.dense.weight.copy_(same)
        bert.pooler.dense.weight.copy_(same)
        model.classifier.weight[0, 0] = 10
