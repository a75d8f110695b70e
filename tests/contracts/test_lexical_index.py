"""What a lexical index must do: BM25 to the letter, as computed here in plain Python."""

from __future__ import annotations

import math
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.indexes.lexical import LexicalWriter, TantivyIndex

K1, B = 1.2, 0.75
# Stems of these are the words themselves, and none is a stop word.
WORDS = ["atom", "bond", "cell", "dog", "enzym", "film", "gas", "heat", "ion", "lava", "moon", "salt"]


class Bm25:
    """The reference: BM25 over one text a document."""

    def __init__(self, texts: dict[int, str]) -> None:
        self.documents = {row: Counter(text.lower().split()) for row, text in texts.items()}
        self.mean = sum(sum(words.values()) for words in self.documents.values()) / len(self.documents)

    def score(self, text: str, row: int) -> float:
        words = self.documents[row]
        length = sum(words.values())
        total = 0.0
        for term in set(text.split()):
            holders = sum(term in document for document in self.documents.values())
            rarity = math.log(1 + (len(self.documents) - holders + 0.5) / (holders + 0.5))
            norm = K1 * (1 - B + B * length / self.mean)
            total += rarity * words[term] * (K1 + 1) / (words[term] + norm)
        return total

    def best(self, text: str, k: int) -> list[tuple[int, float]]:
        scored = [(row, self.score(text, row)) for row in self.documents]
        return sorted((pair for pair in scored if pair[1] > 0), key=lambda pair: (-round(pair[1], 4), pair[0]))[:k]


def make(folder, texts, subjects=None, max_terms=32):
    folder.mkdir()
    with LexicalWriter(folder) as writer:
        for row, text in texts.items():
            writer.add(row, (subjects or {}).get(row, "any"), text)
    return TantivyIndex(folder, max_terms)


TEXTS = {
    3: "atom bond atom",
    5: "cell enzym cell cell heat",
    8: "bond heat ion gas lava moon salt film dog cell",
    11: "moon",
    400_000: "atom moon lava lava lava",
}


@pytest.mark.parametrize("text", ["atom", "atom moon", "lava heat ion", "moon moon moon", "cell dog film salt bond"])
def test_finds_what_bm25_finds_with_its_scores(tmp_path, text):
    rows, scores = make(tmp_path / "index", TEXTS).search(text, 10)
    best = Bm25(TEXTS).best(text, 10)
    assert rows.tolist() == [row for row, _ in best]
    assert scores == pytest.approx([score for _, score in best], rel=1e-5)


@settings(max_examples=15, deadline=None)
@given(
    documents=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), min_size=1, max_size=12),
    asked=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
)
def test_scores_any_documents_as_bm25_does(tmp_path_factory, documents, asked):
    texts = {row: " ".join(words) for row, words in enumerate(documents)}
    index = make(tmp_path_factory.mktemp("lexical") / "index", texts)
    reference = Bm25(texts)
    scores = index.score(" ".join(asked), texts.keys())
    assert scores == {row: pytest.approx(reference.score(" ".join(asked), row), rel=1e-4) for row in texts}
    rows, found = index.search(" ".join(asked), 5)
    assert found.tolist() == pytest.approx([score for _, score in reference.best(" ".join(asked), 5)], rel=1e-4)
    assert all(scores[row] == pytest.approx(score, rel=1e-5) for row, score in zip(rows.tolist(), found, strict=True))


def test_gives_rows_without_a_shared_word_nothing(tmp_path):
    index = make(tmp_path / "index", TEXTS)
    scores = index.score("atom", [11, 3, 5])
    assert scores[11] == scores[5] == 0.0
    assert scores[3] > 0


def test_scores_of_given_rows_are_those_of_the_search(tmp_path):
    index = make(tmp_path / "index", TEXTS)
    rows, scores = index.search("atom moon heat", 10)
    assert index.score("atom moon heat", rows.tolist()) == pytest.approx(dict(zip(rows.tolist(), scores, strict=True)))


@pytest.mark.parametrize("text", ["", "   ", "the of and", "zzzz", "🙂🙂", "\ud83d", "?!*:^~()[]\"'"])
def test_nothing_is_found_where_no_word_matches(tmp_path, text):
    rows, scores = make(tmp_path / "index", TEXTS).search(text, 10)
    assert rows.tolist() == scores.tolist() == []
    assert make(tmp_path / "again", TEXTS).score(text, [3]) == {3: 0.0}


