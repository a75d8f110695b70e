"""Embeds texts with the workers of a Ray cluster. The only module that imports ray, which the extra `ray` brings."""

from __future__ import annotations

import logging
import os
import socket
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from embeddings.devices import Device
from embeddings.errors import DistributedEmbeddingError, EmbeddingError
from embeddings.factory import Backend
from embeddings.processor import usable_cores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from embeddings.distributed.encoder_recipe import EncoderRecipe
    from embeddings.encoder import Vectors

# Read when ray is imported: nothing is reported to its makers, the list of GPUs stays, and only what ends it is said.
_ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
}
# Ray asks for the address of a network card even where it is given that of the loopback, unless this is off.
_LOCAL_ENVIRONMENT = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
_LOOPBACK = "127.0.0.1"
_LOCAL_STORE = 512 << 20  # bytes of texts and vectors on their way; what is more waits in files
_BLOCK = 512  # texts that a worker embeds before they are kept
_GPU_BLOCK = 4096
_A_WORKERS_SHARE = 200_000
_MAX_ROUND = 2_000_000
_BRIEF = 300
_ANSWER_SECONDS = 10.0
_TEXT, _VECTOR = "text", "vector"


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """Which cluster, and how much of it.

    Attributes:
        address: Of a running cluster, as Ray has it; ``None`` starts one here, which only this machine reaches.
        workers: How many; without it one for each GPU, or as many as there are cores for.
    """

    address: str | None = None
    workers: int | None = None


