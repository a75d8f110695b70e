"""What serves, and its replacement while it is used."""

from contextlib import contextmanager

import pytest

from bot.live_index.live import LiveIndex
from bot.live_index.open_index import OpenIndex, keep_open


class Opened:
    """Opens an index of a generation that is open already, and knows whether it is open."""

    def __init__(self, index):
        self.index = index
        self.is_open = False

    @contextmanager
    def __call__(self):
        self.is_open = True
        yield OpenIndex(self.index.answerer, self.index.articles, excerpt_length=1000, others=5)
        self.is_open = False


@pytest.fixture
def make(index):
    def make():
        opened = Opened(index)
        return keep_open(opened()), opened

    return make


def test_an_open_index_finds_articles_and_subjects(make):
    index, _ = make()
    url = index.titles.chosen_url(index.titles.search("photosynthesis light sugar")[0].value)
    assert index.article(url).question == "How does photosynthesis turn light into sugar?"
    assert index.article("/nowhere") is None
    assert index.subject("biology").name == "Biology"
    assert index.subject("nothing") is None
    assert index.generation_id == index.articles.id
    titles = index.titles.of_subject("biology")
    assert [title.question for title in titles] == sorted((t.question for t in titles), key=str.casefold)
    assert {title.subject.key for title in titles} == {"biology"}


def test_what_is_leased_stays_open_until_its_last_lease_ends(make):
    (first, first_opened), (second, second_opened) = make(), make()
    live = LiveIndex(first)
    with live.lease() as one, live.lease() as other:
        live.swap(second)
        assert one is other is first
        with live.lease() as new:
            assert new is second
        assert first_opened.is_open
    assert not first_opened.is_open
    assert second_opened.is_open
    live.close()
    assert not second_opened.is_open


def test_what_nobody_uses_is_closed_at_once(make):
    (first, first_opened), (second, _) = make(), make()
    live = LiveIndex(first)
    live.swap(second)
    assert not first_opened.is_open
    live.close()
