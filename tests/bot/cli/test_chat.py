"""`quicktakes chat`, piped and at a terminal, over the sample articles."""

import io
import os
import pty
import select
import subprocess
import sys

from bot.cli.chat import _lines
from tests.bot.cli.conftest import ROOT

QUESTION = "How does photosynthesis turn light into sugar?"
# Ctrl-C must reach the chat as its own terminal's signal, even where whoever runs the tests ignores it.
CHAT_AT_ITS_TERMINAL = """
import fcntl, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGINT, signal.default_int_handler)
from bot.cli.main import main
sys.exit(main(["chat"]))
"""
SECONDS_OF_SILENCE = 120
LINK = "https://quicktakes.io/learn/biology/questions/how-does-photosynthesis-turn-light-into-sugar"


def test_each_line_piped_in_is_answered(run, settings_variables):
    outcome = run("chat", typed=f"{QUESTION}\n\n:subject physics\nwho won last night\n", variables=settings_variables)
    assert outcome.status == 0
    assert [line for line in outcome.lines if line.startswith("> ")] == [
        f"> {QUESTION}",
        "> :subject physics",
        "> who won last night",
    ]
    assert LINK in outcome.lines
    assert "Asking in Physics only. `:subject` alone asks in all again." in outcome.lines


def test_quit_ends_before_the_input_does(run, settings_variables):
    outcome = run("chat", typed=f":quit\n{QUESTION}\n", variables=settings_variables)
    assert (outcome.status, QUESTION in outcome.lines) == (0, False)


def test_no_input_at_all_is_fine(run, settings_variables):
    assert run("chat", variables=settings_variables).status == 0


def test_bytes_that_are_no_text_do_not_end_the_chat(settings_variables):
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        input=b"caf\xe9 \x1b[2J\n" + QUESTION.encode(),
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=os.environ | settings_variables,
    )
    assert done.returncode == 0
    assert "> caf\ufffd [2J" in done.stdout.decode().splitlines()
    assert LINK in done.stdout.decode()


def test_a_conversation_at_a_terminal(settings_variables, data_dir, tmp_path):
    tmp_path.joinpath("encoder").symlink_to(data_dir / "encoder")  # a folder of its own for the history, not the model
    status, screen = converse([QUESTION, ":more", ":quit"], settings_variables | {"QUICKTAKES_DATA_DIR": str(tmp_path)})
    assert status == 0
    assert "\x1b[1m" in screen  # bold: colours and styles are for terminals
    assert screen.count(LINK) == 2
    history = tmp_path / "chat_history"
    assert history.read_text(encoding="utf-8").splitlines()[-3:] == [QUESTION, ":more", ":quit"]
    assert history.stat().st_mode & 0o077 == 0


def test_ctrl_d_ends_a_conversation(settings_variables):
    status, screen = converse(["\x04"], settings_variables)
    assert (status, "Traceback" in screen) == (0, False)


def test_ctrl_c_does_not_end_a_conversation(settings_variables):
    # Ctrl-C drops what was typed with it, so the next line waits for the next prompt.
    status, screen = converse(["\x03", ":quit"], settings_variables)
    assert status == 0
    assert ":quit or Ctrl-D to leave" in screen


def converse(lines: list[str], variables: dict[str, str]) -> tuple[int, str]:
    """Type lines into a chat at a terminal, each when the chat asks for one; gives exit status and screen."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", CHAT_AT_ITS_TERMINAL],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200", **variables},
        start_new_session=True,
    )
    os.close(slave)
    screen, waiting = "", list(lines)
    try:
        while select.select([master], [], [], SECONDS_OF_SILENCE)[0]:
            screen += os.read(master, 4096).decode(errors="replace")
            if waiting and screen.endswith("> "):
                os.write(master, f"{waiting.pop(0)}\n".encode())
    except OSError:  # the chat has ended and closed its side
        pass
    finally:
        os.close(master)
    return process.wait(timeout=SECONDS_OF_SILENCE), screen


def test_a_mark_before_the_first_line_is_no_part_of_it(run, settings_variables):
    outcome = run("chat", typed="\ufeff:subjects\r\n", variables=settings_variables)
    assert (outcome.status, "> :subjects" in outcome.lines) == (0, True)
    assert any(line.startswith("  Physics: ") for line in outcome.lines)


def test_of_a_very_long_line_the_beginning_is_read_and_the_next_line_is_another(run, settings_variables):
    typed = f"{QUESTION} {'sun ' * 250_000}\n:subjects\n"
    outcome = run("chat", typed=typed, variables=settings_variables)
    assert outcome.status == 0
    assert outcome.lines.count("Only the first 4,000 characters of a line are read.") == 1
    assert len(outcome.out) < 100_000
    assert "> :subjects" in outcome.lines


def test_a_line_of_exactly_the_length_is_read_whole():
    lines = [*_lines(io.StringIO(f"{'a' * 4000}\n{'b' * 4001}\nc"))]
    assert [(text.strip(), is_whole) for text, is_whole in lines] == [
        ("a" * 4000, True),
        ("b" * 4000, False),
        ("c", True),
    ]
