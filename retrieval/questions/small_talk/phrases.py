"""What small talk says, by kind: a pattern for whole clauses, see `notation`.

No part of a pattern repeats without a bound and a clause has few words, so each takes a bounded number of steps. A
study question that looks alike says more than one of these phrases.
"""

from __future__ import annotations

import re

from retrieval.domain import NoAnswerReason
from retrieval.questions.small_talk.about_bot import ABOUT_THE_BOT
from retrieval.questions.small_talk.follow_on import FOLLOW_ON
from retrieval.questions.small_talk.moods import COMPLAINTS, FEELINGS
from retrieval.questions.small_talk.pleasantries import GREETINGS, THANKS
from retrieval.questions.small_talk.tasks import TASKS

PHRASES: tuple[tuple[NoAnswerReason, re.Pattern[str]], ...] = (
    (NoAnswerReason.CANNOT_DO, TASKS),
    (NoAnswerReason.FEELINGS, FEELINGS),
    (NoAnswerReason.GREETING, GREETINGS),
    (NoAnswerReason.THANKS, THANKS),
    (NoAnswerReason.COMPLAINT, COMPLAINTS),
    (NoAnswerReason.NEEDS_CONTEXT, FOLLOW_ON),
    (NoAnswerReason.ABOUT_THE_BOT, ABOUT_THE_BOT),
)
"""Kind of small talk → what it says; where a clause fits several kinds, the first counts."""
