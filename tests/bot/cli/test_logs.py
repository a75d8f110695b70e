"""Log records on standard error."""

import json
import logging
import warnings

import pytest

from bot.cli.logs import configure_logging
from bot.token import hide_in_logs
from config.loading import load_settings


@pytest.fixture
def configure():
    root = logging.getLogger()
    before, level = list(root.handlers), root.level

    def apply(verbosity: int = 0, **environment: str) -> None:
        named = {f"QUICKTAKES_LOGGING__{name.upper()}": value for name, value in environment.items()}
        configure_logging(load_settings(environment=named).settings.logging, verbosity)

    yield apply
    logging.captureWarnings(capture=False)
    root.handlers[:] = before
    root.setLevel(level)


def test_records_go_to_standard_error_from_the_level_on(configure, capsys):
    configure(level="info")
    logging.getLogger("some.module").debug("hidden")
    logging.getLogger("some.module").info("shown")
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.rstrip().endswith("INFO some.module: shown")
    assert "hidden" not in output.err


@pytest.mark.parametrize(
    ("verbosity", "level"), [(0, logging.WARNING), (1, logging.INFO), (2, logging.DEBUG), (9, logging.DEBUG)]
)
def test_v_shows_more(configure, verbosity, level):
    configure(verbosity)
    assert logging.getLogger().level == level


def test_v_never_shows_less(configure):
    configure(1, level="debug")
    assert logging.getLogger().level == logging.DEBUG


def test_json_lines_hold_the_traceback(configure, capsys):
    configure(format="json")
    try:
        int("broken\nin two lines")
    except ValueError:
        logging.getLogger("x").exception("it failed: %s", "here")
    entry = json.loads(capsys.readouterr().err)
    assert (entry["level"], entry["logger"], entry["message"]) == ("error", "x", "it failed: here")
    assert "ValueError: invalid literal" in entry["traceback"]


def test_json_lines_hold_no_token(configure, capsys):
    configure(format="json")
    hide_in_logs("MTE4.abc-DEF_123.xyz")
    try:
        int("MTE4.abc-DEF_123.xyz")
    except ValueError:
        logging.getLogger("x").exception("login with %s failed", "MTE4.abc-DEF_123.xyz")
    entry = json.loads(capsys.readouterr().err)
    assert entry["message"] == "login with [token] failed"
    assert entry["traceback"].endswith("invalid literal for int() with base 10: '[token]'")


def test_warnings_are_logged(configure, capsys):
    configure()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("look out", stacklevel=1)
    assert "look out" in capsys.readouterr().err


def test_a_name_in_a_message_forges_no_line(configure, capsys):
    configure()
    logging.getLogger("some").warning("asked: %s", "why\n12:00:00 ERROR bot: all is lost\x1b[2J")
    try:
        int("odd")
    except ValueError:
        logging.getLogger("some").exception("failed")
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].endswith(" WARNING some: asked: why\\n12:00:00 ERROR bot: all is lost\\x1b[2J")
    assert lines[1].endswith(" ERROR some: failed")
    assert lines[2] == "Traceback (most recent call last):"
