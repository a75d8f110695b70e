"""A log whose disk is full takes nothing more, and stops nobody."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bot.logs.setup import configure_logging
from config.loading import load_settings

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full, which Linux has")
def test_records_that_cannot_be_written_stop_nobody_and_later_ones_are_written(tmp_path, monkeypatch):
    settings = load_settings(environment={}, working_folder=tmp_path).settings
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    full = FULL.open("w")
    monkeypatch.setattr(sys, "stderr", full)
    try:
        configure_logging(settings.logging)
        (handler,) = root.handlers
        for _ in range(1000):
            logging.getLogger("bot").error("the disk is full")
        with (tmp_path / "log").open("w") as room:
            handler.stream = room
            logging.getLogger("bot").error("there is room again")
    finally:
        root.handlers, root.level = handlers, level
        logging.captureWarnings(capture=False)
        with suppress(OSError):  # what could not be written before cannot be written now
            full.close()
    assert "there is room again" in (tmp_path / "log").read_text()
