"""What is quoted: verbatim, whole, within the length, and the part that answers."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.excerpts import make_excerpt
from retrieval.articles.markdown.plain_text import block_spans
from retrieval.articles.parsing import read_article
from retrieval.articles.sections import split_sentences
from retrieval.domain import LEFT_OUT, Section, Sentence
from tests.conftest import ROOT
from tests.retrieval.articles.sentence_spans import sentence_spans

CONTENT = ROOT / "content"

TIDES = """## Cause

The moon pulls at the water that is nearest to it. The water on the far side is left behind. So there are two bulges.

## Timing

High water comes about every twelve hours and twenty-five minutes. It is later by fifty minutes each day.

```python
def height(hours):
    return 2 + 1.5 * cos(hours * tau / 12.42)
```

| place | range |
|---|---|
| open sea | half a metre |
| Fundy bay | sixteen metres |

$$h(t) = h_0 + a \\cos(\\omega t)$$

## Use

Mills and power stations let the falling water turn a wheel.

The moon makes the tides, in short. They have their uses."""


def sections_at(answer, *headings):
    starts = [0, *(answer.index(heading) for heading in headings), len(answer)]
    names = ["", *headings]
    return [
        Section(ordinal, start, end, (names[ordinal].strip("# "),) if ordinal else (), "")
        for ordinal, (start, end) in enumerate(pairwise(starts))
    ]


TIDE_SECTIONS = sections_at(TIDES, "## Timing", "## Use")


def wanting(*phrases):
    """Scores sentences by whether they hold one of the phrases."""

    def score(sentences):
        return [float(any(phrase in sentence for phrase in phrases)) for sentence in sentences]

    return score


def excerpt_of(answer, sections, scores, score, **options):
    sentences = split_sentences(answer)
    coverages = score([answer[each.start : each.end] for each in sentences])
    return make_excerpt(answer, sentences, sections, scores, coverages, **options)


def quote(phrase, length=1000, answer=TIDES, sections=None, scores=None):
    sections = sections or TIDE_SECTIONS
    return excerpt_of(answer, sections, scores or [0.5] * len(sections), wanting(phrase), length=length)


def check_verbatim(excerpt, answer, length):
    assert excerpt.text == LEFT_OUT.join(answer[start:end] for start, end in excerpt.spans)
    assert (excerpt.start, excerpt.end) == (excerpt.spans[0][0], excerpt.spans[-1][1])
    assert len(excerpt.text) <= length
    assert excerpt.start <= excerpt.best_start < excerpt.best_end <= excerpt.end
    assert excerpt.best_sentence == answer[excerpt.best_start : excerpt.best_end]
    assert excerpt.text == excerpt.text.strip()


def test_an_answer_that_fits_is_quoted_whole_with_its_best_sentence():
    excerpt = quote("left behind", length=5000)
    check_verbatim(excerpt, TIDES, 5000)
    assert excerpt.text == TIDES
    assert excerpt.best_sentence == "The water on the far side is left behind."


@pytest.mark.parametrize(
    ("phrase", "best"),
    [
        ("every twelve hours", "High water comes about every twelve hours and twenty-five minutes."),
        ("turn a wheel", "Mills and power stations let the falling water turn a wheel."),
        ("two bulges", "So there are two bulges."),
    ],
)
def test_a_short_quote_holds_the_best_sentence(phrase, best):
    excerpt = quote(phrase, length=150)
    check_verbatim(excerpt, TIDES, 150)
    assert best in excerpt.text


@pytest.mark.parametrize(
    ("phrase", "block"),
    [
        ("def height", TIDES[TIDES.index("```python") : TIDES.index("\n\n| place")]),
        ("Fundy", TIDES[TIDES.index("| place") : TIDES.index("\n\n$$")]),
        ("omega", "$$h(t) = h_0 + a \\cos(\\omega t)$$"),
    ],
)
def test_a_block_is_quoted_whole(phrase, block):
    excerpt = quote(phrase, length=len(block) + 5)
    check_verbatim(excerpt, TIDES, len(block) + 5)
    assert excerpt.text == excerpt.best_sentence == block


def test_the_section_decides_where_the_wording_does_not():
    assert quote("no such words", 80, scores=[0.1, 0.2, 0.9]).heading_path == ("Use",)
    assert quote("no such words", 80, scores=[0.1, 0.9, 0.2]).heading_path == ("Timing",)


def test_several_good_sentences_outweigh_one():
    good = "Copper conducts heat well. " * 3 + "Copper conducts current well."
    answer = f"Copper is red and soft to the touch.\n\n{'Nothing of note is said in here. ' * 8}\n\n{good}"
    excerpt = excerpt_of(answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting("Copper"), length=len(good) + 10)
    assert excerpt.text == good


def test_a_quote_begins_where_a_list_item_begins_rather_than_inside_one():
    items = [
        f"{number}. **Kind {number}** of bridge is named here in a sentence. It carries weight by its {part}, as said."
        for number, part in enumerate(("beams", "arches", "cables", "trusses", "hinges"), start=1)
    ]
    answer = "There are several kinds of bridge, which differ in what carries the weight.\n\n" + "\n".join(items)
    wanted = "carries weight by its cables"
    for length in range(150, 400, 10):
        excerpt = excerpt_of(answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting(wanted), length=length)
        assert wanted in excerpt.text
        assert excerpt.text[0].isdigit()


GLASS = [
    f"The {age} of glass says little of what is asked, and goes on about {who} who made vessels for {what} in a kiln."
    for age, who, what in (
        ("first age", "Egyptians", "oil"),
        ("second age", "Romans", "wine"),
        ("third age", "Venetians", "kings"),
        ("fourth age", "Bohemians", "trade"),
    )
]
SAND = "Sand is melted with soda and lime at fifteen hundred degrees, which makes glass that lets the light through."
SLOW = "Glass is cooled slowly in an oven of its own, as otherwise it bursts, which is what annealing is there for."


def glass_quote(*between, length=600, phrases=("Sand is", "cooled slowly")):
    """A quote from an article of which two paragraphs answer, with others between and around them."""
    answer = "\n\n".join([GLASS[3], SAND, *between, SLOW, *GLASS[:2], *GLASS[2:]])
    sections = [Section(0, 0, len(answer), ("Glass",), "")]
    return answer, excerpt_of(answer, sections, [0.5], wanting(*phrases), length=length)


FAR = [
    f"{sentence} It goes on with {number} more words that tell nothing." for number, sentence in enumerate(GLASS * 2)
]


def test_two_good_sentences_that_lie_apart_are_quoted_with_a_mark_for_what_is_left_out():
    answer, excerpt = glass_quote(*FAR)
    check_verbatim(excerpt, answer, 600)
    assert excerpt.left_out is not None
    assert SAND in excerpt.text
    assert SLOW in excerpt.text
    assert excerpt.text.count(LEFT_OUT) == 1
    assert excerpt.heading_path == ("Glass",)


def test_two_good_sentences_that_fit_into_one_run_are_quoted_in_one():
    answer, excerpt = glass_quote(FAR[0])
    check_verbatim(excerpt, answer, 600)
    assert excerpt.left_out is None
    assert SAND in excerpt.text
    assert SLOW in excerpt.text


@pytest.mark.parametrize("options", [{"phrases": ["Sand is"]}, {"length": 400}])
def test_one_run_is_quoted_where_only_one_sentence_answers_or_halves_would_be_short(options):
    answer, excerpt = glass_quote(*FAR, **options)
    check_verbatim(excerpt, answer, 600)
    assert excerpt.left_out is None


def test_the_best_sentence_may_stand_in_the_second_part():
    answer, excerpt = glass_quote(*FAR)
    for sentence in (SAND, SLOW):
        place = answer.index(sentence)
        found = replace(excerpt, best_start=place, best_end=place + len(sentence))
        assert found.best_sentence == sentence


def test_no_part_ends_with_a_lead_in():
    lead_in = "How glass is cooled, and why so slowly, is told below:"
    answer, excerpt = glass_quote(lead_in, *FAR)
    check_verbatim(excerpt, answer, 600)
    assert excerpt.left_out is not None
    assert not answer[: excerpt.left_out[0]].endswith(":")


def test_from_an_article_of_very_many_sentences_one_run_is_quoted():
    answer, excerpt = glass_quote(*FAR * 14)
    check_verbatim(excerpt, answer, 600)
    assert excerpt.left_out is None


def test_the_opening_and_the_summary_touch_every_word_but_are_not_what_is_quoted():
    middle = "Alloys of copper and zinc are called brass, and brass resists the sea for many years."
    answer = f"""Copper and zinc matter in brass.

