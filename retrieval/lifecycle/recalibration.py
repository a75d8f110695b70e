"""The current generation once more, with a calibration of its own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from embeddings.disk import link_or_copy
from retrieval.errors import GenerationDamagedError
from retrieval.generations.generation import CALIBRATION, Generation
from retrieval.generations.second_vectors import SECOND_FILES
from retrieval.generations.store import GenerationWriter


def with_calibration(writer: GenerationWriter, calibration: Mapping[str, Any]) -> Generation:
    """Make a generation like the current one but with this calibration, and let it serve.

    Args:
        writer: Changes the index.
        calibration: Anything that JSON can hold.

    Returns:
        The new generation, opened.

    Raises:
        GenerationError: There is none, or it cannot be opened.
        IndexWriteError: The index folder cannot be written.
    """
    store = writer.store
    with store.current() as current, writer.unfinished() as (generation_id, folder):
        second = current.manifest.second if _can_open_second_vectors(current) else None
        left_out = (CALIBRATION, *(() if second else SECOND_FILES))
        unchanged = {name: entry for name, entry in current.manifest.files.items() if name not in left_out}
        for name in unchanged:
            link_or_copy(current.folder / name, folder / name)
        text = json.dumps(calibration, indent=1, sort_keys=True, ensure_ascii=False)
        (folder / CALIBRATION).write_text(f"{text}\n", encoding="utf-8")
        now = dt.datetime.now(dt.UTC)
        manifest = replace(current.manifest, id=generation_id, parent=current.id, created=now, second=second)
        writer.publish(folder, manifest, unchanged)
    return store.open(generation_id)


def _can_open_second_vectors(generation: Generation) -> bool:
    try:
        return generation.second_vectors is not None
    except GenerationDamagedError:
        return False
