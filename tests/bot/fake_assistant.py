"""A small assistant that needs no index, for tests."""

from __future__ import annotations

from bot.callers import Names
from bot.live_index.title_search import Choice
from bot.monitoring.asked import AskedMonitor
from bot.monitoring.metrics import Metrics
from bot.panels.components import Button, Panel, Replace
from bot.rendering.blocks import TextBlock


class FakeSuggester:
    """Suggests what was typed."""

    async def articles(self, typed, subject=None, *, member_id=None):  # noqa: ARG002  # of the protocol
        return [Choice(f"{typed} in {subject}", typed)]

    async def subjects(self, typed, locale, *, member_id=None):  # noqa: ARG002  # of the protocol
        return [Choice(f"{typed} in {locale}", typed)]


class FakeAssistant:
    """A `bot.assistant.assistant.Assistant` that says what it was asked, and remembers it.

    Attributes:
        calls: The name of each method that was called, with its arguments after the caller.
        raises: What every question raises, if anything.
    """

    def __init__(self) -> None:
        self.names = Names()
        self.suggester = FakeSuggester()
        self.monitor = AskedMonitor(Metrics())
        self.calls: list[tuple[object, ...]] = []
        self.raises: Exception | None = None

    async def ask(self, _caller, question, *, subject=None, private=False, above=""):
        return self._panel("ask", question, subject, private=private, above=above)

    async def follow_up(self, _caller, question, message_id):
        return self._panel("follow_up", question, message_id)

    async def volunteer(self, _caller, question):
        return self._panel("volunteer", question)

    async def article(self, _caller, title):
        return self._panel("article", title)

    async def related(self, _caller, title):
        return self._panel("related", title)

    async def browse(self, _caller, subject):
        return self._panel("browse", subject)

    async def help(self, _caller):
        return self._panel("help", private=True)

    async def about(self, _caller):
        return self._panel("about", private=True)

    async def greet(self, _caller):
        return self._panel("greet")

    async def no_text(self, _caller):
        return self._panel("no_text")

    async def forget_me(self, _caller):
        return self._panel("forget_me", private=True)

    async def press(self, _caller, message_id, custom_id, values=()):
        return [Replace(self._panel("press", message_id, custom_id, *values))]

    async def sent(self, caller, memory, message_id, *, private):
        self.calls.append(("sent", caller, memory, message_id, private))

    async def deleted(self, message_id):
        self.calls.append(("deleted", message_id))

    def _panel(self, name, *arguments, private=False, above=""):
        if self.raises is not None:
            raise self.raises
        self.calls.append((name, *arguments))
        said = " ".join(str(part) for part in (name, *arguments))
        return Panel((TextBlock(said),), ((Button("Go", "q1:read"),),), above, is_private=private)
