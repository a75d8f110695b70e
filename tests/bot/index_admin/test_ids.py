"""Ids of the buttons under a build of the index: written and read strictly, since anybody may send any."""

from __future__ import annotations

import pytest

from bot.index_admin.admin import new_build_key
from bot.index_admin.ids import IndexAction, IndexPressed, is_index_id, make_index_id, read_index_id
from bot.member_errors import AnswerExpiredError, BuildEndedError
from bot.panels.custom_ids import MAX_ID_LENGTH
from retrieval.generations.manifest import new_id


def test_what_is_written_is_read_and_fits_into_an_id_of_discord():
    for action in IndexAction:
        argument = new_build_key() if action is IndexAction.CANCEL else new_id()
        custom_id = make_index_id(action, argument)
        assert is_index_id(custom_id)
        assert len(custom_id) <= MAX_ID_LENGTH
        assert read_index_id(custom_id) == IndexPressed(action, argument)


@pytest.mark.parametrize(
    "argument", ["", ":", ":0123", f":{'0' * 17}", f":{'g' * 16}", f":{'0' * 16}:1", f":{'0' * 16}\n"]
)
def test_a_button_that_names_no_build_stops_none(argument):
    with pytest.raises(BuildEndedError):
        read_index_id(f"x1:index:cancel{argument}")


@pytest.mark.parametrize(
    "said", ["rollback", "rollback:", "confirm:../../etc", f"confirm:{'0' * 16}", "prune:1", "", ":"]
)
def test_what_this_bot_never_wrote_is_refused(said):
    with pytest.raises(AnswerExpiredError):
        read_index_id(f"x1:index:{said}")


def test_an_id_is_never_written_without_what_it_is_about():
    for action in IndexAction:
        with pytest.raises(ValueError, match=action.value):
            make_index_id(action, "")
