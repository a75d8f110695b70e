"""What small talk says, by kind: patterns for a whole clause of lower-case words with one space between them.

No part of a pattern repeats without a bound and a clause has few words, so each takes a bounded number of steps. A study
question that looks alike says more than one of these phrases.
"""

from __future__ import annotations

import re

from retrieval.answering.small_talk.about_bot import ABOUT_THE_BOT
from retrieval.answering.small_talk.follow_on import FOLLOW_ON
from retrieval.answering.small_talk.moods import COMPLAINTS, FEELINGS
from retrieval.answering.small_talk.pleasantries import GREETINGS, THANKS
from retrieval.answering.small_talk.tasks import TASKS
from retrieval.domain import NoAnswerReason


def _compiled(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, phrases))


PHRASES: tuple[tuple[NoAnswerReason, tuple[re.Pattern[str], ...]], ...] = (
    (NoAnswerReason.CANNOT_DO, _compiled(TASKS)),
    (NoAnswerReason.FEELINGS, _compiled(FEELINGS)),
    (NoAnswerReason.GREETING, _compiled(GREETINGS)),
    (NoAnswerReason.THANKS, _compiled(THANKS)),
    (NoAnswerReason.COMPLAINT, _compiled(COMPLAINTS)),
    (NoAnswerReason.NEEDS_CONTEXT, _compiled(FOLLOW_ON)),
    (NoAnswerReason.ABOUT_THE_BOT, _compiled(ABOUT_THE_BOT)),
)
"""Kind of small talk → what it says; where a clause fits several kinds, the first counts."""
