"""The folder of a converted model: it appears whole or not at all."""

from __future__ import annotations

import shutil
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

from embeddings.errors import ModelWriteError
from embeddings.openvino.converted_model import COMPILED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def new_folder(target: Path, is_sound: Callable[[], bool]) -> Iterator[Path]:
    """A folder beside its place, to be filled, and renamed at the end.

    So a crash leaves nothing half done, and of two processes that convert at once either one's work stands whole.

    Args:
        target: The folder to make; a damaged one in its place is replaced.
        is_sound: Whether the folder in its place is whole.

    Yields:
        The folder to fill.

    Raises:
        ModelWriteError: The disk is full, or the folder cannot be written.
    """
    building = target.with_name(f".{target.name}-{uuid.uuid4().hex}")
    try:
        building.mkdir(parents=True)
        yield building
        shutil.rmtree(building / COMPILED, ignore_errors=True)  # OpenVINO knows it by the place, which now changes
        _move_into_place(building, target, is_sound)
    except (OSError, RuntimeError) as error:  # OpenVINO says of a full disk that a stream has an error
        raise ModelWriteError(target.parent, str(error)) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _move_into_place(building: Path, target: Path, is_sound: Callable[[], bool]) -> None:
    try:
        building.rename(target)
    except OSError:
        if is_sound():
            return  # another process was first, with the same result
        target.rename(building.with_name(f"{building.name}-damaged"))
        building.rename(target)
    finally:
        shutil.rmtree(building.with_name(f"{building.name}-damaged"), ignore_errors=True)
