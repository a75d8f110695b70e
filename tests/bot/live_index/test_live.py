"""What serves, and its replacement while it is used."""

from contextlib import contextmanager

import pytest

from bot.bot_bootstrap import ServableGenerations
from bot.live_index.live import Served


@pytest.fixture(scope="module")
def library(sample_settings):
    generations = ServableGenerations(sample_settings)
    serving = generations.open(generations.current_id())
    yield serving.library
    serving.close()


class Opened:
    """Opens a library as a new serving would, and knows whether it is open."""

    def __init__(self, library):
        self.library = library
        self.is_open = False

    @contextmanager
    def __call__(self):
        self.is_open = True
        yield self.library
        self.is_open = False


@pytest.fixture
def make(library):
    from bot.live_index.live import Serving  # noqa: PLC0415

    def make():
        opened = Opened(library)
        return Serving(opened()), opened

    return make


def test_a_serving_finds_articles_and_subjects(make):
    serving, _ = make()
    url = serving.titles.chosen_url(serving.titles.search("photosynthesis light sugar")[0].value)
    assert serving.article(url).question == "How does photosynthesis turn light into sugar?"
    assert serving.article("/nowhere") is None
    assert serving.subject("biology").name == "Biology"
    assert serving.subject("nothing") is None
    assert serving.generation_id == serving.library.generation.id
    titles = serving.titles.of_subject("biology")
    assert [title.question for title in titles] == sorted((t.question for t in titles), key=str.casefold)
    assert {title.subject.key for title in titles} == {"biology"}


def test_what_is_leased_stays_open_until_its_last_lease_ends(make):
    (first, first_opened), (second, second_opened) = make(), make()
    served = Served(first)
    with served.lease() as one, served.lease() as other:
        served.swap(second)
        assert one is other is first
        with served.lease() as new:
            assert new is second
        assert first_opened.is_open
    assert not first_opened.is_open
    assert second_opened.is_open
    served.close()
    assert not second_opened.is_open


def test_what_nobody_uses_is_closed_at_once(make):
    (first, first_opened), (second, _) = make(), make()
    served = Served(first)
    served.swap(second)
    assert not first_opened.is_open
    served.close()
