"""Ids of buttons: what was written is read, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.member_errors import AnswerExpiredError
from bot.panels.custom_ids import ButtonAction, Pressed, is_panel_id, make_id, read_id

PAGES = st.integers(0, 10_000)
TOKENS = st.from_regex(r"[A-Za-z0-9_.~-]{1,25}", fullmatch=True)
TAKES = {
    ButtonAction.READ: (PAGES,),
    ButtonAction.SUBJECTS: (PAGES,),
    ButtonAction.ARTICLES: (TOKENS, PAGES),
}


@given(st.data(), st.sampled_from(ButtonAction), st.sampled_from(["", "back", "on"]))
def test_what_was_written_is_read(data, action, mark):
    arguments = [data.draw(argument) for argument in TAKES.get(action, ())]
    custom_id = make_id(action, *arguments, mark=mark)
    assert len(custom_id) <= 100
    assert is_panel_id(custom_id)
    assert read_id(custom_id) == Pressed(action, tuple(map(str, arguments)))


@given(st.sampled_from(ButtonAction), st.lists(st.sampled_from(["1", "22", "999999"]), max_size=6))
def test_an_id_with_too_few_or_too_many_arguments_is_unknown(action, arguments):
    custom_id = ":".join(("q1", action.value, *arguments))
    if len(arguments) == len(TAKES.get(action, ())):
        assert read_id(custom_id).arguments == tuple(arguments)
    else:
        with pytest.raises(AnswerExpiredError):
            read_id(custom_id)
        with pytest.raises(ValueError, match="is no id"):
            make_id(action, *arguments)


@given(st.text(max_size=120))
def test_other_ids_are_refused(custom_id):
    with pytest.raises(AnswerExpiredError):
        read_id(custom_id)


@pytest.mark.parametrize(
    "custom_id",
    [
        "q1:",
        "q1:open-everything",
        "q1:delete:",
        "q0:read:1",
        "q2:read:1",
        "q1:read",
        "q1:read:",
        "q1:read:1:2:3:4",
        "q1:read:seven",
        "q1:read:-1",
        "q1:read:1000000",
        "q1:read:١",
        "q1:read:a b",
        "q1:read:1\n",
        "q1:subjects:me",
        "q1:subjects:11:1",
        "q1:subject:11",
        "q1:articles:11:physics:1",
        "q1:articles:physics",
    ],
)
def test_ids_that_only_look_like_ours_are_refused(custom_id):
    assert is_panel_id(custom_id)
    with pytest.raises(AnswerExpiredError):
        read_id(custom_id)


@pytest.mark.parametrize("argument", ["", "a:b", "a b", "ü", "x" * 61])
def test_what_cannot_be_read_is_not_written(argument):
    with pytest.raises(ValueError, match="is no id"):
        make_id(ButtonAction.ARTICLES, argument, 1)


def test_numbers_are_numbers():
    assert read_id(make_id(ButtonAction.READ, 7)).number(0) == 7
