"""A network compiled for this processor, shared by threads."""

from __future__ import annotations

import queue
import threading
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from embeddings.openvino.converted_model import COMPILED
from embeddings.openvino.runtime import ov
from embeddings.processor import Precision

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_HINT = {Precision.FLOAT32: "f32", Precision.BFLOAT16: "bf16"}


class Network:
    """Compiles the network when it is first needed. Safe to call from several threads.

    Args:
        file: The network's `.xml`; its weights are mapped into memory, not read.
        precision: Numbers to compute in; not `Precision.AUTO`.
        streams: How many batches are computed at the same time.
        threads: Cores, shared by the streams.
    """

    def __init__(self, file: Path, precision: Precision, *, streams: int, threads: int) -> None:
        self.streams = streams
        self._file = file
        self._config = {
            "INFERENCE_PRECISION_HINT": _HINT[precision],
            "NUM_STREAMS": str(streams),
            "INFERENCE_NUM_THREADS": str(threads),
            # Two processes that pin their threads would both sit on the first cores and leave the others idle.
            "ENABLE_CPU_PINNING": "NO",
            # What was compiled is kept beside the network, without its weights, which stay mapped from the network's
            # own file: a start is 0.2 s shorter. OpenVINO makes a file that it cannot read afresh.
            "CACHE_DIR": str(file.parent / COMPILED),
            "CACHE_MODE": "OPTIMIZE_SIZE",
        }
        self._lock = threading.Lock()
        self._compiled: ov.CompiledModel | None = None
        self._idle: queue.LifoQueue[ov.InferRequest] = queue.LifoQueue()

    def infer(
        self,
        input_ids: NDArray[np.int64],
        attention_mask: NDArray[np.int64],
        token_type_ids: NDArray[np.int64] | None = None,
    ) -> NDArray[np.float32]:
        """What the network gives: of an encoder vectors of length 1, of a cross-encoder a score for each pair.

        Args:
            input_ids: Token ids, shape (number of texts, tokens).
            attention_mask: 1 for a token and 0 for padding, same shape.
            token_type_ids: Of a pair 0 for the first text and 1 for the second, same shape; only for networks that
                ask for it.

        Returns:
            Shape (number of texts, dimension) or (number of pairs,).
        """
        inputs = {"input_ids": input_ids, "attention_mask": attention_mask}
        if token_type_ids is not None:
            inputs["token_type_ids"] = token_type_ids
        request = self._take_request()
        try:
            result = request.infer(inputs, share_inputs=True)
            return np.array(result[0], dtype=np.float32)  # a copy: the request's memory is used again
        finally:
            self._idle.put(request)

    def _take_request(self) -> ov.InferRequest:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return self._compile().create_infer_request()

    def _compile(self) -> ov.CompiledModel:
        with self._lock:
            if self._compiled is None:
                self._compiled = _core().compile_model(self._file, "CPU", self._config)
            return self._compiled


@cache
def _core() -> ov.Core:
    return ov.Core()
