"""How fast passages are embedded: plain sentence-transformers on torch against the project's encoder, side by side.

    python benchmarks/embedding_speed.py [--content content/learn] [--passages 400] [--rounds 5] [--threads N]

Both embed the same section texts in turns, so that whatever else the machine does falls on both. Printed are, for each
round, passages a second by the clock and by the processor (passages for each second of processor time, which another
process cannot spoil), the medians' ratios, the cosine of the vectors, the time of a question, and the memory used.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from typing import TYPE_CHECKING

from embeddings.factory import Backend, open_encoder
from embeddings.file_hashes import FileHashes
from embeddings.model_files import find_model
from embeddings.openvino.encoder import OpenVinoEncoder
from embeddings.sentence_transformer import load_sentence_transformer
from retrieval.articles.discovery import discover_article_files
from retrieval.articles.parsing import read_article
from retrieval.articles.sections import split_article

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from embeddings.encoder import Encoder, Vectors

_QUESTIONS = (
    "What is photosynthesis?",
    "How does inflation affect the purchasing power of households?",
    "why cells divide",
)


@dataclass(frozen=True, slots=True)
class Timing:
    """Passages a second, by the clock and by each second of processor time."""

    by_clock: float
    by_processor: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--content", type=Path, default=Path(__file__).parents[1] / "content" / "learn")
    parser.add_argument("--passages", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--cache", type=Path, help="folder for converted models; a temporary one without it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cache_dir = options.cache or Path(folder)
        encoder = open_encoder(cache_dir=cache_dir, backend=Backend.OPENVINO, threads=options.threads)
        texts = section_texts(options.content, options.passages, encoder)
        compare(encoder, texts, options.rounds, cache_dir)


def section_texts(content: Path, wanted: int, encoder: Encoder) -> list[str]:
    """Section texts of articles chosen by a fixed seed."""
    files = sorted(discover_article_files(content))
    random.Random(7).shuffle(files)  # noqa: S311 - a sample, not a secret
    texts: list[str] = []
    for file in files:
        if len(texts) >= wanted:
            break
        article = read_article(file, content)
        texts += [section.passage_text for section in split_article(article.answer)]
    texts = texts[:wanted]
    tokens = encoder.passage_window().count(texts)
    print(f"{len(texts)} passages of {statistics.mean(tokens):.0f} tokens on average, {max(tokens)} at most")
    return texts


def compare(encoder: Encoder, texts: Sequence[str], rounds: int, cache_dir: Path) -> None:
    """Embed the texts by turns and print the figures."""
    model = load_sentence_transformer(find_model(None, FileHashes(cache_dir / "file-hashes.json")))

    def plain(passages: Sequence[str]) -> Vectors:
        return np.asarray(model.encode(list(passages), normalize_embeddings=True))

    expected, ours = plain(texts[:64]), encoder.encode_passages(texts[:64])  # also warms both
    cosines = np.sum(expected * ours, axis=1)
    timings: dict[str, list[Timing]] = {"sentence-transformers": [], "this project": []}
    for number in range(rounds):
        timings["sentence-transformers"].append(measure(plain, texts))
        timings["this project"].append(measure(encoder.encode_passages, texts))
        line = "   ".join(f"{name} {runs[-1].by_clock:.1f}/s" for name, runs in timings.items())
        print(f"round {number + 1}: {line}", flush=True)
    report(timings)
    if isinstance(encoder, OpenVinoEncoder):
        print(f"precision: {encoder.precision.value}")
    print(f"cosine to sentence-transformers: mean {cosines.mean():.6f}, least {cosines.min():.6f}")
    print(
        f"a question: plain {latency(lambda text: plain([text])):.1f} ms, ours {latency(encoder.encode_query):.1f} ms"
    )


def measure(encode: Callable[[Sequence[str]], Vectors], texts: Sequence[str]) -> Timing:
    """Time one pass over the texts."""
    clock, processor = time.perf_counter(), time.process_time()
    encode(texts)
    return Timing(len(texts) / (time.perf_counter() - clock), len(texts) / (time.process_time() - processor))


def report(timings: dict[str, list[Timing]]) -> None:
    """Print medians and how many times faster the second is than the first."""
    clocks = [statistics.median(run.by_clock for run in runs) for runs in timings.values()]
    processors = [statistics.median(run.by_processor for run in runs) for runs in timings.values()]
    for name, clock, processor in zip(timings, clocks, processors, strict=True):
        print(f"{name:>22}: {clock:7.1f} passages/s by the clock, {processor:6.1f} for each processor second")
    print(
        f"{'ratio':>22}: {clocks[1] / clocks[0]:7.2f} by the clock, {processors[1] / processors[0]:6.2f} by processor"
    )


def latency(encode: Callable[[str], object]) -> float:
    """Median milliseconds of a question."""
    times = []
    for _ in range(30):
        for question in _QUESTIONS:
            start = time.perf_counter()
            encode(question)
            times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


if __name__ == "__main__":
    main()
