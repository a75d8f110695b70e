"""The fast backend: a converted model on OpenVINO, with the precision and the batches that suit this processor."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from embeddings.batching import pad_batch, plan_batches
from embeddings.encoder import TokenWindow
from embeddings.openvino.converted_model import NETWORK, TOKEN_VECTORS, TOKENIZER, ConvertedModel
from embeddings.openvino.network import Network
from embeddings.processor import Precision, has_native_bfloat16, usable_cores
from embeddings.text_tokenizer import TextTokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from embeddings.encoder import Vector, Vectors

_CHUNK = 4096  # texts that are tokenised and sorted together: bounds memory, and is enough to fill batches well
_TOKEN_BUDGET = 512  # measured: 150 to 1,400 differ by less than the noise, and small batches show progress sooner
_FEW = 8  # texts up to which a second compiled network would cost more than it saves


@dataclass(frozen=True, slots=True)
class QueryModel:
    """The converted model that embeds questions, with an adapter merged into it.

    Attributes:
        folder: Where it lies.
        fingerprint: See `Encoder.query_fingerprint`.
    """

    folder: Path
    fingerprint: str


class OpenVinoEncoder:
    """`Encoder` on OpenVINO.

    Args:
        folder: The converted model.
        facts: What was written down about it.
        fingerprint: See `Encoder.fingerprint`.
        query_prompt: Put before a question.
        passage_prompt: Put before a passage.
        precision: Numbers to compute in; by default bfloat16 where the processor has it.
        threads: Cores to use, by default all that this process may use.
        for_queries: The converted model that embeds questions, where an adapter makes it another one.

    Attributes:
        fingerprint: See `Encoder.fingerprint`.
        query_fingerprint: See `Encoder.query_fingerprint`.
        dimension: Length of a vector.
        precision: The numbers that it computes in.
    """

    def __init__(  # noqa: PLR0913 - keywords, each with a default that suits
        self,
        folder: Path,
        facts: ConvertedModel,
        *,
        fingerprint: str,
        query_prompt: str = "",
        passage_prompt: str = "",
        precision: Precision = Precision.AUTO,
        threads: int | None = None,
        for_queries: QueryModel | None = None,
    ) -> None:
        self._folder = folder
        self._facts = facts
        self.fingerprint = fingerprint
        self.query_fingerprint = for_queries.fingerprint if for_queries else fingerprint
        self.dimension = facts.dimension
        self._query_prompt = query_prompt
        self._passage_prompt = passage_prompt
        self._threads = threads or usable_cores()
        self._tokenizer = TextTokenizer(folder / TOKENIZER, facts.max_tokens, parallel=self._threads > 1)
        half = precision is Precision.BFLOAT16 or (precision is Precision.AUTO and has_native_bfloat16())
        self.precision = Precision.BFLOAT16 if half else Precision.FLOAT32
        # One stream on all cores answers a question soonest; one stream a core embeds the most passages.
        self._for_few = Network(folder / NETWORK, self.precision, streams=1, threads=self._threads)
        self._for_queries = (
            Network(for_queries.folder / NETWORK, self.precision, streams=1, threads=self._threads)
            if for_queries
            else self._for_few
        )
        self._for_passages = Network(folder / NETWORK, self.precision, streams=self._threads, threads=self._threads)

    def passage_window(self) -> TokenWindow:
        """See `Encoder.passage_window`."""
        return TokenWindow.beside(self._passage_prompt, self._facts.max_tokens, self._tokenizer.count)

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """See `Encoder.token_ids`."""
        return self._tokenizer.pieces(texts)

    def token_vectors(self) -> NDArray[np.float32]:
        """See `Encoder.token_vectors`."""
        vectors: NDArray[np.float32] = np.load(self._folder / TOKEN_VECTORS).astype(np.float32)
        return vectors

    def known_words(self) -> frozenset[str]:
        """See `Encoder.known_words`."""
        return self._tokenizer.words()

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder.encode_passages`."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for indices, batch in self.iter_encode_passages(texts):
            vectors[indices] = batch
        return vectors

    def encode_query(self, text: str) -> Vector:
        """See `Encoder.encode_query`."""
        tokens = self._tokenizer.tokens([text], prompt=self._query_prompt)
        vector: Vector = self._for_queries.infer(*self._pad(tokens))[0]
        return vector

    def iter_encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], Vectors]]:
        """See `ProgressiveEncoder.iter_encode_passages`."""
        network = self._for_few if len(texts) <= _FEW else self._for_passages
        with ThreadPoolExecutor(network.streams, thread_name_prefix="encode") as pool:
            running: dict[Future[Vectors], NDArray[np.intp]] = {}
            try:
                for indices, tokens in self._batches(texts):
                    running[pool.submit(network.infer, *self._pad(tokens))] = indices
                    if len(running) > 2 * network.streams:  # some wait, so that no stream does while results are kept
                        yield from _completed(running)
                while running:
                    yield from _completed(running)
            finally:
                for future in running:
                    future.cancel()

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], list[list[int]]]]:
        for start in range(0, len(texts), _CHUNK):
            tokens = self._tokenizer.tokens(texts[start : start + _CHUNK], prompt=self._passage_prompt)
            for batch in plan_batches([len(ids) for ids in tokens], token_budget=_TOKEN_BUDGET):
                yield batch + start, [tokens[place] for place in batch]

    def _pad(self, tokens: list[list[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return pad_batch(tokens, self._facts.pad_id)


def _completed(running: dict[Future[Vectors], NDArray[np.intp]]) -> Iterator[tuple[NDArray[np.intp], Vectors]]:
    """Take what is ready out of `running`, waiting until something is."""
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        indices = running.pop(future)
        yield indices, future.result()
