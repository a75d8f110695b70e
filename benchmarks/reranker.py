"""What a reranker costs: question → answer without one, and with one that has so many milliseconds, in turns.

    python benchmarks/reranker.py --index var/index --questions judged.jsonl [--layers 6 --width 384]
        [--milliseconds 40 150 5000] [--model FOLDER] [--json out.json]

Without `--model` a BERT with random weights is made in the size that is asked for, with the tokenizer of the packaged
encoder: what it says is worthless, how long it takes is not. 6 layers of width 384 are the size of MiniLM-L6. The first
figure of a row is the time that the reranker has; processor time is that of all threads.
"""

from __future__ import annotations

import argparse
import os
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from common import add_common_options, describe_machine, machine, milliseconds, print_table, settings_for, write_json

from bot.bootstrap import make_encoder, open_index
from embeddings.file_hashes import FileHashes
from embeddings.model_files import find_model
from embeddings.reranking.cross_encoder import open_cross_encoder
from retrieval.answering.reranking import Reranker
from retrieval.evaluation.judged_questions import load_judged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.live_index.open_index import OpenIndex
    from config.settings import Settings

_WITHOUT = "none"
_WINDOW = 512
_HEAD = 32  # width of an attention head, as in MiniLM


def main() -> None:
    """Measure, print, write."""
    arguments = _arguments()
    facts = machine()
    print(describe_machine(facts))
    settings = settings_for(arguments.index, arguments.data_dir)
    questions = [each.query for path in arguments.questions for each in load_judged(path)][: arguments.limit]
    model = arguments.model or made_up(settings.data_dir / "made-up-reranker", arguments.layers, arguments.width)
    figures = measure(settings, model, questions, arguments.milliseconds)
    heading = ("reranker has", *next(iter(figures.values())))
    print_table([heading, *((name, *(f"{value:.1f}" for value in row.values())) for name, row in figures.items())])
    write_json(arguments.json, {"machine": facts, "questions": len(questions), "rerankers": figures})


def made_up(folder: Path, layers: int, width: int) -> Path:
    """The folder of a cross-encoder of this size with random weights; made when needed."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    import torch  # noqa: PLC0415  # with a model of one's own nothing of this is needed
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification  # noqa: PLC0415

    target = folder / f"{layers}x{width}"
    if (target / "config.json").is_file():
        return target
    tokenizer: Any = AutoTokenizer.from_pretrained(find_model(None, FileHashes(folder / "hashes.json")))
    tokenizer.model_max_length = _WINDOW
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=max(width // _HEAD, 1),
        intermediate_size=4 * width,
        max_position_embeddings=_WINDOW,
        num_labels=1,
    )
    tokenizer.save_pretrained(target)
    BertForSequenceClassification(config).save_pretrained(target)
    return target


def measure(
    settings: Settings, model: Path, questions: Sequence[str], limits: Sequence[float]
) -> dict[str, dict[str, float]]:
    """Ask every question of each variant in turn; one more round counts what was read."""
    cross_encoder = open_cross_encoder(str(model), cache_dir=settings.encoder_cache_dir)
    encoder = make_encoder(settings)
    rerankers = {f"{limit:g} ms": Reranker(cross_encoder, seconds=limit / 1000) for limit in limits}
    with ExitStack() as stack:
        indexes: dict[str, OpenIndex] = {}
        for name, reranker in {_WITHOUT: None, **rerankers}.items():
            opened = open_index(settings, encoder=encoder, reranker=lambda chosen=reranker: chosen)
            indexes[name] = stack.enter_context(opened)
        read = {name: [_read(index, question) for question in questions] for name, index in indexes.items()}
        wall: dict[str, list[float]] = {name: [] for name in indexes}
        worked: dict[str, list[float]] = {name: [] for name in indexes}
        for question in questions:
            for name, index in indexes.items():
                started, began = time.perf_counter(), time.process_time()
                index.ask(question)
                wall[name].append(time.perf_counter() - started)
                worked[name].append(time.process_time() - began)
    return {
        name: {
            **milliseconds(wall[name]),
            "processor_p50_ms": milliseconds(worked[name])["p50_ms"],
            "articles_read": sum(read[name]) / len(questions),
        }
        for name in indexes
    }


def _read(index: OpenIndex, question: str) -> int:
    hits = index.answerer.rank(question, limit=30)
    return sum(hit.evidence.reranker is not None for hit in hits)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path, nargs="+", required=True)
    parser.add_argument("--model", type=Path, help="a cross-encoder's folder")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--width", type=int, default=384)
    parser.add_argument("--milliseconds", type=float, nargs="+", default=[40.0, 150.0, 5000.0])
    parser.add_argument("--limit", type=int, default=60, help="most questions")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
