"""What `quicktakes doctor` finds about the webhook."""

import os
import socket

import pytest

from bot.cli.checks.finding import Level
from bot.cli.checks.webhook import check_webhook
from config.loading import load_settings

SIGNED_WITH = "0123456789abcdef-webhook"


@pytest.fixture
def taken():
    """A port at which something listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def check(folder, signed_with=SIGNED_WITH, **variables):
    environment = {"QUICKTAKES_SOURCE__WEBHOOK_SECRET": signed_with}
    environment |= {f"QUICKTAKES_SOURCE__WEBHOOK_{name}": str(value) for name, value in variables.items()}
    return check_webhook(load_settings(environment=environment, working_folder=folder).settings.source)


def test_without_a_port_it_is_off(tmp_path):
    assert check(tmp_path).text == "off: source.webhook_port is 0"


def test_a_port_is_free_or_taken(tmp_path, taken):
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    assert check(tmp_path, PORT=free).text == f"127.0.0.1, port {free}, is free"
    finding = check(tmp_path, PORT=taken)
    assert (finding.level, finding.text) == (Level.WARNING, f"127.0.0.1, port {taken}, is taken")
    assert "source.webhook_port" in finding.advice


def test_a_host_that_is_not_this_machine_is_a_problem(tmp_path):
    for host in ("192.0.2.1", "no-such-host.invalid"):
        finding = check(tmp_path, PORT=45_871, HOST=host)
        assert (finding.level, host in finding.text) == (Level.PROBLEM, True)
        assert "127.0.0.1" in finding.advice or "address of this machine" in finding.advice


def test_a_port_that_only_root_may_take_is_a_problem(tmp_path, monkeypatch):
    def refused(_self, _address):
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(socket.socket, "bind", refused)
    finding = check(tmp_path, PORT=80)
    assert (finding.level, finding.text) == (Level.PROBLEM, "127.0.0.1, port 80, is only for root")


def test_a_secret_that_is_easily_guessed_is_a_warning(tmp_path):
    finding = check(tmp_path, "a" * 24, PORT=45_871)
    assert finding.level is Level.WARNING
    assert "openssl rand -hex 32" in finding.advice
    assert "aaaa" not in str(finding)


def test_one_that_listens_for_other_machines_is_told_of_tls(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    finding = check(tmp_path, PORT=free, HOST="0.0.0.0")  # noqa: S104  # what is warned of
    assert (finding.level, "without TLS" in finding.text) == (Level.WARNING, True)
