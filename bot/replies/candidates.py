"""No answer is certain: articles to choose from, or the plain statement that nothing fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.panels import Panel, Rule
from bot.rendering.blocks import TextBlock
from bot.rendering.escaping import escape_line
from bot.rendering.limits import MESSAGE_TEXT, shorten, text_length
from bot.rendering.reply_text import article_link, candidate_text
from bot.replies.controls import article_select, delete_button, lines_that_fit
from bot.replies.custom_ids import Action
from retrieval.domain import NoAnswerReason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.panels import Memory
    from bot.replies.look import Look
    from retrieval.domain import Article

_LONGEST_ABOVE = 600
_LONGEST_SUBJECT = 100


def candidates_panel(look: Look, articles: Sequence[Article], memory: Memory, *, is_private: bool) -> Panel:
    """One of these articles possibly answers: each with its question, subject and description.

    Args:
        look: What it is drawn with.
        articles: The candidates, best first.
        memory: What is remembered of the message.
        is_private: Only the asker sees it.
    """
    messages = look.messages
    title, hint = f"### {messages.t('candidates-title')}", f"-# {messages.t('candidates-hint')}"
    above = shorten(memory.above, _LONGEST_ABOVE)
    room = MESSAGE_TEXT - sum(map(text_length, (title, hint, above)))
    texts = [candidate_text(article, look.site_url, number=number) for number, article in enumerate(articles, start=1)]
    if sum(map(text_length, texts)) > room:  # links are long; what an article is about can be read after it was chosen
        texts = [text.partition("\n")[0] for text in texts]
    return Panel(
        body=(TextBlock(title), *map(TextBlock, texts), Rule(), TextBlock(hint)),
        rows=(
            *article_select(Action.CHOOSE, messages.t("select-candidates"), articles),
            (delete_button(messages),),
        ),
        above=above,
        is_private=is_private,
        memory=memory,
    )


def no_answer_panel(
    look: Look, reason: NoAnswerReason, closest: Sequence[Article], memory: Memory, *, subject_name: str | None
) -> Panel:
    """Nothing fits: said kindly, with the nearest titles and how to rephrase. Always private.

    Args:
        look: What it is drawn with.
        reason: Why nothing was answered.
        closest: The nearest articles, best first; may be empty.
        memory: What is remembered of the message.
        subject_name: The subject in which alone was looked, if any.
    """
    messages = look.messages
    above = shorten(memory.above, _LONGEST_ABOVE)
    if reason is NoAnswerReason.NOTHING_ASKED:
        body = (TextBlock(messages.t("none-nothing-asked")),)
        return Panel(body, ((delete_button(messages),),), above, is_private=True, memory=memory)
    advice = messages.t("none-rephrase")
    if subject_name is not None:
        advice += "\n" + messages.t("none-in-subject", subject=escape_line(shorten(subject_name, _LONGEST_SUBJECT)))
    text = f"### {messages.t('none-title')}\n{messages.t('none-text')}"
    parts = [text]
    if closest:
        lead = messages.t("none-closest")
        room = MESSAGE_TEXT - sum(map(text_length, (text, advice, lead, above))) - 1
        titles = (f"- {article_link(each, look.site_url)} · {escape_line(each.subject.name)}" for each in closest)
        parts.append(f"{lead}\n{lines_that_fit(titles, room)}")
    return Panel(
        body=(*map(TextBlock, parts), Rule(), TextBlock(advice)),
        rows=(
            *article_select(Action.CHOOSE, messages.t("select-articles"), closest),
            (delete_button(messages),),
        ),
        above=above,
        is_private=True,
        memory=memory,
    )
