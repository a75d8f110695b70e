"""Lengths as Discord counts them, and texts made to fit."""

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.escaping import escape_line, escape_short, shorten_escaped
from bot.rendering.limits import shorten, text_length

ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from("*_\\@<😀")), max_size=80)


@given(ANY_TEXT)
def test_a_character_beyond_the_first_plane_counts_twice(text):
    assert text_length(text) == sum(2 if character > "\uffff" else 1 for character in text)


@given(ANY_TEXT, st.integers(2, 60))
def test_as_much_of_the_beginning_as_fits_is_kept(text, limit):
    short = shorten(text, limit)
    assert text_length(short) <= limit
    if short != text:
        assert short.endswith("…")
        kept = short[:-1]
        assert text.startswith(kept)
        assert text_length(text[: len(kept) + 1]) > limit - 1


@given(ANY_TEXT, st.integers(10, 60))
def test_what_is_escaped_fits_escaped(text, limit):
    short = escape_short(text, limit)
    assert text_length(short) <= limit
    assert short == escape_line(text) or short.endswith("…")


@given(ANY_TEXT, st.integers(10, 60))
def test_escaped_text_is_not_cut_between_a_backslash_and_what_it_escapes(text, limit):
    short = shorten_escaped("\\*" * 40 + escape_line(text), limit)
    assert text_length(short) <= limit
    kept = short.removesuffix("…")
    assert (len(kept) - len(kept.rstrip("\\"))) % 2 == 0