Iron rusts where water and air meet it, and so it is painted or covered with another metal.

{middle}

Lead is soft, melts early, and was once used for pipes in which people got their water.

In summary, copper and zinc matter in brass.

So copper and zinc matter."""
    excerpt = excerpt_of(answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting("zinc"), length=100)
    assert excerpt.text == middle
    definition = excerpt_of(
        answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting("zinc"), length=100, wants_definition=True
    )
    assert definition.text == "Copper and zinc matter in brass."


def test_a_quote_does_not_begin_with_the_heading_that_its_path_tells():
    body = "Copper and tin make bronze, which is harder than either of them."
    answer = f"# Alloys\n\n{body}"
    told, untold = (
        excerpt_of(answer, [Section(0, 0, len(answer), path, "")], [0.5], wanting("bronze"), length=200)
        for path in (("Alloys",), ())
    )
    assert (told.text, told.heading_path) == (body, ("Alloys",))
    assert untold.text == answer


def test_the_heading_path_is_that_of_the_section_the_quote_begins_in():
    assert quote("turn a wheel", length=70).heading_path == ("Use",)
    assert quote("every twelve hours", length=70).heading_path == ("Timing",)
    assert quote("left behind", length=45).heading_path == ()


@pytest.mark.parametrize("length", [30, 60, 118, 125, 127, 135, 140])
def test_a_quote_does_not_end_with_a_heading(length):
    assert not quote("two bulges", length).text.splitlines()[-1].startswith("#")


def test_a_quote_does_not_end_with_a_lead_in():
    answer = "Two kinds of rock are hard and heavy. They are these:\n\n- granite, which comes from the deep\n- gabbro"
    excerpt = excerpt_of(answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting("hard"), length=60)
    assert excerpt.text == "Two kinds of rock are hard and heavy."


OPENING = "Two kinds of rock are hard and heavy, and both of them come from far below."


@pytest.mark.parametrize(
    "line",
    [
        "**How hard is granite?**",
        "**Kinds of rock:**",
        "**Kinds of rock**:",
        "__Kinds of rock__",
        "1. **Kinds of rock**",
        "- **Kinds of rock**",
        "The kinds are **these:**",
        "\u5ca9\u77f3\u7684\u79cd\u7c7b\uff1a",
    ],
)
def test_a_quote_does_not_end_with_a_bold_line_that_leads_on(line):
    answer = f"{OPENING}\n\n{line}\n\nGranite scratches glass, and gabbro is nearly as hard as granite is."
    end = answer.index("Granite")
    excerpt = excerpt_of(answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting("heavy"), length=end)
    assert excerpt.text == OPENING


def test_a_bold_item_leads_to_the_items_in_it():
    answer = f"{OPENING}\n\n- **From the deep**\n  - granite, in which crystals are large\n- **From fire**\n  - basalt"
    length = answer.index("\n  - granite")
    excerpt = excerpt_of(answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting("heavy"), length=length)
    assert excerpt.text == OPENING


@pytest.mark.parametrize(
    "end",
    [
        "- **granite**\n- **gabbro**\n- **basalt**",
        "1. **granite**\n2. **gabbro**\n3. **basalt**",
        "**Neither of them floats.**",
        "**Both are heavy!** They sink.",
    ],
)
def test_bold_names_in_a_list_and_bold_sentences_are_quoted_to_the_end(end):
    quoted = f"{OPENING}\n\n{end}"
    answer = f"{quoted}\n\n{'Water wears away everything that is softer than they are. ' * 3}".strip()
    excerpt = excerpt_of(
        answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting("heavy", "granite"), length=len(quoted)
    )
    assert excerpt.text == quoted


def test_a_list_of_bold_names_is_not_cut_before_its_last_item():
    names = "- **granite**\n- **gabbro**\n- **basalt**"
    answer = f"{OPENING}\n\n{names}\n- **a name that is much longer than all of those which stand before it**"
    excerpt = excerpt_of(
        answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting("heavy"), length=len(OPENING) + 2 + len(names)
    )
    assert excerpt.text == f"{OPENING}\n\n{names}"


def test_a_quote_begins_with_a_formula_rather_than_with_its_symbols():
    symbols = "- $m$ is the mass of what is pulled at by the planet\n- $g$ is the pull of the planet at its surface"
    formula = f"$$F = m g$$\n\nwhere:\n\n{symbols}"
    before = "A planet pulls at everything that is near to it, and most of all at what is heavy."
    answer = f"{before}\n\n{formula}\n\n{'The moon has less of it, so people jump higher there. ' * 4}".strip()
    for spare in range(0, 60, 10):
        length = len(formula) + spare
        excerpt = excerpt_of(answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting("$g$"), length=length)
        assert excerpt.text.startswith(formula)


def test_headings_alone_are_never_the_quote():
    answer = "## A\n\nThis sentence is longer than the quote may be, so that it has to be cut somewhere in its middle."
    excerpt = excerpt_of(answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting("longer"), length=40)
    check_verbatim(excerpt, answer, 40)
    assert excerpt.text == "This sentence is longer than the quote"
    assert excerpt.best_sentence == excerpt.text


def test_from_a_section_longer_than_the_quote_comes_the_part_around_the_best_sentence():
    filler = "Rivers bring sand to the shore in every season of the year. " * 30
    answer = f"{filler}The delta of this river grows by nine metres a year. {filler}".strip()
    excerpt = excerpt_of(answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting("nine metres"), length=400)
    check_verbatim(excerpt, answer, 400)
    assert "The delta of this river grows by nine metres a year." in excerpt.text
    assert len(excerpt.text) > 300
    assert excerpt.text.endswith(".")


@pytest.mark.parametrize("length", [1, 2, 7, 15])
def test_tiny_lengths_cut_the_best_sentence_where_a_word_ends(length):
    excerpt = quote("every twelve hours", length)
    check_verbatim(excerpt, TIDES, length)
    assert "High water comes about every".startswith(excerpt.text)
    assert length < 4 or TIDES[excerpt.end] == " "


def test_a_word_without_an_end_is_cut_all_the_same():
    answer = "x" * 5000
    excerpt = excerpt_of(answer, [Section(0, 0, 5000, (), "")], [0.5], wanting("x"), length=100)
    assert excerpt.text == "x" * 100


@pytest.mark.parametrize("answer", ["", "\n", "?"])
def test_an_answer_of_next_to_nothing_is_quoted(answer):
    excerpt = excerpt_of(answer, [Section(0, 0, len(answer), (), "")], [0.5], wanting("x"), length=100)
    assert excerpt.text.strip() == answer.strip()


def test_an_article_of_very_many_sentences_in_one_line_is_quoted_soon():
    sentence = "The moon pulls at the water. "
    sentences = [Sentence(place, place + 28, is_heading=False) for place in range(0, 40_000 * 29, 29)]
    answer = sentence * len(sentences)
    sections = [Section(0, 0, len(answer), (), "")]

    def quoted():
        began = time.thread_time()
        excerpt = make_excerpt(answer, sentences, sections, [0.5], [0.5] * len(sentences), length=100)
        return time.thread_time() - began, excerpt.text

    tries = [quoted() for _ in range(2)]
    assert {text for _, text in tries} == {(sentence * 3).strip()}
    assert min(seconds for seconds, _ in tries) < 1.0


def test_impossible_requests_are_refused():
    with pytest.raises(ValueError, match="length is 0"):
        quote("tide", length=0)
    with pytest.raises(ValueError, match="without sections"):
        excerpt_of("text", [], [], wanting("text"))


@cache
def sample_answers():
    articles = (read_article(path, CONTENT) for path in sorted((CONTENT / "learn").glob("*/*.md"))[::3])
    return tuple(article.answer for article in articles)


@given(st.data())
def test_of_any_sample_article_whole_sentences_and_blocks_are_quoted(data):
    answer = data.draw(st.sampled_from(sample_answers()))
    length = data.draw(st.integers(1, 1500))
    middle = data.draw(st.sampled_from([0, *(block.start for block in block_spans(answer))]))
    spans = [(0, middle), (middle, len(answer))] if middle else [(0, len(answer))]
    sections = [Section(ordinal, *span, (), "") for ordinal, span in enumerate(spans)]
    seed = data.draw(st.integers(1, 97))
    excerpt = excerpt_of(
        answer,
        sections,
        [0.4 + 0.1 * section.ordinal for section in sections],
        lambda sentences: [place * seed % 11 / 10 for place in range(len(sentences))],
        length=length,
    )
    check_verbatim(excerpt, answer, length)
    sentences = sentence_spans(answer)
    assert {start for start, _ in excerpt.spans} <= {start for start, _ in sentences}
    if excerpt.left_out:
        assert excerpt.left_out[0] in {end for _, end in sentences}
    if excerpt.end not in {end for _, end in sentences}:  # cut: then it is one sentence that was too long
        [(start, end)] = [span for span in sentences if span[0] <= excerpt.start < span[1]]
        assert (excerpt.start, excerpt.best_start) == (start, start)
        assert end - start > length
