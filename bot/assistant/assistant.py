"""The interface that the Discord cogs call; `bot.assistant.asker.Asker` implements it, and tests have a fake.

Every method may raise a `bot.member_errors.MemberError`, or an error of the index, the model or the database:
`bot.client.error_messages` has words for each. What takes long is done in threads; the event loop is never blocked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.assistant.suggester import Suggester
    from bot.callers import Caller, Names
    from bot.monitoring.asked import AskedMonitor
    from bot.panels.components import Effect, Panel
    from bot.storage.records import Memory


class Assistant(Protocol):
    """Everything that members can ask of the bot."""

    @property
    def names(self) -> Names:
        """How the bot and its commands are called in texts."""
        ...

    @names.setter
    def names(self, names: Names) -> None: ...

    @property
    def suggester(self) -> Suggester:
        """Suggestions while a member types; its methods never raise."""
        ...

    @property
    def monitor(self) -> AskedMonitor:
        """Observes what members ask; whoever takes a question opens an observation around it."""
        ...

    async def ask(
        self, caller: Caller, question: str, *, subject: str | None = None, private: bool = False, above: str = ""
    ) -> Panel:
        """Answer a question: with an answer, with candidates, or with the plain statement that nothing fits.

        Args:
            caller: Who asks, and where. Counts against the member's and the server's allowance.
            question: What was typed, or the value of a suggestion, which is answered with exactly that article.
            subject: Key or name of a subject to look in.
            private: Only the caller shall see it. A panel with no answer or an error of the member is always private.
            above: A line above the panel, such as which message it is about.
        """
        ...

    async def follow_up(self, caller: Caller, question: str, message_id: int | None) -> Panel:
        """Answer a question whose context is an earlier answer of the bot.

        Args:
            caller: Who asks, and where. Counts against the allowances.
            question: What was typed, such as "and the potassium?".
            message_id: The bot's message that it replies to; ``None`` in a direct message, where the last answer to
                this member in this channel is the context. Where nothing is remembered, it is asked without context.
        """
        ...

    async def volunteer(self, caller: Caller, question: str) -> Panel | None:
        """Answer a post that nobody asked the bot about: only with a confident answer, else ``None``.

        Args:
            caller: Who wrote the post, and where. Counts against allowances for such posts alone; beyond them it is
                ``None``, too.
            question: The post's title and text.
        """
        ...

    async def article(self, caller: Caller, title: str) -> Panel:
        """Show an article by the value of a suggestion, or the one that comes nearest to what was typed."""
        ...

    async def related(self, caller: Caller, title: str) -> Panel:
        """Show the articles that an article, found as for `article`, names as related."""
        ...

    async def browse(self, caller: Caller, subject: str | None) -> Panel:
        """Show the subjects, or the first page of a subject's articles."""
        ...

    async def help(self, caller: Caller) -> Panel:
        """How to ask, and what the buttons do."""
        ...

    async def about(self, caller: Caller) -> Panel:
        """What the bot is, which index serves, and what is remembered."""
        ...

    async def greet(self, caller: Caller) -> Panel:
        """What to say to a mention without a question, or to somebody's first direct message."""
        ...

    async def no_text(self, caller: Caller) -> Panel:
        """What to say where the bot was asked about something in which it can read no text."""
        ...

    async def forget_me(self, caller: Caller) -> Panel:
        """Delete everything that is remembered about the caller."""
        ...

    async def press(
        self, caller: Caller, message_id: int, custom_id: str, values: Sequence[str] = ()
    ) -> Sequence[Effect]:
        """What pressing a button, or choosing in a select, does.

        Args:
            caller: Who pressed it, and where. Counts against an allowance of its own.
            values: What was chosen in a select.
        """
        ...

    async def sent(self, caller: Caller, memory: Memory, message_id: int, *, private: bool) -> None:
        """Remember a message that was sent or edited.

        Args:
            caller: Whom it answers, and where it stands.
            memory: What the panel wants remembered.
            private: Only the caller sees it, as it turned out.
        """
        ...

    async def deleted(self, message_id: int) -> None:
        """Forget a message that was deleted, by whomever."""
        ...
