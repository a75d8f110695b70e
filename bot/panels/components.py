"""What a message of the bot is made of, as frozen data without Discord; `bot.client.views` turns it into Components V2."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.rendering.blocks import ImageBlock, TextBlock
from bot.storage.records import MessageKind


class ButtonStyle(Enum):
    """What a button looks like; nothing is told by it alone."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line between two parts of a message."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button that the bot is told about.

    Attributes:
        label: At most 80 characters.
        custom_id: See `bot.panels.custom_ids`; unique in a message.
        style: What it looks like.
        is_disabled: It is shown but cannot be pressed.
    """

    label: str
    custom_id: str
    style: ButtonStyle = ButtonStyle.SECONDARY
    is_disabled: bool = False


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """A line of a select: label, value and description of at most 100 characters each."""

    label: str
    value: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Select:
    """A list to choose one line from.

    Attributes:
        custom_id: See `bot.panels.custom_ids`; unique in a message.
        placeholder: What stands there before anything is chosen, at most 150 characters.
        options: 1 to 25 lines with different values.
    """

    custom_id: str
    placeholder: str
    options: tuple[Option, ...]


Row = tuple[Button | LinkButton, ...] | Select
"""What stands side by side below a message: up to five buttons, or one select."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What must be remembered of a message so that its buttons and a follow-up work, also after a restart.

    The same as `bot.storage.records.AnsweredMessage`, without what is known only once the message was sent.

    Attributes:
        asker_id: The member who asked, and who may press the buttons.
        question: What was asked; empty where it is no answer.
        article_url: The article it shows now, or ``None`` where it shows candidates or no answer.
        generation: Id of the index generation that it was answered from.
        locale: Discord's code of the language that the bot speaks in it.
        candidates: Urls of the articles that it offers besides, best first.
        seen: Urls of the articles that it showed before and that the asker passed over.
        confidence: Calibrated probability of what it shows now; ``None`` where the member chose the article.
        page: 0 while the excerpt is shown, else the 1-based page of the whole article.
        subject_key: The subject it was looked for in, or ``None`` for all.
        above: The line above the panel, such as who asked.
        follow_up_to: The earlier question that was taken as context; empty where none was.
        is_volunteered: Nobody asked the bot for it.
        kind: What the message is.
    """

    asker_id: int
    question: str
    article_url: str | None
    generation: str
    locale: str
    candidates: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    confidence: float | None = None
    page: int = 0
    subject_key: str | None = None
    above: str = ""
    follow_up_to: str = ""
    is_volunteered: bool = False
    kind: MessageKind = MessageKind.ANSWER


@dataclass(frozen=True, slots=True)
class Panel:
    """A message, within every limit of Discord.

    Attributes:
        body: Texts, pictures and lines, top to bottom, framed together. Pictures that follow each other stand in one
            gallery.
        rows: What can be pressed, below the frame.
        above: A line above the frame, such as who asked; it may mention a member, which never pings. May be empty.
        is_private: Only whoever asked should see it, where Discord allows that.
        memory: What to remember once it was sent; ``None`` where nothing depends on it.
    """

    body: tuple[TextBlock | ImageBlock | Rule, ...]
    rows: tuple[Row, ...] = ()
    above: str = ""
    is_private: bool = False
    memory: Memory | None = None

    @property
    def images(self) -> tuple[ImageBlock, ...]:
        """The pictures, which are the files of the message; their names differ."""
        return tuple(part for part in self.body if isinstance(part, ImageBlock))


@dataclass(frozen=True, slots=True)
class Replace:
    """Show this in place of the message whose button was pressed."""

    panel: Panel


@dataclass(frozen=True, slots=True)
class Add:
    """Send this as a further message: to the member alone, or to everybody, as ``panel.is_private`` says."""

    panel: Panel


@dataclass(frozen=True, slots=True)
class Remove:
    """Delete the message whose button was pressed."""


Effect = Replace | Add | Remove
"""What pressing a button does."""
