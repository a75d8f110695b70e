"""Whether what trains adapters is installed, told without loading it."""

from __future__ import annotations

from importlib.util import find_spec

from embeddings.errors import TrainingUnavailableError

_PACKAGES = ("accelerate", "datasets", "peft")


def check_can_train() -> None:
    """Refuse to train where a package of the extra is missing.

    Raises:
        TrainingUnavailableError: One is.
    """
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        raise TrainingUnavailableError(missing)
