"""Secrets do not show in texts, however they are spelled there."""

from __future__ import annotations

import base64
import json
import time
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs.redaction import Redactor, without_credentials

PASSWORD = "hunter2/:@é+ü"  # noqa: S105  # opens nothing
PAIR = f"writer:{PASSWORD}"


def in_base64(text, encode=base64.b64encode):
    return encode(text.encode()).decode()


SPELLINGS = {
    "as it is": PASSWORD,
    "percent": quote(PASSWORD, safe=""),
    "percent, lower case": quote(PASSWORD, safe="").lower(),
    "percent but for slashes": quote(PASSWORD),
    "in a form": quote_plus(PASSWORD),
    "in JSON": json.dumps(PASSWORD),
    "taken for Latin-1": PASSWORD.encode().decode("latin-1"),
    "taken from Latin-1": PASSWORD.encode("latin-1").decode(errors="replace"),
    "upper case": PASSWORD.upper(),
    "header": f"Basic {in_base64(PAIR)}",
    "no padding": in_base64(PAIR).rstrip("="),
    "for addresses": in_base64(PAIR, base64.urlsafe_b64encode),
    "percent of base64": quote(in_base64(PAIR), safe=""),
    "password alone": in_base64(PASSWORD),
    "over two lines": in_base64(PAIR)[:9] + "\n" + in_base64(PAIR)[9:],
    "over two lines of a server": f"remote: x {in_base64(PAIR)[:9]}\nremote: {in_base64(PAIR)[9:]}",
    "with blanks": " ".join(in_base64(PAIR)),
    "with marks that are not seen": "\u200b".join(in_base64(PAIR)),
    **{f"in base64 of more, {n}": in_base64("x" * n + f" Authorization: {PASSWORD} and so on") for n in range(3)},
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_secret_is_hidden_however_it_is_spelled(spelling):
    shown = Redactor([PAIR, PASSWORD]).hide(f"fatal: the server said {spelling}\nand no more")
    assert shown.startswith("fatal: the server said ")
    assert shown.endswith("and no more")
    assert "…" in shown
    kept = shown.removeprefix("fatal: the server said ").removesuffix("and no more")
    for part in ("hunter2", in_base64(PAIR)[3:11], in_base64(PASSWORD)[:8], "aHVudGVy", "h1bnRlc"):
        assert part.lower() not in "".join(kept.split()).lower()


@given(st.text(min_size=1, max_size=30), st.text(max_size=40), st.text(max_size=40))
def test_any_secret_is_hidden_in_any_text(secret, before, after):
    shown = Redactor([secret], mark="").hide(before + secret + after)
    assert len(shown) < len(before + secret + after)


@given(st.text(alphabet="ab \n", max_size=60))
def test_a_text_without_secrets_stays_as_it_is(text):
    assert Redactor(["hunter2", "writer:hunter2"]).hide(text) == text


def test_no_secret_hides_nothing_and_none_is_shown_by_its_keeper():
    assert Redactor([]).hide("a text") == Redactor([""]).hide("a text") == "a text"
    assert "hunter2" not in repr(Redactor(["hunter2"]))


def test_output_for_programs_keeps_its_form():
    redactor = Redactor([PAIR, PASSWORD, "ab"])
    data = b"100644 ab\0" + PASSWORD.encode() + b"\0\xff\n" + in_base64(PAIR).rstrip("=").encode() + b"\0"
    assert redactor.hide_in_bytes(data) == "100644 ab\0…\0".encode() + b"\xff\n" + "…\0".encode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fatal: https://a:b@example.org/x: no", "fatal: https://…@example.org/x: no"),
        ("https://a@b:c@example.org https://example.org", "https://…@example.org https://example.org"),
        ("mail me@example.org // or @me", "mail me@example.org // or @me"),
        ("//@", "//@"),
        ("Authorization: Basic d3JpdGVyOng=", "Authorization: …"),
        ("authorization=token-of-some-length; next", "authorization=…; next"),
        ("got Bearer abc.def-123_x", "got Bearer …"),
        ("Basic authentication failed", "Basic authentication failed"),
    ],
)
def test_addresses_and_headers_are_shown_without_credentials(text, shown):
    assert without_credentials(text) == shown


@pytest.mark.parametrize(
    "piece",
    ["//", "/", "@", "//@", "a//b@", "authorization:", "authorization: ", "basic ", "bearer a", "aHVudGVy", " "],
)
def test_the_work_grows_with_the_text_and_no_faster(piece):
    redactor = Redactor(["hunter2", "writer:hunter2", "aHVudGVyaHVudGVy"])

    def seconds(size) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        redactor.hide(without_credentials(text))
        return time.process_time() - began

    assert seconds(200_000) < 2
