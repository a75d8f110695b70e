"""Trains an adapter with the trainer of sentence-transformers and the layers of peft (extra `adapt`)."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from peft import LoraConfig, inject_adapter_in_model
from peft.tuners.lora import LoraLayer
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from transformers import PrinterCallback, TrainerCallback, set_seed

from embeddings.adapters.adapter import Adapter, BaseModel, LayerCorrection
from embeddings.adapters.adapter_file import MAX_BYTES
from embeddings.adapters.merging import merge_adapter
from embeddings.adapters.training.batches import QUESTION, LikeLengthBatches
from embeddings.adapters.training.lists import ArticleVectors, CandidateList
from embeddings.adapters.training.loss import ListwiseLoss
from embeddings.encoder import Encoder
from embeddings.errors import ModelLoadError
from embeddings.sentence_transformer import (
    SentenceTransformerEncoder,
    load_sentence_transformer,
    reason_against_one_network,
)

_NAME = "default"  # peft's own name for an only adapter
_BYTES_A_NUMBER = 2
_SPARE = 100_000  # bytes of a file that are no numbers


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """How an adapter is trained. The defaults are those of the one that comes with the project.

    Attributes:
        rank: Width of its matrices; less where the file would become too large.
        scale: How many times its corrections count (LoRA's alpha / rank).
        dropout: Share of a correction's inputs that is left out in a step.
        learning_rate: Highest learning rate.
        epochs: How often every text is seen.
        batch_size: Texts in a step.
        temperature: See `ListwiseLoss`.
        anchor: See `ListwiseLoss`.
        seed: Another one gives another adapter.
    """

    rank: int = 8
    scale: float = 2.0
    dropout: float = 0.05
    learning_rate: float = 1e-3
    epochs: int = 3
    batch_size: int = 16
    temperature: float = 0.04
    anchor: float = 1.0
    seed: int = 0


class AdapterTrainer:
    """Trains adapters of one model.

    Args:
        base: The model.
        options: How they are trained.
        encoder: The encoder that runs it.

    Raises:
        ModelLoadError: The model cannot be loaded, or has no one network that could be adapted.
    """

    def __init__(self, base: BaseModel, options: TrainingOptions, encoder: Encoder) -> None:
        self._base = base
        self._options = options
        self._encoder = encoder
        reason = reason_against_one_network(load_sentence_transformer(base.folder))
        if reason:
            raise ModelLoadError(base.folder, f"takes no adapter: {reason}", "name another model in `encoder.model`")

    def train(
        self,
        lists: Sequence[CandidateList],
        vectors: ArticleVectors,
        seconds: float,
        on_progress: Callable[[int, int], None],
    ) -> Adapter:
        """Train an adapter.

        Args:
            lists: Questions and their candidates, at least one.
            vectors: Of the candidates, as the model embeds them.
            seconds: Training ends after so many, with what was learned until then.
            on_progress: Told how many steps are done, and how many there are.
        """
        base, options = self._base, self._options
        set_seed(options.seed)
        model = load_sentence_transformer(base.folder)
        texts = [each.text for each in lists]
        before = model.encode(
            texts, prompt=base.query_prompt, normalize_embeddings=True, convert_to_tensor=True, show_progress_bar=False
        )
        rank = _inject(model, options)
        loss = ListwiseLoss(model, lists, vectors, before, temperature=options.temperature, anchor=options.anchor)
        with tempfile.TemporaryDirectory() as folder:
            trainer = _Trainer(
                model=model,
                args=_arguments(base, options, folder),
                train_dataset=Dataset.from_dict({QUESTION: texts, "label": list(range(len(texts)))}),
                loss=loss,
                callbacks=[_Watch(time.monotonic() + seconds, on_progress)],
            )
            trainer.remove_callback(PrinterCallback)  # progress is said elsewhere
            trainer.train()
        dimension = int(model.get_embedding_dimension() or 0)
        steps = {"steps": trainer.state.global_step, "planned_steps": trainer.state.max_steps}
        return Adapter(
            base.digest, rank, rank * options.scale, dimension, _corrections(model), {**asdict(options), **steps}
        )

    def encoder_with(self, adapter: Adapter) -> Encoder:
        """The encoder, with questions embedded by an adapter."""
        model = merge_adapter(load_sentence_transformer(self._base.folder), adapter, "just trained")
        return SentenceTransformerEncoder(
            load_sentence_transformer(self._base.folder),
            fingerprint=self._encoder.fingerprint,
            query_prompt=self._base.query_prompt,
            query_model=model,
            query_fingerprint=f"{self._encoder.fingerprint}-just-trained",
        )


def _inject(model: SentenceTransformer, options: TrainingOptions) -> int:
    """Give every linear layer of the network a correction that alone is trained; the rank that was taken."""
    network = _network(model)
    layers = {
        name: layer
        for name, layer in network.named_modules()
        if isinstance(layer, torch.nn.Linear) and not name.startswith("pooler")  # which embedding does not use
    }
    bytes_a_rank = _BYTES_A_NUMBER * sum(layer.in_features + layer.out_features for layer in layers.values())
    rank = max(1, min(options.rank, (MAX_BYTES - _SPARE) // bytes_a_rank))
    model.requires_grad_(requires_grad=False)
    config = LoraConfig(
        r=rank, lora_alpha=rank * options.scale, lora_dropout=options.dropout, target_modules=list(layers)
    )
    inject_adapter_in_model(config, network)
    return rank


def _corrections(model: SentenceTransformer) -> dict[str, LayerCorrection]:
    return {
        name: LayerCorrection(_half(layer.lora_A[_NAME].weight), _half(layer.lora_B[_NAME].weight))
        for name, layer in _network(model).named_modules()
        if isinstance(layer, LoraLayer)
    }


def _network(model: SentenceTransformer) -> torch.nn.Module:
    network = model[0].auto_model
    if not isinstance(network, torch.nn.Module):  # `embeddings.sentence_transformer.reason_against_one_network` says so
        raise TypeError(f"{type(model[0]).__name__} has no transformer")
    return network


def _half(weight: torch.Tensor) -> np.ndarray[Any, np.dtype[np.float16]]:
    return np.asarray(weight.detach().cpu().numpy(), dtype=np.float16)


def _arguments(base: BaseModel, options: TrainingOptions, folder: str) -> SentenceTransformerTrainingArguments:
    return SentenceTransformerTrainingArguments(
        output_dir=folder,
        num_train_epochs=options.epochs,
        per_device_train_batch_size=options.batch_size,
        learning_rate=options.learning_rate,
        warmup_steps=0.1,
        weight_decay=0.01,
        max_grad_norm=1.0,
        seed=options.seed,
        batch_sampler=LikeLengthBatches,
        prompts=base.query_prompt or None,
        use_cpu=not torch.cuda.is_available(),
        bf16=True,
        report_to="none",
        save_strategy="no",
        logging_strategy="no",
        disable_tqdm=True,
        dataloader_pin_memory=False,
        dataloader_num_workers=0,
    )


class _Trainer(SentenceTransformerTrainer):
    """Writes no model card, for which it would embed texts and show a bar."""

    def add_model_card_callback(self, *_: Any) -> None:  # noqa: ANN401  # sentence-transformers'
        return


class _Watch(TrainerCallback):
    """Says how far training is, and ends it when its time is over."""

    def __init__(self, deadline: float, on_progress: Callable[[int, int], None]) -> None:
        self._deadline = deadline
        self._on_progress = on_progress

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ANN401, ARG002  # transformers'
        self._on_progress(state.global_step, state.max_steps)
        if time.monotonic() > self._deadline:
            control.should_training_stop = True
