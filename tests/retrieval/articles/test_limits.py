"""No article file costs more than it may, whatever is in it. Bounds are of processor time, and generous."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.articles.limits import ReadingLimits
from retrieval.articles.parsing import parse_article
from retrieval.errors import ArticleError

ROOT = Path("/content")
PATH = ROOT / "sea" / "salt.md"
REQUIRED = "question: Why?\nanswer: So.\nurl: /why\n"
MEGABYTE = 1 << 20

UNITS = (
    *"[{!'\"|>%#@`:\t\\0\n -?\r\x0b\x85\u2028\ufeff\x00",
    *(
        "- ",
        "? ",
        "&a ",
        "*a ",
        "a: ",
        "- a\n",
        "a: b\n",
        "{a: b},",
        "[],",
        "a,",
        '"a",',
        "\\n",
        "&a [*a,",
        "!!",
        "...\n",
    ),
    *("\n%TAG !a! b\n", "---\n", "\n  a", "?\n", "<<: ", "- - ", "[? ", "!!str ", "\\\\", "\\f", "$\\nu$ "),
)


def outcome(raw, limits=None):
    """What came of a file, and how many seconds of the processor it took."""
    started = time.process_time()
    try:
        result = parse_article(raw, PATH, ROOT, limits)
    except ArticleError as error:
        result = error
    return result, time.process_time() - started


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_a_megabyte_of_anything_is_read_or_refused_in_time(unit):
    many = unit * (MEGABYTE // len(unit.encode()))
    for start, end in (("extra: ", ""), ("", ""), ('extra: "', '"')):
        raw = f"---\n{REQUIRED}{start}{many}".encode()[: MEGABYTE - 10] + f"{end}\n---\n".encode()
        result, seconds = outcome(raw)
        assert seconds < 2, (start, seconds)
        assert isinstance(result, ArticleError) or result.url == "/why"


@pytest.mark.parametrize(
    ("front_matter", "line", "said"),
    [
        ("extra: " + "[" * 51, 5, "more than 50 levels deep (index.max_nesting)"),
        ("extra: [" + "a, " * 10_000 + "]", 5, "more than 10,000 values"),
        ("a: &a {x: 1}\n" + "\n".join(f"a{n}: &a {{<<: [{', '.join(['*a'] * 9)}]}}" for n in range(9)), 9, "values"),
        ("a: &a [b, b]\n" + "\n".join(f"a{n}: &a [{', '.join(['*a'] * 9)}]" for n in range(20)), 9, "values"),
        ("a: &a " + "b" * 500_000 + "\nc: [*a, *a, *a]", 6, "more than 1,048,576 characters"),
        ("%TAG !a! b\n" * 30, 5, "more than 20 lines that begin with %"),
    ],
)
def test_what_exceeds_a_limit_is_refused_by_name_before_it_is_made(front_matter, line, said):
    error, seconds = outcome(f"---\n{REQUIRED}{front_matter}\n---\n".encode())
    assert isinstance(error, ArticleError)
    assert said in error.problem
    assert error.line == line
    assert seconds < 1


def test_limits_are_the_ones_given():
    raw = f"---\n{REQUIRED}extra: [[a, b], [c]]\n---\n".encode()
    assert outcome(raw)[0].extra == (("extra", "[[a, b], [c]]"),)
    assert "levels deep" in outcome(raw, ReadingLimits(max_nesting=2))[0].problem
    assert "values" in outcome(raw, ReadingLimits(max_values=10))[0].problem
    assert "max_file_bytes" in outcome(raw, ReadingLimits(max_file_bytes=20))[0].problem


FIELDS = ("---\n", "extra", "date: ", "id: ", "seo: {title: ", "related_article1: ", "1", "}", "]", ", ", "é", "😀")
PIECES = st.sampled_from([*UNITS, *FIELDS, REQUIRED])


@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_any_front_matter_gives_an_article_or_an_article_error(text):
    for raw in (f"---\n{REQUIRED}{text}\n---\n".encode(), f"---\n{text}\n---\n".encode()):
        result, seconds = outcome(raw)
        assert isinstance(result, ArticleError) or result.question
        assert seconds < 1


@given(st.binary(max_size=300).map(lambda data: b"---\n" + REQUIRED.encode() + data + b"\n---\n") | st.binary())
def test_any_bytes_give_an_article_or_an_article_error(raw):
    result, seconds = outcome(raw)
    assert isinstance(result, ArticleError) or result.question
    assert seconds < 1
