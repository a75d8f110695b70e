import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.file_hashes import FileHashes
from embeddings.model_files import find_model
from embeddings.text_tokenizer import MAX_TEXT_LENGTH, TextTokenizer, clean_text, whole_words

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=[]))


@pytest.fixture(scope="module")
def tokenizer_file(encoder_cache):
    return find_model(None, FileHashes(encoder_cache / "hashes.json")) / "tokenizer.json"


@pytest.fixture(scope="module", params=[True, False], ids=["parallel", "one core"])
def tokenizer(tokenizer_file, request):
    return TextTokenizer(tokenizer_file, 16, parallel=request.param)


def test_tokens_stand_between_the_special_ones_without_padding(tokenizer):
    assert tokenizer.tokens(["why is the sky blue?", "why"]) == [
        [101, 2339, 2003, 1996, 3712, 2630, 1029, 102],
        [101, 2339, 102],
    ]


def test_a_long_text_is_cut_to_the_window_and_counted_uncut(tokenizer):
    assert tokenizer.tokens(["sky " * 100]) == [[101, *[3712] * 14, 102]]
    assert tokenizer.count(["sky " * 100, "sky", ""]) == [102, 3, 2]


def test_a_monstrous_text_is_counted_to_its_end(tokenizer):
    assert tokenizer.count(["sky", "sky blue\n" * 60_000, "blue"]) == [3, 120_002, 3]
    assert tokenizer.count(["x" * (MAX_TEXT_LENGTH * 2)]) == [4]  # one word without an end is one unknown token a piece


def test_pieces_are_a_texts_own_tokens(tokenizer):
    ids = [ids.tolist() for ids in tokenizer.pieces(["why is the sky blue?", "", "sky " * 40])]
    assert ids == [[2339, 2003, 1996, 3712, 2630, 1029], [], [3712] * 40]


def test_words_are_the_vocabularys_whole_words(tokenizer):
    words = tokenizer.words()
    assert {"sky", "energy", "the"} <= words
    assert not words & {"##ing", "[cls]", "!", "photosynthesis"}


def test_a_vocabulary_that_marks_beginnings_has_its_words_there():
    assert whole_words(["\u0120Sky", "ing", "\u0120a", "\u2581blue", "\u01202x"]) == {"sky", "blue"}


def test_the_prompt_stands_before_the_text(tokenizer):
    assert tokenizer.tokens(["sky"], prompt="why is ") == tokenizer.tokens(["why is sky"])


@settings(max_examples=100, deadline=None)
@given(st.lists(ANY_TEXT, max_size=3))
def test_any_text_becomes_tokens_within_the_window(tokenizer, texts):
    for tokens, count in zip(tokenizer.tokens(texts), tokenizer.count(texts), strict=True):
        assert (tokens[0], tokens[-1]) == (101, 102)
        assert len(tokens) == min(count, 16)


@given(ANY_TEXT)
def test_clean_text_is_valid_unicode_and_cleaning_again_changes_nothing(text):
    clean = clean_text(text)
    clean.encode()
    assert clean_text(clean) == clean


@given(st.text())
def test_valid_text_loses_nothing_but_blanks_at_its_ends(text):
    assert clean_text(text) == text.strip()


def test_two_halves_of_a_character_are_joined_and_a_lone_half_is_replaced():
    assert clean_text("a \ud83d\ude42 b \ud83d c") == "a 🙂 b � c"


def test_only_the_beginning_of_a_monstrous_text_is_looked_at(tokenizer):
    beginning = "sky " * 3 + " " * MAX_TEXT_LENGTH
    assert tokenizer.tokens([beginning + "blue " * 2_000_000]) == tokenizer.tokens(["sky sky sky"])
