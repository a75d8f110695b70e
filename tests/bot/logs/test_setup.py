"""Log records on standard error."""

import asyncio
import base64
import json
import logging
import sys
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.state import CommandState
from bot.client.token import hide_in_logs
from bot.logs.events import begin_reference, event_logger
from bot.logs.formatting import JsonFormatter, LineFormatter
from bot.logs.setup import configure_logging
from config.loading import load_settings


@pytest.fixture
def configure():
    root = logging.getLogger()
    before, level = list(root.handlers), root.level

    def apply(verbosity: int = 0, **environment: str) -> None:
        environment = {"format": "text"} | environment
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


def failing_with(error) -> None:
    raise error


FORGED = "x\n12:00:00 ERROR bot.cli: forged"
STEERING = ("\n", "\r", "\x0b", "\x0c", "\x1c", "\x1b[2K", "\x85", "\u2028", "\u2029", "\u202e", "\u2066", "\ufeff")


@pytest.mark.parametrize("mark", STEERING)
def test_what_somebody_wrote_forges_no_line(configure, capsys, mark):
    configure()
    logging.getLogger("x").warning("asked about %s", f"cells{mark}12:00:00 ERROR bot: forged")
    written = capsys.readouterr().err
    (line,) = written.splitlines()
    assert mark[0] not in line
    assert "WARNING x: asked about cells\\" in line
    assert line.endswith("12:00:00 ERROR bot: forged")


def test_what_an_exception_says_forges_no_line(configure, capsys):
    configure()
    try:
        try:
            failing_with(ValueError(FORGED))
        except ValueError as error:
            error.add_note(FORGED)
            raise OSError(f"{FORGED}\x1b[2K\u2028") from error
    except OSError:
        logging.getLogger("x").exception("it failed", stack_info=True)
    head, *rest = capsys.readouterr().err.split("\n")[:-1]
    assert head.endswith("ERROR x: it failed")
    assert all(line.startswith("    | ") for line in rest)
    assert "    | OSError: x" in rest
    assert all(line.isprintable() for line in rest)


def test_what_people_write_is_shown_as_they_wrote_it(configure, capsys):
    configure()
    for text in ("Größe: 5\u00a0µm", "水は何度で沸騰しますか", r"C:\new\notes", "🙂"):
        logging.getLogger("x").warning("%s", text)
        assert capsys.readouterr().err.endswith(f"x: {text}\n")


@pytest.mark.parametrize("format_", ["text", "json"])
def test_what_is_no_character_loses_no_record(configure, capsysbinary, format_):
    configure(format=format_)
    logging.getLogger("x").warning("file %s", "caf\udce9.md")
    written = capsysbinary.readouterr().err.decode("utf-8", "strict")
    message = json.loads(written)["message"] if format_ == "json" else written
    assert "caf\\udce9.md" in message


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_record_is_limited(configure, capsys, format_):
    configure(format=format_)
    try:
        failing_with(ValueError("x" * 1_000_000))
    except ValueError:
        logging.getLogger("x").exception("begins%sends", "y" * 1_000_000)
    written = capsys.readouterr().err
    assert len(written) < 60_000
    assert "begins" in written
    assert "ends" in written
    assert "characters left out" in written


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_message_whose_arguments_do_not_fit_is_written_without_a_fault(configure, capsys, format_):
    configure(format=format_)
    hide_in_logs("MTE4.abc-DEF_123.xyz")
    logging.getLogger("x").warning("%d of them", "MTE4.abc-DEF_123.xyz")
    written = capsys.readouterr().err
    assert "%d of them ('[token]',)" in written
    assert "Logging error" not in written


@pytest.mark.parametrize("format_", ["text", "json"])
def test_no_secret_of_the_settings_is_written(configure, capsys, format_, monkeypatch):
    secrets = {
        "DISCORD__TOKEN": "MTE4.abc-DEF_123.xyz",
        "SOURCE__WEBHOOK_SECRET": "a secret of some length",
        "SOURCE__REPOSITORY": "https://writer:hunter2%2Fx@example.org/a.git",
    }
    for name, value in (secrets | {"LOGGING__FORMAT": format_}).items():
        monkeypatch.setenv(f"QUICKTAKES_{name}", value)
    configure()
    CommandState().load()
    shown = ["MTE4.abc-DEF_123.xyz", "a secret of some length", "hunter2/x", "hunter2%2Fx"]
    header = base64.b64encode(b"writer:hunter2/x").decode()
    for secret in (*shown, header, base64.b64encode(shown[1].encode()).decode()):
        try:
            failing_with(OSError(secret))
        except OSError:
            logging.getLogger("x").exception("it says %s", secret, stack_info=True)
        written = capsys.readouterr().err
        assert "it says [secret]" in written
        assert secret not in written


