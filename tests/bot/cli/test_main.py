"""The command as a whole: help, version, options before the command, what becomes of errors."""

import errno
import os
import re
import subprocess
import sys

import click
import pytest

from bot import bootstrap
from bot.cli.main import cli
from tests.bot.cli.conftest import ROOT


def all_commands(group: click.Group, above: str = "quicktakes"):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from all_commands(command, f"{above} {name}")
        else:
            yield f"{above} {name}", command


def test_help_lists_every_command(run):
    outcome = run("--help")
    assert outcome.status == 0
    for name in ("ask", "chat", "doctor", "evaluate", "index"):
        assert re.search(rf"^  {name} ", outcome.out, re.MULTILINE)


def test_help_imports_nothing_heavy():
    code = "import sys; from bot.cli.main import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "bot.cli.index" in loaded
    assert not loaded & {"numpy", "pydantic", "rich", "torch", "openvino", "faiss", "retrieval", "embeddings"}


def test_every_command_and_long_option_is_documented():
    text = ROOT.joinpath("docs", "command-line.md").read_text(encoding="utf-8")
    for name, command in all_commands(cli):
        assert f"`{name}" in text
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
        for option in options:
            assert f"`{option}" in text, f"{name} {option}"


def test_an_error_steers_no_terminal(run):
    outcome = run("index", "status", "--index", "no-such\u202efolder")
    assert outcome.status == 4
    assert "no-such\\u202efolder holds no index yet" in outcome.err
    outcome = run("index", "status", "--index", "no\x1b]0;x\x07such\nfolder")
    assert outcome.status == 2
    assert "'no\\x1b]0;x\\x07such\\nfolder' is not accepted: expected a path without line breaks" in outcome.err


def test_version(run):
    outcome = run("--version")
    assert outcome.status == 0
    assert outcome.out.startswith("quicktakes ")


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", "complete -o nosort -F _quicktakes_completion quicktakes"),
        ("zsh", "#compdef quicktakes"),
        ("fish", "function _quicktakes_completion;"),
    ],
)
def test_the_documented_shells_can_complete(run_process, shell, line):
    outcome = run_process(variables={"_QUICKTAKES_COMPLETE": f"{shell}_source"})
    assert (outcome.status, outcome.err) == (0, "")
    assert line in outcome.out
    assert f"_QUICKTAKES_COMPLETE={shell}_source quicktakes" in (ROOT / "docs/command-line.md").read_text("utf-8")


def test_a_command_is_completed(run_process):
    outcome = run_process(
        variables={"_QUICKTAKES_COMPLETE": "zsh_complete", "COMP_WORDS": "quicktakes do", "COMP_CWORD": "1"}
    )
    assert outcome.status == 0
    assert outcome.lines[:2] == ["plain", "doctor"]
    assert len(outcome.lines) == 3, "its description, and no other command"


def test_settings_come_from_a_dotenv_file_in_the_working_folder(run, tmp_path):
    tmp_path.joinpath(".env").write_text("QUICKTAKES_INDEX__DIR=nothing-here\n", encoding="utf-8")
    outcome = run("index", "status")
    assert outcome.status == 4
    assert f"{tmp_path}/nothing-here holds no index yet" in outcome.err


