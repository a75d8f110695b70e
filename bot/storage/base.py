"""The seam between the bot and what it remembers. Every method may raise `bot.storage.errors.StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.storage.records import AnsweredMessage, Feedback, FeedbackCounts


class AnsweredMessages(Protocol):
    """Which message answered what."""

    async def save(self, message: AnsweredMessage) -> None:
        """Remember a message, or remember it anew: its page or article has changed."""
        ...

    async def get(self, message_id: int) -> AnsweredMessage | None:
        """The message with this id, ``None`` if it is not remembered (any more)."""
        ...

    async def latest(self, channel_id: int, asker_id: int) -> AnsweredMessage | None:
        """The last message that answered this member in this channel: the context of what is asked next."""
        ...

    async def delete(self, message_id: int) -> bool:
        """Forget a message. Returns whether it was remembered."""
        ...

    async def recent_questions(self, limit: int) -> tuple[str, ...]:
        """Different questions that were asked of late, newest first; of nobody in particular."""
        ...


class FeedbackBook(Protocol):
    """What members thought of answers: of each member one opinion about each article that a message showed."""

    async def give(self, feedback: Feedback) -> None:
        """Write an opinion down, in place of an earlier one of the same member about the same article and message."""
        ...

    async def get(self, message_id: int, member_id: int, article_url: str) -> Feedback | None:
        """A member's opinion, ``None`` if there is none."""
        ...

    async def withdraw(self, message_id: int, member_id: int, article_url: str) -> bool:
        """Take an opinion back. Returns whether there was one."""
        ...

    async def counts(self, article_url: str) -> FeedbackCounts:
        """All opinions about an article, those included whose members and messages are forgotten."""
        ...


class SwitchedOnChannels(Protocol):
    """Channels and forums in which the bot answers by itself."""

    async def switch_on(self, guild_id: int, channel_id: int) -> bool:
        """Answer there from now on. Returns whether that is new."""
        ...

    async def switch_off(self, guild_id: int, channel_id: int) -> bool:
        """Answer there no longer. Returns whether that is new."""
        ...

    async def is_on(self, channel_id: int) -> bool:
        """Whether the bot answers there by itself."""
        ...

    async def of_guild(self, guild_id: int) -> tuple[int, ...]:
        """Ids of a server's switched-on channels, in the order in which they were switched on."""
        ...


class Posts(Protocol):
    """Posts that the bot has looked at by itself, so that it answers each of them once."""

    async def claim(self, post_id: int) -> bool:
        """Take a post. Returns ``True`` once for each id, however often and from wherever it is asked."""
        ...


class State(Protocol):
    """Small facts that outlive a restart, such as the digest of the commands that were synced last."""

    async def get(self, name: str) -> str | None:
        """The fact of this name, ``None`` if there is none."""
        ...

    async def set(self, name: str, value: str) -> None:
        """Remember a fact, in place of an earlier one of this name."""
        ...

    async def forget(self, name: str) -> None:
        """Remember a fact no longer, if it was remembered at all."""
        ...

    async def names(self, beginning: str) -> tuple[str, ...]:
        """The names that begin so, in order."""
        ...