@pytest.mark.parametrize("size", [39_990, 40_000, 40_010])
def test_no_part_of_a_secret_shows_where_a_record_is_cut(configure, capsys, size):
    configure()
    hide_in_logs("MTE4.abc-DEF_123.xyz")
    logging.getLogger("x").warning("%s", "y " * (size // 8) + "MTE4.abc-DEF_123.xyz" + "y " * size)
    assert "MTE4" not in capsys.readouterr().err


def record(message):
    return logging.LogRecord("x", logging.WARNING, __file__, 1, "%s", (message,), None)


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_is_one_line_in_either_format(text):
    (line,) = LineFormatter().format(record(text)).splitlines()
    assert all(mark.isprintable() or mark.isspace() for mark in line)
    (line,) = JsonFormatter().format(record(text)).splitlines()
    assert line.isascii()
    if text.isprintable():
        assert json.loads(line)["message"] == text


@pytest.mark.parametrize(("is_terminal", "is_json"), [(True, False), (False, True)])
def test_records_are_lines_on_a_terminal_and_json_elsewhere(configure, capsys, monkeypatch, is_terminal, is_json):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    configure(format="auto")
    logging.getLogger("x").warning("here")
    written = capsys.readouterr().err
    assert written.startswith("{") is is_json
    assert json.loads(written)["message"] == "here" if is_json else written.endswith("WARNING x: here\n")


def test_facts_stand_behind_the_message_and_are_keys_in_json(configure, capsys):
    facts = {"outcome": "answer", "confidence": 0.934, "said": 'a "b" = c', "nothing": None}
    configure()
    event_logger("x").warning("question", **facts)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(r'WARNING x: question outcome=answer confidence=0.934 said="a \"b\" = c" nothing=')
    configure(format="json")
    event_logger("x").warning("question", **facts)
    entry = json.loads(capsys.readouterr().err)
    assert (entry["message"], entry["level"], entry["logger"]) == ("question", "warning", "x")
    assert {key: entry[key] for key in facts} == facts


def test_facts_below_the_level_are_not_written(configure, capsys):
    configure(level="warning")
    event_logger("x").info("question", outcome="answer")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("mark", STEERING)
@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_fact_forges_no_line(configure, capsys, mark, format_):
    configure(format=format_)
    event_logger("x").warning("question", question=f"cells{mark}12:00:00 ERROR bot: forged")
    (line,) = capsys.readouterr().err.splitlines()
    assert mark[0] not in line
    assert line.isprintable()


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_fact_holds_no_secret_and_is_limited(configure, capsys, format_):
    configure(format=format_)
    hide_in_logs("MTE4.abc-DEF_123.xyz")
    encoded = base64.b64encode(b"MTE4.abc-DEF_123.xyz").decode()
    event_logger("x").warning("MTE4.abc-DEF_123.xyz", one="MTE4.abc-DEF_123.xyz", two=encoded, more="y" * 1_000_000)
    written = capsys.readouterr().err
    assert "MTE4" not in written
    assert encoded not in written
    assert written.count("[token]") == 3
    assert len(written) < 20_000


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_library_that_logs_a_mapping_shows_no_secret_as_a_key_either(configure, capsys, format_):
    configure(format=format_)
    hide_in_logs("MTE4.abc-DEF_123.xyz")
    logging.getLogger("a.package").warning({"MTE4.abc-DEF_123.xyz": ["MTE4.abc-DEF_123.xyz"]})
    written = capsys.readouterr().err
    assert "MTE4" not in written
    assert written.count("[token]") == 2


@pytest.mark.parametrize("format_", ["text", "json"])
def test_all_records_of_a_question_name_its_reference(configure, capsys, format_):
    configure(format=format_)

    async def question():
        reference = begin_reference()
        await asyncio.to_thread(logging.getLogger("a.package").warning, "of a thread")
        event_logger("x").warning("question")
        return reference

    async def scenario():
        return await asyncio.gather(question(), question())

    references = asyncio.run(scenario())
    logging.getLogger("x").warning("of nobody")
    written = capsys.readouterr().err.splitlines()
    assert [sum(reference in line for line in written) for reference in references] == [2, 2]
    assert "reference" not in written[-1]
