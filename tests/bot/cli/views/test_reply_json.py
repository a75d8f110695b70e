"""Replies as JSON: the documented schema."""

import json

import pytest

from bot.cli.views.reply_json import reply_json
from tests.bot.cli.replies import ANSWER_TEXT, BEST, CANDIDATES, NO_ANSWER, NOTHING_ASKED, SITE, answered

KEYS = ["schema", "question", "outcome", "reason", "confidence", "confidence_words", "answer", "related", "matches"]


@pytest.mark.parametrize("reply", [answered(), CANDIDATES, NO_ANSWER, NOTHING_ASKED])
def test_every_outcome_has_the_same_keys_and_is_plain_json(reply):
    data = reply_json(reply, SITE)
    assert list(data) == KEYS
    assert json.loads(json.dumps(data)) == data
    assert data["schema"] == 1


def test_an_answer():
    data = reply_json(answered(), SITE)
    assert (data["outcome"], data["reason"], data["confidence"]) == ("answer", None, 0.934)
    assert data["confidence_words"] == "very likely"
    assert data["answer"]["link"] == "https://example.org/learn/biology/what-is-osmosis"
    assert data["answer"]["subject"] == {"key": "biology", "name": "Biology"}
    assert [also["subject"]["key"] for also in data["answer"]["also_in"]] == ["chemistry"]
    start = ANSWER_TEXT.index(BEST)
    assert data["answer"]["excerpt"] == {
        "text": ANSWER_TEXT,
        "start": 0,
        "end": len(ANSWER_TEXT),
        "spans": [[0, len(ANSWER_TEXT)]],
        "heading_path": ["Transport", "Passive"],
        "best_sentence": {"text": BEST, "start": start, "end": start + len(BEST)},
    }
    assert [match["question"] for match in data["matches"]] == ["What is diffusion?", "What is osmotic pressure?"]
    assert [article["url"] for article in data["related"]] == ["/learn/chemistry/what-is-osmotic-pressure"]


def test_candidates_bring_their_excerpts():
    data = reply_json(CANDIDATES, SITE)
    assert (data["outcome"], data["answer"]) == ("candidates", None)
    assert [match["excerpt"]["best_sentence"]["text"] for match in data["matches"]] == [BEST, BEST]


def test_no_answer_gives_its_reason():
    data = reply_json(NO_ANSWER, SITE)
    assert (data["outcome"], data["reason"]) == ("no_answer", "nothing_fits")
    assert [match["url"] for match in data["matches"]] == ["/learn/biology/what-is-diffusion"]
    assert data["matches"][0]["excerpt"] is None
    assert reply_json(NOTHING_ASKED, SITE)["reason"] == "nothing_asked"
