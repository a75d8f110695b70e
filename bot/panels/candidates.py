"""No answer is certain: articles to choose from, or the plain statement that nothing fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.panels.components import Panel, Rule
from bot.panels.controls import above_line, article_select, delete_button, follow_up_line, lines_that_fit
from bot.panels.custom_ids import ButtonAction
from bot.rendering.blocks import TextBlock
from bot.rendering.escaping import escape_short
from bot.rendering.limits import MESSAGE_TEXT, text_length
from bot.rendering.reply_text import article_link, candidate_text, subject_label
from retrieval.domain import NoAnswerReason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.panels.context import RenderContext
    from bot.storage.records import Memory
    from retrieval.domain import Article

_MAX_SUBJECT_LENGTH = 100
_MAX_QUESTION_LENGTH = 100
_KIND_LINES = {
    NoAnswerReason.NOTHING_ASKED: "none-nothing-asked",
    NoAnswerReason.GREETING: "none-greeting",
    NoAnswerReason.THANKS: "none-thanks",
    NoAnswerReason.FEELINGS: "none-feelings",
    NoAnswerReason.COMPLAINT: "none-complaint",
    NoAnswerReason.ABOUT_THE_BOT: "none-about-the-bot",
    NoAnswerReason.CANNOT_DO: "none-cannot-do",
    NoAnswerReason.NEEDS_CONTEXT: "none-needs-context",
}


def candidates_panel(
    context: RenderContext,
    articles: Sequence[Article],
    memory: Memory,
    *,
    is_private: bool,
    questions: Sequence[str] = (),
) -> Panel:
    """One of these articles possibly answers: each with its question, subject and description.

    Args:
        articles: The candidates, best first.
        questions: For each of them the question of the message that it is for, where there were several.
    """
    messages = context.messages
    title = f"### {messages.t('several-title' if questions else 'candidates-title')}"
    hints = (f"-# {messages.t('candidates-hint')}", follow_up_line(messages, memory.follow_up_to))
    hint = "\n".join(filter(None, hints))
    above = above_line(memory)
    room = MESSAGE_TEXT - sum(map(text_length, (title, hint, above)))
    texts = _candidate_texts(context, articles, questions, is_described=True)
    if sum(map(text_length, texts)) > room:  # links are long; what an article is about can be read after it was chosen
        texts = _candidate_texts(context, articles, questions, is_described=False)
    return Panel(
        body=(TextBlock(title), *map(TextBlock, texts), Rule(), TextBlock(hint)),
        rows=(
            *article_select(ButtonAction.CHOOSE, messages.t("select-candidates"), articles),
            (delete_button(messages),),
        ),
        above=above,
        is_private=is_private,
        memory=memory,
    )


def no_answer_panel(
    context: RenderContext,
    reason: NoAnswerReason,
    closest: Sequence[Article],
    memory: Memory,
    *,
    subject_name: str | None,
) -> Panel:
    """Nothing fits: said kindly, with the nearest titles and how to rephrase; small talk gets one line. Always private.

    Args:
        closest: The nearest articles, best first; may be empty.
        subject_name: The subject in which alone was looked, if any.
    """
    messages = context.messages
    above = above_line(memory)
    if reason in _KIND_LINES:
        body = (TextBlock(messages.t(_KIND_LINES[reason])),)
        return Panel(body, ((delete_button(messages),),), above, is_private=True, memory=memory)
    advice = messages.t("none-rephrase")
    if subject_name is not None:
        advice += "\n" + messages.t("none-in-subject", subject=escape_short(subject_name, _MAX_SUBJECT_LENGTH))
    text = f"### {messages.t('none-title')}\n{messages.t('none-text')}"
    nearest = _nearest_titles(context, closest, MESSAGE_TEXT - sum(map(text_length, (text, advice, above))))
    return Panel(
        body=(*map(TextBlock, (text, *nearest)), Rule(), TextBlock(advice)),
        rows=(
            *article_select(ButtonAction.CHOOSE, messages.t("select-articles"), closest),
            (delete_button(messages),),
        ),
        above=above,
        is_private=True,
        memory=memory,
    )


def _nearest_titles(context: RenderContext, closest: Sequence[Article], room: int) -> tuple[str, ...]:
    """One text with as many titles as there is room for; none where nothing is near."""
    if not closest:
        return ()
    lead = context.messages.t("none-closest")
    titles = (f"- {article_link(each, context.site_url)} · {subject_label(each)}" for each in closest)
    return (f"{lead}\n{lines_that_fit(titles, room - text_length(lead) - 1)}",)


def _candidate_texts(
    context: RenderContext, articles: Sequence[Article], questions: Sequence[str], *, is_described: bool
) -> list[str]:
    texts = [
        candidate_text(article, context.site_url, number=number, is_described=is_described)
        for number, article in enumerate(articles, start=1)
    ]
    if not questions:
        return texts
    lines = [f"-# {escape_short(question, _MAX_QUESTION_LENGTH)}" for question in questions]
    return [f"{line}\n{text}" for line, text in zip(lines, texts, strict=True)]
