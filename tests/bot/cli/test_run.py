"""`quicktakes run` up to the connection; what follows is in tests/e2e."""

from __future__ import annotations

import pytest

TOKEN = "MTE4.abc-DEF_123.xyzxyzxyzxyz"  # noqa: S105  # opens nothing


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """No index, no database, and no Discord."""
    monkeypatch.setenv("QUICKTAKES_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("discord.http.Route.BASE", "http://127.0.0.1:9")


@pytest.mark.usefixtures("nowhere")
def test_without_a_token_it_says_where_one_comes_from(run):
    outcome = run("run")
    assert outcome.status == 2
    assert "there is no token: put it into QUICKTAKES_DISCORD__TOKEN" in outcome.err


@pytest.mark.usefixtures("nowhere")
def test_what_cannot_be_a_token_is_not_shown(run, monkeypatch):
    monkeypatch.setenv("QUICKTAKES_DISCORD__TOKEN", "my secret")
    outcome = run("run")
    assert outcome.status == 2
    assert "what discord.token holds cannot be a token" in outcome.err
    assert "my secret" not in outcome.err


@pytest.mark.usefixtures("nowhere")
def test_without_an_index_it_says_how_to_make_one(run, monkeypatch):
    monkeypatch.setenv("QUICKTAKES_DISCORD__TOKEN", TOKEN)
    outcome = run("run")
    assert outcome.status == 4
    assert "quicktakes index build" in outcome.err


@pytest.mark.usefixtures("nowhere")
def test_it_builds_the_index_when_told_to_and_then_connects(run, monkeypatch, data_dir, tmp_path):
    monkeypatch.setenv("QUICKTAKES_DISCORD__TOKEN", TOKEN)
    monkeypatch.setenv("QUICKTAKES_DATA_DIR", str(data_dir))
    monkeypatch.setenv("QUICKTAKES_INDEX__DIR", str(tmp_path / "index"))
    outcome = run("run", "--build")
    assert outcome.status == 1
    assert "cannot reach Discord" in outcome.err
    assert TOKEN not in outcome.err
    assert len(list((tmp_path / "index").iterdir())) > 0
