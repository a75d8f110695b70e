"""The parts of a message as frozen data without Discord; `bot.client.views` turns them into Components V2."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.rendering.blocks import ImageBlock, TextBlock
from bot.storage.records import Memory


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


Row = tuple[Button, ...] | Select
"""What stands side by side below a message: up to five buttons, or one select."""


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