class RayEmbedding:
    """Embeds passages with workers on one machine or many; a context manager that holds the connection.

    Args:
        recipe: What each worker opens.
        options: The cluster.

    Attributes:
        workers: How many work.
        round_texts: About how many texts should be given at once: few enough to hold, and enough to be worth a start.
    """

    def __init__(self, recipe: EncoderRecipe, options: ClusterOptions) -> None:
        self._recipe = recipe
        self._options = options
        self._open = ExitStack()
        self.workers = 0

    def __enter__(self) -> Self:
        """Connect.

        Raises:
            DistributedEmbeddingError: Ray is not installed, or there is no cluster at the address.
        """
        if self._options.address:
            _check_listens(self._options.address)
        os.environ.update(_ENVIRONMENT if self._options.address else _ENVIRONMENT | _LOCAL_ENVIRONMENT)
        try:
            import ray  # noqa: PLC0415  # takes seconds, and is not installed everywhere
            import ray.data  # noqa: PLC0415
        except ImportError as error:
            problem = f"Ray is not installed ({error})"
            raise DistributedEmbeddingError(problem, "install the extra: pip install 'quicktakes-bot[ray]'") from error
        self._ray: Any = ray
        logging.getLogger("ray.data").setLevel(logging.ERROR)  # tells every step, on handlers of its own
        ray.data.DataContext.get_current().enable_progress_bars = False
        try:
            self._connect()
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect; a cluster that was started here ends."""
        self._open.close()

    @property
    def round_texts(self) -> int:
        """See the class."""
        return min(_MAX_ROUND, self.workers * _A_WORKERS_SHARE)

    def embed(self, texts: Sequence[str]) -> Iterator[tuple[list[str], Vectors]]:
        """Embed passages.

        Yields:
            Some of the texts and their vectors, shape (texts, dimension), as soon as a worker has them.

        Raises:
            DistributedEmbeddingError: A worker cannot open the encoder, or the cluster is gone.
        """
        blocks = [self._block(texts[start : start + self._size]) for start in range(0, len(texts), self._size)]
        needs = {"num_gpus": 1} if self._on_gpus else {"num_cpus": self._recipe.threads}
        pool = self._ray.data.ActorPoolStrategy(size=min(self.workers, len(blocks)))
        vectors = self._ray.data.from_arrow_refs(blocks).map_batches(
            EncodingWorker,
            fn_constructor_args=(self._recipe,),
            batch_size=None,
            batch_format="numpy",
            compute=pool,
            **needs,
        )
        try:
            for batch in vectors.iter_batches(batch_size=None, batch_format="numpy"):
                yield [_decoded(text) for text in batch[_TEXT]], np.asarray(batch[_VECTOR], dtype=np.float32)
        except self._ray.exceptions.RayError as error:
            advice = "what was embedded is kept: mend it and run the command again"
            raise DistributedEmbeddingError(_reason(error), advice) from error

    def _connect(self) -> None:
        ray, address = self._ray, self._options.address
        quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
        if address is None:
            folder = self._open.enter_context(tempfile.TemporaryDirectory(prefix="quicktakes-ray-"))
            quiet |= {
                "num_cpus": (self._options.workers or _workers_here(self._recipe.threads)) * self._recipe.threads,
                "include_dashboard": False,
                "object_store_memory": _LOCAL_STORE,
                "_node_ip_address": _LOOPBACK,
                "_temp_dir": folder,
            }
        self._open.callback(ray.shutdown)
        try:
            ray.init(address=address or "local", **quiet)
        except (RuntimeError, ValueError, ConnectionError, ray.exceptions.RayError) as error:
            advice = "check the address, and that Ray and Python have the versions of the cluster"
            raise DistributedEmbeddingError(_reason(error), advice) from error
        self._share_out(ray.cluster_resources())

    def _share_out(self, resources: dict[str, float]) -> None:
        may_use_gpus = self._recipe.device is not Device.CPU and self._recipe.backend is not Backend.OPENVINO
        gpus = int(resources.get("GPU", 0)) if may_use_gpus else 0
        self._on_gpus = gpus > 0
        self._size = _GPU_BLOCK if self._on_gpus else _BLOCK
        self._recipe = replace(self._recipe, device=Device.CUDA if self._on_gpus else Device.CPU)
        room = gpus or int(resources.get("CPU", 0)) // self._recipe.threads
        self.workers = min(room, self._options.workers or room)
        if not self.workers:
            problem = f"the cluster has no worker with {self._recipe.threads} free cores"
            raise DistributedEmbeddingError(problem, "add machines to it, or lower encoder.threads")

    def _block(self, texts: Sequence[str]) -> Any:  # noqa: ANN401  # a reference of Ray's
        import pyarrow as pa  # noqa: PLC0415  # comes with Ray Data

        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        return self._ray.put(pa.table({_TEXT: pa.array(encoded, type=pa.binary())}))


class EncodingWorker:
    """What runs in a worker: holds the encoder and embeds blocks of texts.

    Args:
        recipe: The encoder.
    """

    def __init__(self, recipe: EncoderRecipe) -> None:
        try:
            self._encoder = recipe.open()
        except EmbeddingError as error:  # whose class need not survive the way back
            raise RuntimeError(str(error)) from None

    def __call__(self, block: dict[str, Any]) -> dict[str, Any]:
        """The block's texts and their vectors."""
        texts = [_decoded(text) for text in block[_TEXT]]
        return {_TEXT: block[_TEXT], _VECTOR: self._encoder.encode_passages(texts)}


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "surrogatepass")


def _workers_here(threads: int) -> int:
    return max(1, usable_cores() // threads)


def _check_listens(address: str) -> None:
    """Find out within seconds whether anybody listens, for which Ray takes minutes; what is no host and port is Ray's.

    Raises:
        DistributedEmbeddingError: Nobody does.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or "/" in host:
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_ANSWER_SECONDS).close()
    except (OSError, OverflowError) as error:
        problem = f"there is no Ray cluster at {address} ({error})"
        raise DistributedEmbeddingError(problem, "check the address, and run `ray status` there") from error


def _reason(error: BaseException) -> str:
    """The last line of what Ray says, which holds whole tracebacks of workers."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if line.startswith("RuntimeError: ")] or lines
    return f"Ray: {(told[-1] if told else type(error).__name__)[:_BRIEF]}"
