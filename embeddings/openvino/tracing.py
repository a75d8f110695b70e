"""Turns a network of torch into one of OpenVINO by watching it compute an example."""

from __future__ import annotations

import logging
import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

import torch

from embeddings.errors import UnsupportedModelError
from embeddings.openvino.runtime import ov
from embeddings.sentence_transformer import brief

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TRACING = threading.Lock()  # tracing keeps its state in torch itself, so only one thread at a time can do it

EXAMPLE = {
    "input_ids": torch.tensor([[0, 1, 2, 3], [3, 2, 1, 0]]),
    "attention_mask": torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]]),
}
"""Two texts of four tokens; the network traced takes any number of either."""


def trace(network: torch.nn.Module, example: dict[str, torch.Tensor], source: Path) -> ov.Model:
    """The network in OpenVINO's form.

    Args:
        network: From tensors by name to one tensor.
        example: What it is given while it is watched.
        source: The model's folder, for messages.

    Raises:
        UnsupportedModelError: It has parts that cannot be traced.
    """
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder  # noqa: PLC0415 - after `ov`, see there

    try:
        with _quiet_tracing(), torch.no_grad():
            # torch's own check of the trace would take as long as all the rest, and comparing results is the stricter.
            traced = TorchScriptPythonDecoder(
                network.eval(), example_input=example, trace_kwargs={"check_trace": False}
            )
            return ov.convert_model(traced, example_input=example)
    except Exception as error:  # a model of any make may fail in its own way
        raise UnsupportedModelError(source, f"it cannot be traced ({brief(error)})") from error


@contextmanager
def _quiet_tracing() -> Iterator[None]:
    """Hold back what tracing says of every branch and attribute; whether the result is right is checked afterwards."""
    loggers = [logging.getLogger(name) for name in ("sentence_transformers", "transformers")]
    with _TRACING, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        levels = [logger.level for logger in loggers]
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)  # `disabled` would be for the logger alone, not for those below it
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
