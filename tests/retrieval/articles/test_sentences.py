"""An answer's sentences as a generation keeps them."""

from __future__ import annotations

from retrieval.articles.sentences import split_sentences
from retrieval.domain import Sentence
from tests.retrieval.article_files import small_corpus

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
