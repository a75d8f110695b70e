"""Ids of buttons: what was written is read, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.member_errors import AnswerExpiredError
from bot.replies.custom_ids import Action, Pressed, is_ours, make_id, read_id

ARGUMENTS = st.lists(st.from_regex(r"[A-Za-z0-9_.~-]{1,25}", fullmatch=True), max_size=3)


@given(st.sampled_from(Action), ARGUMENTS, st.sampled_from(["", "back", "on"]))
def test_what_was_written_is_read(action, arguments, mark):
    custom_id = make_id(action, *arguments, mark=mark)
    assert len(custom_id) <= 100
    assert is_ours(custom_id)
    assert read_id(custom_id) == Pressed(action, tuple(arguments))


@given(st.text(max_size=120))
def test_other_ids_are_refused(custom_id):
    with pytest.raises(AnswerExpiredError):
        read_id(custom_id)


@pytest.mark.parametrize(
    "custom_id", ["q1:", "q1:open-everything", "q0:read:1", "q2:read:1", "q1:read:1:2:3:4", "q1:read:a b", "q1:read:\n"]
)
def test_ids_that_only_look_like_ours_are_refused(custom_id):
    assert is_ours(custom_id)
    with pytest.raises(AnswerExpiredError):
        read_id(custom_id)


@pytest.mark.parametrize("argument", ["", "a:b", "a b", "ü", "x" * 61])
def test_what_cannot_be_read_is_not_written(argument):
    with pytest.raises(ValueError, match="is no id"):
        make_id(Action.READ, argument)


def test_numbers_are_read_leniently():
    assert read_id(make_id(Action.READ, 7)).number(0) == 7
    assert read_id("q1:read:seven").number(0) == 1
    assert read_id("q1:read").number(0, default=3) == 3
