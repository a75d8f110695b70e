"""Cutting answers into sections."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.articles.markdown.plain_text import WHOLE_KINDS, block_spans
from retrieval.articles.sections import estimate_tokens, split_article, split_sentences
from retrieval.domain import Sentence
from tests.retrieval.article_files import small_corpus
from tests.retrieval.articles.markdown.test_plain_text import MARKDOWN
from tests.retrieval.articles.sentence_spans import sentence_spans

FILLER = (
    "The tide comes and goes twice a day because the moon pulls the sea towards itself, and the earth turns below. "
)


def texts(answer, **options):
    return [answer[section.start : section.end].strip() for section in split_article(answer, **options)]


def assert_tiles(answer, sections):
    ends = [0, *(section.end for section in sections)]
    assert [section.start for section in sections] == ends[:-1]
    assert ends[-1] == len(answer)
    assert [section.ordinal for section in sections] == list(range(len(sections)))


def test_a_short_answer_is_one_section():
    answer = "Salt **dissolves** in water."
    (section,) = split_article(answer)
    assert (section.start, section.end, section.heading_path) == (0, len(answer), ())
    assert section.passage_text == "Salt dissolves in water."


def test_headings_start_sections_and_make_the_path():
    answer = f"{FILLER}\n\n## Moon\n\n{FILLER}\n\n### Spring *tide*\n\n{FILLER * 2}\n\n## Sun:\n\n{FILLER}"
    sections = split_article(answer)
    assert [section.heading_path for section in sections] == [(), ("Moon",), ("Moon", "Spring tide"), ("Sun",)]
    assert [text.split("\n")[0] for text in texts(answer)[1:]] == ["## Moon", "### Spring *tide*", "## Sun:"]
    assert sections[2].passage_text.startswith("Moon\nSpring tide\nThe tide comes")
    assert sections[1].passage_text.count("Moon") == 1


def test_bold_lead_ins_serve_where_there_are_no_headings():
    answer = f"**Causes:**\n\n{FILLER * 2}\n\n**Effects**\n\n{FILLER * 2}\n\n{FILLER * 3}"
    assert [section.heading_path for section in split_article(answer)] == [("Causes",), ("Effects",), ("Effects",)]
    assert split_article(answer)[2].passage_text.startswith("Effects\nThe tide")


def test_a_nested_list_knows_the_item_it_is_in():
    items = "\n".join(f"   - part {number}. {FILLER * 3}" for number in range(6))
    answer = f"Two kinds of tide:\n\n1. **Spring tide**:\n{items}\n2. **Neap tide**: small."
    later = [section.heading_path for section in split_article(answer)][1:-1]
    assert later
    assert set(later) == {("Spring tide",)}


def test_small_items_share_a_section():
    answer = "Metals:\n\n" + "\n".join(f"- **Metal {number}**: shines." for number in range(10))
    assert len(split_article(answer)) == 1


def test_an_introduction_stays_with_what_it_introduces():
    answer = f"{FILLER * 3}\n\nThe formula is:\n$$\nF = m a\n$$\n\n{FILLER * 2}"
    together = [text for text in texts(answer) if "F = m a" in text]
    assert together
    assert all("The formula is:" in text for text in together)


def test_an_item_stays_with_its_nested_list_where_that_fits():
    items = [f"- **Item {number}**: {FILLER}\n  - detail {number}\n  - more {number}" for number in range(6)]
    for text in texts("\n".join(items)):
        for number in range(6):
            assert (f"Item {number}**" in text) == (f"detail {number}" in text) == (f"more {number}" in text)


@pytest.mark.parametrize(
    "block",
    [
        "```c\n" + 'puts("tide. Moon");\n\n' * 90 + "```",
        "| a | b |\n|---|---|\n" + "| moon. Sun | earth |\n" * 60,
        "$$\n" + "a_1 + b_2 \\\\\n" * 60 + "$$",
    ],
    ids=["fence", "table", "formula"],
)
def test_an_indivisible_block_is_never_cut(block):
    answer = f"{FILLER}\n\n{block}\n\n{FILLER}"
    assert block.strip() in texts(answer)


def test_a_long_paragraph_is_cut_between_sentences():
    answer = (FILLER * 41).strip()
    sections = split_article(answer)
    assert len(sections) == 9
    assert all(answer[: section.end].rstrip().endswith("below.") for section in sections)
    assert max(estimate_tokens(section.passage_text) for section in sections) <= 200
    sizes = [estimate_tokens(section.passage_text) for section in sections]
    assert min(sizes) > max(sizes) / 2


def test_a_sentence_longer_than_the_window_is_left_whole():
    sentence = "and so " * 400 + "it ends."
    assert texts(f"{FILLER}\n\n{sentence}\n\n{FILLER}")[1] == sentence


def test_the_exact_count_decides_near_the_window():
    def count(passages):
        return [estimate_tokens(passage) * 14 // 10 for passage in passages]

    answer = f"{FILLER * 7}The moon is far away, and so it pulls but little."
    assert len(split_article(answer, 256)) == 1
    first, second = split_article(answer, 256, count)
    assert max(count([first.passage_text, second.passage_text])) <= 256
    assert answer[second.start :].startswith("The tide")


def test_far_from_the_window_nothing_is_counted():
    def count(passages):
        raise AssertionError(passages)

    assert len(split_article(FILLER, 256, count)) == 1


@pytest.mark.parametrize("answer", ["", " \n\t"])
def test_nothing_gives_no_section(answer):
    assert split_article(answer) == ()


def test_marks_alone_still_have_a_passage():
    assert split_article("---")[0].passage_text == "---"


@given(
    MARKDOWN.map(lambda text: text * 3) | MARKDOWN.map(lambda text: f"# T\n\n{FILLER}\n\n{text}\n\n{FILLER * 3}{text}")
)
def test_sections_tile_any_text_at_block_and_sentence_boundaries(answer):
    sections = split_article(answer)
    assert bool(sections) == bool(answer.strip())
    if not sections:
        return
    assert_tiles(answer, sections)
    assert all(section.passage_text.strip() for section in sections)
    whole = [(block.start, block.end) for block in block_spans(answer) if block.kind in WHOLE_KINDS]
    for cut in (section.start for section in sections[1:]):
        assert not any(start < cut < end for start, end in whole)
        assert any(start == cut for start, _ in sentence_spans(answer))


@given(st.text(max_size=300), st.integers(8, 64))
def test_any_window_tiles(text, window):
    sections = split_article(text, window)
    if text.strip():
        assert_tiles(text, sections)


def test_a_title_without_end_is_cut_short_before_what_stands_below_it():
    answer = f"# {'a' * 20_000}\n\n" + "A short paragraph of some words.\n\n" * 200
    sections = split_article(answer)
    assert len(sections) == 16
    assert all(sum(map(len, section.heading_path)) <= 300 for section in sections)
    assert sections[-1].heading_path[0] == "a" * 300
    assert "".join(answer[section.start : section.end] for section in sections) == answer


ANSWER = """## Why it rises

Yeast eats sugar. It gives off a gas, e.g. in dough.

- The dough rises.
- It smells of alcohol.

```python
rise = gas / dough
```"""


def quoted(answer):
    return [(answer[each.start : each.end], each.is_heading) for each in split_sentences(answer)]


def test_sentences_items_and_whole_blocks_come_in_order():
    assert quoted(ANSWER) == [
        ("## Why it rises", True),
        ("Yeast eats sugar.", False),
        ("It gives off a gas, e.g. in dough.", False),
        ("- The dough rises.", False),
        ("- It smells of alcohol.", False),
        ("```python\nrise = gas / dough\n```", False),
    ]


def test_a_blank_answer_is_one_sentence():
    assert split_sentences("  ") == (Sentence(0, 2, is_heading=False),)


def test_a_generation_keeps_what_would_be_cut_anew(tmp_path):
    corpus = small_corpus(tmp_path)
    corpus.write("biology/dough", "Why does dough rise?", ANSWER)
    corpus.build()
    with corpus.open() as generation:
        for row in generation.article_rows.tolist():
            assert generation.sentences(row) == split_sentences(generation.article(row).answer)