@pytest.mark.parametrize("text", ['row:3 OR "atom', "+moon -atom", "subject:any AND atom*", "text:[a TO z]", "atom^99"])
def test_text_is_never_a_query_language(tmp_path, text):
    index = make(tmp_path / "index", TEXTS)
    words = "".join(letter if letter.isalnum() else " " for letter in text)
    assert index.search(text, 10)[0].tolist() == index.search(words, 10)[0].tolist()
    assert 3 in index.search(text, 10)[0] or "atom" not in text


def test_a_filter_keeps_one_subject_and_changes_no_score(tmp_path):
    subjects = {3: "chemistry", 400_000: "chemistry", 11: "astronomy", 5: "biology", 8: "biology"}
    index = make(tmp_path / "index", TEXTS, subjects)
    everywhere = dict(zip(*(column.tolist() for column in index.search("atom moon lava", 10)), strict=True))
    rows, scores = index.search("atom moon lava", 10, "chemistry")
    assert set(rows.tolist()) == {3, 400_000}
    assert dict(zip(rows.tolist(), scores.tolist(), strict=True)) == pytest.approx(
        {row: everywhere[row] for row in rows.tolist()}
    )
    assert index.search("atom", 10, "history")[0].tolist() == []
    assert index.search("atom", 10, "chemistry OR biology")[0].tolist() == []


def test_finds_other_forms_of_a_word(tmp_path):
    index = make(tmp_path / "index", {1: "Atoms are bonding", 2: "cafés and naïveté"})
    assert index.search("an atom's bonds", 5)[0].tolist() == [1]
    assert index.search("cafe", 5)[0].tolist() == [2]


def test_removed_articles_are_not_found_and_added_ones_are(tmp_path):
    make(tmp_path / "index", TEXTS)
    with LexicalWriter(tmp_path / "index") as writer:
        writer.remove(3)
        writer.add(12, "any", "atom bond gas")
    index = TantivyIndex(tmp_path / "index")
    assert set(index.search("atom", 10)[0].tolist()) == {12, 400_000}
    assert index.score("atom", [3, 12])[3] == 0.0


def test_an_error_leaves_the_index_as_it_was(tmp_path):
    make(tmp_path / "index", TEXTS)

    def fail():
        with LexicalWriter(tmp_path / "index") as writer:
            writer.remove(3)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert 3 in TantivyIndex(tmp_path / "index").search("atom", 10)[0]


def test_an_index_with_the_fields_of_an_older_version_is_read(tmp_path):
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("row", stored=False, indexed=True, fast=True)
    schema.add_text_field("subject", stored=False, tokenizer_name="raw", index_option="basic")
    for field in ("text", "question", "keywords"):
        schema.add_text_field(field, stored=False, tokenizer_name="default", index_option="freq")
    writer = tantivy.Index(schema.build(), path=str(tmp_path)).writer(num_threads=1)
    for row, text, keywords in ((1, "salt", "moon"), (2, "moon", "salt")):
        entry = tantivy.Document()
        entry.add_unsigned("row", row)
        entry.add_text("subject", "any")
        entry.add_text("text", text)
        entry.add_text("keywords", keywords)
        writer.add_document(entry)
    writer.commit()
    writer.wait_merging_threads()
    assert TantivyIndex(tmp_path).search("salt", 10)[0].tolist() == [1]


def test_a_long_text_is_cut_to_its_rarest_terms(tmp_path):
    texts = dict.fromkeys(range(20), "heat gas") | {20: "heat gas ion"}
    index = make(tmp_path / "index", texts, max_terms=1)
    assert index.search("heat gas ion", 10)[0].tolist() == [20]


def test_a_folder_that_must_not_be_written_can_be_read(tmp_path, monkeypatch):
    make(tmp_path / "index", TEXTS)
    for lock in (tmp_path / "index").glob(".*.lock"):
        lock.unlink()
    before = sorted(path.name for path in (tmp_path / "index").iterdir())
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere, so permissions would prove nothing
    index = TantivyIndex(tmp_path / "index")
    assert set(index.search("atom", 10)[0].tolist()) == {3, 400_000}
    assert index.score("lava", [8, 11])[8] > 0
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == before


def test_threads_find_what_one_thread_finds(tmp_path):
    index = make(tmp_path / "index", TEXTS)
    asked = ["atom moon", "lava", "cell heat", "bond gas"] * 10
    alone = [index.search(text, 5)[0].tolist() for text in asked]
    with ThreadPoolExecutor(4) as pool:
        together = [found[0].tolist() for found in pool.map(lambda text: index.search(text, 5), asked)]
    assert together == alone
