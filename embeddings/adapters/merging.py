"""Puts an adapter into the network of its model. The one module of this room that needs torch to embed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import torch

from embeddings.errors import AdapterError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from embeddings.adapters.adapter import Adapter, LayerCorrection

_OTHER_MODEL = "name one that was made for this model in `encoder.adapter`, or `none`"


def merge_adapter(model: SentenceTransformer, adapter: Adapter, file: Path | str) -> SentenceTransformer:
    """Add an adapter's corrections to the weights of a loaded model, so that it computes as fast as before.

    Args:
        model: The model that the adapter was made for; it is changed.
        adapter: The adapter.
        file: Its file, for messages.

    Returns:
        The model.

    Raises:
        AdapterError: The model has no such layers, or of other sizes.
    """
    found = model.get_embedding_dimension()
    if found != adapter.dimension:
        raise AdapterError(file, f"is of dimension {adapter.dimension}, the model of {found}", _OTHER_MODEL)
    layers = {name: _layer(model, name, layer, file) for name, layer in adapter.layers.items()}
    with torch.no_grad():
        for name, layer in adapter.layers.items():
            down, up = (torch.from_numpy(matrix.astype("float32")) for matrix in (layer.down, layer.up))
            layers[name].weight += (adapter.scale * (up @ down)).to(layers[name].weight.device)
    return model


def _layer(model: SentenceTransformer, name: str, layer: LayerCorrection, file: Path | str) -> torch.nn.Linear:
    """The layer of the model that a correction is for."""
    network = getattr(model[0], "auto_model", None)
    try:
        found = network.get_submodule(name) if network is not None else None
    except AttributeError:
        found = None
    if not isinstance(found, torch.nn.Linear):
        raise AdapterError(file, f"corrects the layer {name}, which the model lacks", _OTHER_MODEL)
    size, wanted = tuple(found.weight.shape), (layer.up.shape[0], layer.down.shape[1])
    if size != wanted:
        raise AdapterError(file, f"corrects {name} of {wanted}, the model's is {size}", _OTHER_MODEL)
    return found
