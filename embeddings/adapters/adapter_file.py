"""Reads and writes adapters: one safetensors file in half precision, with its facts as metadata."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from embeddings.adapters.adapter import Adapter, LayerCorrection
from embeddings.disk import atomic_write
from embeddings.errors import AdapterError

MAX_BYTES = 3_000_000
"""Largest file of an adapter."""

_FORMAT = 1
_FACTS = "adapter"
_DOWN, _UP = ".down", ".up"
_MAX_RANK = 256
_REMAKE = "copy the file again, or make it anew with `quicktakes adapt`"


def write_adapter(path: Path, adapter: Adapter) -> None:
    """Write an adapter, which appears whole or not at all.

    Raises:
        AdapterError: It is too large, or the file cannot be written.
    """
    tensors = {}
    for name, layer in adapter.layers.items():
        tensors[name + _DOWN] = np.ascontiguousarray(layer.down, dtype=np.float16)
        tensors[name + _UP] = np.ascontiguousarray(layer.up, dtype=np.float16)
    facts = {
        "format": _FORMAT,
        "base": adapter.base,
        "rank": adapter.rank,
        "alpha": adapter.alpha,
        "dimension": adapter.dimension,
        "provenance": adapter.provenance,
    }
    # One entry, since the order of several would be another each time, and the digest with it.
    content = save(tensors, metadata={_FACTS: json.dumps(facts, ensure_ascii=False, sort_keys=True)})
    if len(content) > MAX_BYTES:
        raise AdapterError(path, f"would be {len(content)} bytes, above {MAX_BYTES}", "choose a lower rank")
    try:
        atomic_write(path, content)
    except OSError as error:
        raise AdapterError(path, f"cannot be written ({error.strerror or error})", "name another file") from error


def check_writable(path: Path) -> None:
    """Refuse a place where no adapter could be written, before time is spent on one.

    Raises:
        AdapterError: Its folder is missing, or may not be written.
    """
    try:
        with tempfile.TemporaryFile(dir=path.absolute().parent):
            return
    except OSError as error:
        raise AdapterError(path, f"cannot be written ({error.strerror or error})", "name another file") from error


def read_adapter(path: Path) -> Adapter:
    """Read an adapter.

    Raises:
        AdapterError: There is no file, or it is no sound adapter.
    """
    try:
        size = path.stat().st_size
        if not path.is_file() or size > MAX_BYTES:
            raise AdapterError(path, f"is no adapter (no file of at most {MAX_BYTES} bytes)", _REMAKE)
        with safe_open(path, framework="numpy") as file:
            facts = (file.metadata() or {}).get(_FACTS, "{}")
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - it is no mapping
    except FileNotFoundError as error:
        raise AdapterError(path, "does not exist", "name another file in `encoder.adapter`, or `none`") from error
    except OSError as error:
        raise AdapterError(path, f"cannot be read ({error.strerror or error})", _REMAKE) from error
    except (SafetensorError, ValueError) as error:
        raise AdapterError(path, f"is no safetensors file ({error})", _REMAKE) from error
    try:
        return _adapter(json.loads(facts), tensors)
    except (KeyError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise AdapterError(path, f"is no sound adapter ({_said(error)})", _REMAKE) from error


def _adapter(facts: Any, tensors: Mapping[str, NDArray[np.generic]]) -> Adapter:  # noqa: ANN401 - what JSON holds
    """The adapter that a file holds; raises `KeyError`, `ValueError` or `TypeError` where it holds none."""
    if not isinstance(facts, dict) or facts.get("format") != _FORMAT:
        raise ValueError("it was made by another program or version")
    rank, alpha, dimension = int(facts["rank"]), float(facts["alpha"]), int(facts["dimension"])
    if not (1 <= rank <= _MAX_RANK and math.isfinite(alpha) and alpha > 0 and dimension > 0):
        raise ValueError("its rank, alpha or dimension is out of bounds")
    provenance = facts["provenance"]
    if not isinstance(provenance, dict):
        raise TypeError("its provenance is no object")
    return Adapter(str(facts["base"]), rank, alpha, dimension, dict(_layers(tensors, rank)), provenance)


def _layers(tensors: Mapping[str, NDArray[np.generic]], rank: int) -> Iterator[tuple[str, LayerCorrection]]:
    names = {name.removesuffix(_DOWN).removesuffix(_UP) for name in tensors}
    if not names or len(tensors) != 2 * len(names):
        raise ValueError("a layer has not its two matrices")
    for name in sorted(names):
        down, up = _checked(tensors[name + _DOWN], name), _checked(tensors[name + _UP], name)
        if down.shape[0] != rank or up.shape[1] != rank:
            raise ValueError(f"the matrices of {name} have the shapes {down.shape} and {up.shape}, not the rank {rank}")
        yield name, LayerCorrection(down, up)


def _checked(tensor: NDArray[np.generic], name: str) -> NDArray[np.float16]:
    if tensor.dtype != np.float16 or tensor.ndim != 2:  # noqa: PLR2004 - a matrix
        raise ValueError(f"{name} is of {tensor.dtype} with {tensor.ndim} dimensions, not a matrix of float16")
    matrix = np.asarray(tensor, dtype=np.float16)
    if not np.isfinite(matrix).all():
        raise ValueError(f"{name} holds values that are no numbers")
    return matrix


def _said(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