def test_an_old_name_of_a_setting_is_told_of_once(run, tmp_path):
    tmp_path.joinpath("quicktakes.toml").write_text("[index]\nmost_lost = 0.2\n", encoding="utf-8")
    outcome = run("index", "status")
    assert outcome.status == 4
    assert outcome.err.count("index.most_lost: is now called index.max_removed_share") == 1
    assert f"quicktakes: {tmp_path}/quicktakes.toml:2: index.most_lost" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["aks", "what"], "No such command 'aks'"),
        (["ask"], "Missing argument 'QUESTION'"),
        (["ask", "-k", "99", "what"], "99 is not in the range 0<=x<=50"),
        (["index", "build", "--content", "no-such-folder"], "Directory 'no-such-folder' does not exist"),
        (["evaluate", "no-such-file"], "File 'no-such-file' does not exist"),
    ],
)
def test_wrong_arguments_end_with_2_and_a_message(run, arguments, message):
    outcome = run(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err


def test_wrong_settings_end_with_2_and_name_their_place(run, tmp_path):
    tmp_path.joinpath("mine.toml").write_text("[encoder]\nthreads = 'many'\n", encoding="utf-8")
    outcome = run("--config", "mine.toml", "index", "list")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(f"quicktakes: {tmp_path}/mine.toml:2: encoder.threads: 'many' is not accepted")


@pytest.mark.parametrize("command", [("ask", "what"), ("chat",), ("index", "status"), ("index", "verify")])
def test_without_an_index_the_status_is_4_and_the_message_says_what_to_do(run, tmp_path, command):
    outcome = run(*command)
    assert (outcome.status, outcome.out) == (4, "")
    assert outcome.err == f"quicktakes: {tmp_path}/var/index holds no index yet; run `quicktakes index build`\n"


def test_a_file_that_cannot_be_written_is_named_without_a_traceback(run, tmp_path):
    tmp_path.joinpath("var").write_text("in the way", encoding="utf-8")
    outcome = run("index", "build")
    assert outcome.status == 1
    assert str(tmp_path / "var") in outcome.err
    assert "Traceback" not in outcome.err


def test_ctrl_c_ends_with_130_and_without_a_traceback(run, monkeypatch):
    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "make_store", interrupted)
    outcome = run("index", "list")
    assert outcome.status == 130
    assert "Traceback" not in outcome.err


class PanicException(BaseException):  # what native code raises, which is no `Exception`
    pass


UNEXPECTED = [ZeroDivisionError("hunter2"), MemoryError(), RecursionError(), PanicException("index out of bounds")]


@pytest.fixture
def broken(monkeypatch):
    """Makes every command that looks at an index raise something."""

    def breaking(error):
        def broken(*_arguments: object, **_options: object) -> None:
            raise error

        monkeypatch.setattr(bootstrap, "make_store", broken)

    return breaking


@pytest.mark.parametrize("error", UNEXPECTED, ids=lambda error: type(error).__name__)
def test_what_nobody_foresaw_is_a_line_with_a_reference_and_the_log_has_the_details(run, broken, tmp_path, error):
    broken(error)
    tmp_path.joinpath("var").mkdir()
    outcome = run("index", "list")
    assert (outcome.status, outcome.out, "Traceback" in outcome.err) == (1, "", False)
    said = re.fullmatch(r"quicktakes: (.+) \((\w+), reference ([A-Z2-7]{8})\); the details are in (.+)\n", outcome.err)
    assert said is not None, outcome.err
    memory = isinstance(error, MemoryError)
    assert said[1] == ("there is not enough memory" if memory else "something unexpected went wrong")
    assert (said[2], said[4]) == (type(error).__name__, str(tmp_path / "var" / "errors.log"))
    log = tmp_path / "var" / "errors.log"
    assert f"reference {said[3]}\nTraceback (most recent call last):" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_with_v_the_details_are_shown(run, broken, tmp_path):
    broken(ZeroDivisionError("by nought"))
    outcome = run("-v", "index", "list")
    assert outcome.status == 1
    assert "ZeroDivisionError: by nought" in outcome.err
    assert "the details stand above" in outcome.err.splitlines()[-1]
    assert not tmp_path.joinpath("var", "errors.log").exists()


def test_where_nothing_can_be_written_the_line_says_how_to_see_the_details(run, broken):
    broken(ZeroDivisionError())
    outcome = run("index", "list")
    assert (outcome.status, outcome.err.count("\n")) == (1, 1)
    assert "run it again with -v to see the details" in outcome.err


def test_the_log_of_the_unforeseen_stays_small(run, broken, tmp_path):
    broken(ZeroDivisionError())
    log = tmp_path / "var" / "errors.log"
    log.parent.mkdir()
    log.write_bytes(b"x" * (2 << 20))
    run("index", "list")
    assert b"ZeroDivisionError" in log.read_bytes()
    assert log.stat().st_size < 1 << 20


def test_a_disk_that_is_full_is_said_so(run, broken):
    broken(OSError(errno.ENOSPC, "No space left on device", "/data/index"))
    outcome = run("index", "list")
    assert (outcome.status, outcome.err) == (1, "quicktakes: /data/index: the disk is full; make room and try again\n")


def test_a_reader_that_leaves_is_no_reason_to_complain(settings_variables):
    command = f"{sys.executable} -m bot index status | true"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | settings_variables,
        check=False,
    )
    assert done.stderr == ""
