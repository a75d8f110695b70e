"""How often a question is embedded, looked for and quoted from: once a press, once a reading of a follow-up."""

from __future__ import annotations

import pytest

from bot.assistant.composer import Composer, MemberQuestion
from bot.assistant.follow_ups import EarlierQuestion, interpret
from bot.assistant.presses import effects_of
from bot.live_index.open_index import OpenIndex
from bot.messages.catalogue import Messages
from bot.panels.components import Add, Replace
from bot.panels.context import RenderContext
from bot.panels.custom_ids import ButtonAction, Pressed
from bot.storage.records import AnsweredMessage
from retrieval.answering.answerer import Answerer
from retrieval.domain import Answer
from tests.bot.assistants import ADA
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.article_files import small_corpus
from tests.retrieval.models import eager


class CountingEncoder(HashingEncoder):
    """Knows every question that it embedded."""

    def __init__(self):
        super().__init__()
        self.asked: list[str] = []

    def encode_query(self, text):
        self.asked.append(text)
        return super().encode_query(text)


class CountingIndex:
    """A `SearchIndex` that counts its searches."""

    def __init__(self, index):
        self._index = index
        self.searches = 0

    def search(self, request):
        self.searches += 1
        return self._index.search(request)


class CountingCorpus:
    """A `Corpus` that knows the rows of the articles that were quoted."""

    def __init__(self, generation):
        self._generation = generation
        self.search_index = CountingIndex(generation.search_index)
        self.quoted: list[int] = []

    def sections(self, row):
        self.quoted.append(row)
        return self._generation.sections(row)

    def __getattr__(self, name):
        return getattr(self._generation, name)


class Effort:
    """An open index over four articles, and what was done in it since it was last looked at."""

    def __init__(self, generation, encoder):
        self._encoder, self._corpus = encoder, CountingCorpus(generation)
        answerer = Answerer(self._corpus, encoder, model=eager())
        self.index = OpenIndex(answerer, generation, excerpt_length=1000, others=3)
        self.composer = Composer(
            self.index, RenderContext(Messages.for_locale("en-US"), "https://example.org", lambda _tex: None)
        )
        self.spent()

    def spent(self):
        """Questions that were embedded, the number of searches, and of quoted articles."""
        spent = len(self._encoder.asked), self._corpus.search_index.searches, len(self._corpus.quoted)
        self._encoder.asked.clear()
        self._corpus.quoted.clear()
        self._corpus.search_index.searches = 0
        return spent


@pytest.fixture
def effort(tmp_path):
    corpus = small_corpus(tmp_path)
    corpus.encoder = CountingEncoder()
    corpus.build()
    with corpus.open() as generation:
        yield Effort(generation, corpus.encoder)


@pytest.fixture
def answered(effort):
    """What is remembered of an answer that its asker alone sees."""
    question = "why does the dough rise"
    panel = effort.composer.reply(ADA, MemberQuestion(question, private=True), effort.index.ask(question))
    assert effort.spent() == (1, 1, 1)
    return AnsweredMessage(5001, ADA.channel_id, ADA.guild_id, panel.memory, private=True)


def test_sharing_looks_for_the_question_once(effort, answered):
    public, private = effects_of(effort.composer, ADA, Pressed(ButtonAction.SHARE), answered, ())
    assert effort.spent() == (1, 1, 1)
    assert isinstance(public, Add)
    assert isinstance(private, Replace)
    assert public.panel.body == private.panel.body
    assert public.panel.memory.article_url == "/learn/biology/yeast"


def test_the_next_match_is_looked_for_once(effort, answered):
    (effect,) = effects_of(effort.composer, ADA, Pressed(ButtonAction.NOT_THIS), answered, ())
    assert effort.spent() == (1, 1, 1)
    ranking = effort.index.answerer.ranking(answered.memory.question, others=24)
    first, *others = ranking.hits
    assert effect.panel.memory.article_url == others[0].article.url
    assert effect.panel.memory.confidence == pytest.approx(
        eager().confidence.probability(ranking.facts, others, passed_over=first.share)
    )


def test_a_page_is_turned_without_looking_for_anything(effort, answered):
    effects_of(effort.composer, ADA, Pressed(ButtonAction.READ, ("1",)), answered, ())
    assert effort.spent() == (0, 0, 0)


@pytest.mark.parametrize(
    ("question", "readings"),
    [
        ("why?", 2),  # alone and together
        ("and basalt?", 5),  # besides in the place of each of three words
        ("what causes the erosion of soil and rock", 1),
    ],
)
def test_of_a_follow_up_each_reading_is_ranked_and_one_is_quoted(effort, question, readings):
    _, reply = interpret(effort.index, question, EarlierQuestion("how does dough rise quickly"))
    assert isinstance(reply, Answer)
    assert effort.spent() == (readings, readings, 1)
