"""Single changes to an index, each under a lock of its own."""

from __future__ import annotations

from retrieval.generations.lock import StoreAction
from retrieval.lifecycle.recalibration import with_calibration


def rollback(store, to=None):
    """See `GenerationWriter.rollback`."""
    with store.writing(StoreAction.ROLLBACK) as writer:
        return writer.rollback(to)


def prune(store, keep=3):
    """See `GenerationWriter.prune`."""
    with store.writing(StoreAction.PRUNE) as writer:
        return writer.prune(keep)


def discard(store, generation_id):
    """See `GenerationWriter.discard`."""
    with store.writing(StoreAction.PRUNE) as writer:
        writer.discard(generation_id)


def discard_candidates(store, keep):
    """See `GenerationWriter.discard_candidates`."""
    with store.writing(StoreAction.PRUNE) as writer:
        writer.discard_candidates(keep)


def calibrate(store, calibration):
    """See `with_calibration`."""
    with store.writing(StoreAction.CALIBRATE) as writer:
        return with_calibration(writer, calibration)
