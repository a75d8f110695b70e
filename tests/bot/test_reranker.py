"""A reranker by its setting, from the settings to the reply: what it changes, and that all goes on without it."""

import logging

import pytest

from bot.bootstrap import make_store, open_index
from bot.bot_bootstrap import index_opener
from retrieval.answering.reranking import Reranker
from retrieval.domain import Answer, Candidates
from tests.bot.small_index import build, write
from tests.fake_cross_encoder import FakeClock, FakeCrossEncoder
from tests.small_cross_encoder import save_cross_encoder

VAGUE = "what happens there and why?"
"""Fits none of the three articles much better than the others."""

CLEAR = "how do bees make honey?"
MINUTES = {"reranker_milliseconds": 10_000.0}
"""Time enough for any machine, however busy."""


@pytest.fixture(scope="session")
def preferring(tmp_path_factory):
    """Folders of cross-encoders that prefer whatever holds a word."""
    return {word: save_cross_encoder(tmp_path_factory.mktemp(word), favourite=word) for word in ("iron", "moon")}


def with_reranker(settings, model, **changes):
    retrieval = settings.retrieval.model_copy(update={"reranker": str(model), **changes})
    return settings.model_copy(update={"retrieval": retrieval})


def ranked(settings, question, **options):
    """Names of the articles, best first, and what the reranker says of each."""
    with open_index(settings, **options) as index:
        hits = index.answerer.rank(question)
    return [hit.article.url.rpartition("/")[2] for hit in hits], [hit.evidence.reranker for hit in hits]


def replies(settings, **options):
    """What is said to three questions: the outcome, the articles, and how sure it is, but for rounding."""
    with open_index(settings, **options) as index:
        return [told(index.ask(question)) for question in (VAGUE, CLEAR, "osmosis")]


def told(reply):
    match reply:
        case Answer():
            hits = (reply.hit, *reply.others)
        case Candidates():
            hits = reply.hits
        case _:
            hits = reply.closest
    return type(reply), [hit.article.url for hit in hits], round(reply.confidence, 9)


@pytest.mark.parametrize(("word", "article"), [("iron", "rust"), ("moon", "tides")])
def test_an_article_that_the_reranker_prefers_is_found_first(word, article, settings, preferring):
    names, said = ranked(with_reranker(settings, preferring[word], **MINUTES), VAGUE)
    assert names[0] == article
    assert len(names) == 3
    assert said[0] == max(said)
    assert min(said) < said[0]


def test_the_reranker_alone_brings_nothing_up_that_all_else_speaks_against(settings, preferring):
    names, said = ranked(with_reranker(settings, preferring["iron"], **MINUTES), CLEAR)
    assert names[0] == "bees"
    assert names[said.index(max(said))] == "rust"


def test_without_the_setting_there_is_no_reranker_and_no_line_about_one(settings, caplog):
    with caplog.at_level(logging.INFO):
        assert ranked(settings, VAGUE)[1] == [None, None, None]
    assert "rerank" not in caplog.text


def lines_about_it(caplog):
    return [record.getMessage() for record in caplog.records if "rerank" in record.getMessage()]


def test_a_reranker_that_is_missing_or_of_another_kind_changes_no_reply_and_says_so_in_one_line(
    settings, tmp_path, caplog
):
    encoder = tmp_path / "encoder"
    encoder.mkdir()
    (encoder / "config.json").write_text('{"architectures": ["BertModel"]}')
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "config.json").write_text(
        '{"architectures": ["BertForSequenceClassification"], "id2label": {"0": "no", "1": "yes"}}'
    )
    expected = replies(settings)
    for model, problem in [
        ("nobody/no-such-reranker", "neither a folder nor a model that was downloaded to this machine before"),
        (encoder, "is no classifier of pairs of texts but was made for BertModel"),
        (tmp_path / "labels", "tells 2 labels apart instead of scoring"),
    ]:
        caplog.clear()
        assert replies(with_reranker(settings, model)) == expected
        (line,) = lines_about_it(caplog)
        assert line.startswith("retrieval.reranker cannot be used, questions are answered without it: ")
        assert f"{str(model)!r}: {problem}" in line
        assert "\n" not in line


def test_a_reranker_that_is_too_slow_for_its_time_changes_no_reply_and_says_so_in_one_line(
    settings, preferring, caplog
):
    expected = replies(settings)
    assert replies(with_reranker(settings, preferring["iron"], reranker_milliseconds=1e-6)) == expected
    (line,) = lines_about_it(caplog)
    assert "reads a section in" in line
    assert "raise retrieval.reranker_milliseconds" in line


def test_a_reranker_that_becomes_too_slow_changes_no_reply_and_says_so_in_one_line(settings, caplog):
    clock = FakeClock()
    slow = Reranker(FakeCrossEncoder(len, clock, seconds=3.0), seconds=0.04, clock=clock)
    expected = replies(settings)
    assert replies(settings, reranker=lambda: slow) == expected
    (line,) = lines_about_it(caplog)
    assert "read fewer than 2 articles in 40 ms" in line


def test_the_bot_opens_one_reranker_for_all_generations_and_says_once_that_there_is_none(settings, caplog):
    open_one = index_opener(with_reranker(settings, "nobody/no-such-reranker"))
    first = open_one(make_store(settings).current_id())
    write(settings, "yeast", "Why does dough rise?", "Yeast makes gas, which lifts the dough.")
    second = open_one(build(settings))
    for index in (first, second):
        index.close()
    assert first.generation_id != second.generation_id
    assert len(lines_about_it(caplog)) == 1
