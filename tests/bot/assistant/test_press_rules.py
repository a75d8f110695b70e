"""Who may press what, whatever a press says of itself."""

from __future__ import annotations

import pytest

from bot.assistant.press_rules import ASKER_ONLY
from bot.live_index.title_search import token_of
from bot.member_errors import AnswerExpiredError, NotYoursError
from bot.panels.custom_ids import ButtonAction, make_id
from tests.bot.assistants import ADA, BOB, SUGAR


def every_id():
    arguments = {ButtonAction.READ: (1,), ButtonAction.SUBJECTS: (1,), ButtonAction.ARTICLES: ("NOSUCHSUBJECT", 1)}
    return {action: make_id(action, *arguments.get(action, ())) for action in ButtonAction}


def test_what_a_button_does_depends_on_what_is_remembered_of_its_message_alone(desk):
    async def scenario(desk):
        answer, shown = await desk.ask(ADA, SUGAR)
        listed = await desk.send(ADA, await desk.assistant.browse(ADA, None))
        related = await desk.send(ADA, await desk.assistant.related(ADA, SUGAR))
        fitting = {
            answer: set(ButtonAction)
            - {
                ButtonAction.SUBJECTS,
                ButtonAction.SUBJECT,
                ButtonAction.ARTICLES,
                ButtonAction.OPEN,
                ButtonAction.SHARE,
            },
            listed: {ButtonAction.SUBJECTS, ButtonAction.SUBJECT, ButtonAction.ARTICLES, ButtonAction.OPEN},
            related: {ButtonAction.OPEN},
            1: set(),
        }
        some = token_of(shown.memory.article_url)
        for message_id, actions in fitting.items():
            for action in set(ButtonAction) - actions:
                for value in (some, "physics", ""):
                    with pytest.raises(AnswerExpiredError):
                        await desk.assistant.press(ADA, message_id, every_id()[action], [value])
        for action in fitting[answer] & ASKER_ONLY | fitting[listed] & ASKER_ONLY:
            message_id = answer if action in fitting[answer] else listed
            with pytest.raises(NotYoursError):
                await desk.assistant.press(BOB, message_id, every_id()[action], [some])

    desk(scenario)
