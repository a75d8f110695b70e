"""Suggestions: which titles, in which order, under which labels, and back from a choice to its article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.live_index.title_search import (
    MAX_CHOICES,
    MAX_LABEL_LENGTH,
    SubjectSearch,
    Title,
    TitleSearch,
    make_label,
    token_of,
)
from bot.live_index.title_words import title_words
from bot.member_errors import ArticleGoneError
from retrieval.domain import Subject
from retrieval.generations.store import GenerationStore

BIOLOGY, CHEMISTRY = Subject("biology", "Biology"), Subject("chemistry", "Chemistry")
LONG = "How does a very long and winding question about the photosynthesis of desert plants at night differ from one"


def titles(*questions, subject=BIOLOGY):
    return [Title(f"/learn/{subject.key}/{question}", question, subject) for question in questions]


SEARCH = TitleSearch(
    [
        *titles(
            "What is osmosis?",
            "Why is osmosis important in plant cells?",
            "How does photosynthesis turn light into sugar?",
            "What are the light reactions of photosynthesis?",
            "Osmosis and diffusion: what is the difference?",
            "What is the difference between mitosis and meiosis?",
            "How does the reverse osmosis of sea water work?",
            "What did Poincaré conjecture?",
            "What is Newton\u2019s third law?",
            "Which chemosmosis happens in mitochondria?",
            f"{LONG} of maize?",
            f"{LONG} of wheat?",
        ),
        *titles("What is osmosis?", "What is a mole?", subject=CHEMISTRY),
        Title("/learn/chemistry/mole-2", "What is a mole?", CHEMISTRY),
    ]
)


def labels(typed, **options):
    return [choice.label for choice in SEARCH.search(typed, **options)]


def test_beginnings_come_first_then_words_then_pieces_of_words():
    found = labels("osmosis")
    assert found[0] == "Osmosis and diffusion: what is the difference?"
    assert set(found[1:5]) == {
        "What is osmosis? · Biology",
        "What is osmosis? · Chemistry",
        "Why is osmosis important in plant cells?",
        "How does the reverse osmosis of sea water work?",
    }
    assert "Which chemosmosis happens in mitochondria?" not in found[:5]


def test_a_piece_from_within_a_word_finds_it():
    assert labels("mosmosis") == ["Which chemosmosis happens in mitochondria?"]


@pytest.mark.parametrize(
    "typed",
    [
        "What are the light reactions of photosynthesis?",
        "light reactions",
        "photosynthesis light reactions",
        "LIGHT   reactions,  photosyn",
        "reactions of photosinthesis",
        "light raections of photosyntesis",
        "rections of lihgt photosynthesis",
    ],
)
def test_a_title_is_found_by_its_words_in_any_order_and_with_mistakes(typed):
    assert labels(typed)[0] == "What are the light reactions of photosynthesis?"


def test_the_last_word_may_be_unfinished_and_misspelled():
    assert "How does photosynthesis turn light into sugar?" in labels("photosint")
    assert "What is the difference between mitosis and meiosis?" in labels("between mito")


def test_accents_and_apostrophes_do_not_matter():
    assert labels("poincare")[0] == "What did Poincaré conjecture?"
    for typed in ("newtons third law", "newton's third", "Newton\u2019s"):
        assert labels(typed)[0] == "What is Newton\u2019s third law?"


def test_what_no_title_has_is_not_suggested():
    assert labels("zebra crossing") == []
    assert labels("is the a of") != []


def test_a_subject_narrows_it():
    assert labels("osmosis", subject_key="chemistry") == ["What is osmosis? · Chemistry"]
    assert labels("", subject_key="alchemy") == []


def test_a_question_of_several_articles_has_a_label_for_each():
    assert {"What is osmosis? · Biology", "What is osmosis? · Chemistry"} <= set(labels("what is osmosis"))
    assert labels("mole") == ["What is a mole? · Chemistry", "What is a mole? · Chemistry (2)"]


def test_questions_that_differ_only_at_the_end_that_does_not_fit_keep_distinct_labels():
    found = labels("very long and winding question")
    assert len(set(found)) == 2
    assert all(label.startswith("How does a very long and winding question") for label in found)
    assert max(map(len, found)) <= MAX_LABEL_LENGTH


def test_each_choice_leads_back_to_its_own_article():
    for choice in SEARCH.search("mole"):
        assert SEARCH.chosen_url(choice.value) in {"/learn/chemistry/What is a mole?", "/learn/chemistry/mole-2"}
    assert len({SEARCH.chosen_url(choice.value) for choice in SEARCH.search("mole")}) == 2


def test_free_text_stays_free_text():
    for text in ("What is osmosis?", "a:", "a:question", "", token_of("/x") + "x"):
        assert SEARCH.chosen_url(text) is None


def test_a_choice_whose_article_is_gone_is_told():
    with pytest.raises(ArticleGoneError, match="no longer holds the article a:"):
        SEARCH.chosen_url(token_of("/learn/biology/removed"))


def test_a_token_is_the_same_everywhere():
    assert token_of("/learn/biology/osmosis") == "a:6FWWKOCGQTDRARTL"


def test_nothing_typed_gives_titles_from_all_over():
    assert len(SEARCH.search("", limit=5)) == 5
    first, *_, last = labels("  ?! ")
    assert (first, last) == ("What is osmosis? · Biology", "What is a mole? · Chemistry (2)")


def test_a_corpus_without_articles_suggests_nothing():
    nothing = TitleSearch([])
    assert nothing.search("") == nothing.search("osmosis") == []


def test_more_than_discord_shows_are_never_given():
    many = TitleSearch(titles(*(f"What is the law number {number}?" for number in range(60))))
    assert len(many.search("law")) == MAX_CHOICES
    assert many.search("law number 41")[0].label == "What is the law number 41?"


@settings(deadline=None)
@given(typed=st.text(max_size=300), subject=st.sampled_from([None, "biology"]))
def test_whatever_is_typed_the_choices_are_such_as_discord_accepts(typed, subject):
    choices = SEARCH.search(typed, subject_key=subject)
    assert len(choices) <= MAX_CHOICES
    assert all(1 <= len(choice.label) <= MAX_LABEL_LENGTH and len(choice.value) == 18 for choice in choices)
    assert len({choice.label for choice in choices}) == len(choices)
    assert len({choice.value for choice in choices}) == len(choices)


@given(text=st.text(max_size=200), ending=st.text(max_size=120))
def test_a_label_keeps_the_limit(text, ending):
    assert len(make_label(text, ending)) <= MAX_LABEL_LENGTH
    assert make_label(text, " · Biology").endswith(" · Biology")


def test_words_are_lower_case_without_accents_and_apostrophes():
    assert title_words("Newton\u2019s LAW, in São Paulo (E=mc²)") == [
        "newtons",
        "law",
        "in",
        "sao",
        "paulo",
        "e",
        "mc2",
    ]


def test_the_sample_articles_are_found_by_their_generation(sample_settings):
    store = GenerationStore(sample_settings.index_dir)
    with store.current() as generation:
        search = TitleSearch.of(generation)
        [first, *_] = search.search("photosynthesis")
        assert search.chosen_url(first.value) in {url for _, url, _ in generation.titles()}
        in_economics, in_engineering = search.search("what is opportunity cost")[:2]
        assert {in_economics.label, in_engineering.label} == {
            "What is opportunity cost? · Economics",
            "What is opportunity cost? · Engineering",
        }
        subjects = {
            generation.article_by_url(search.chosen_url(choice.value)).subject.name: choice.label
            for choice in (in_economics, in_engineering)
        }
        assert all(label.endswith(name) for name, label in subjects.items())


SUBJECTS = SubjectSearch(
    [(BIOLOGY, 900), (CHEMISTRY, 1200), (Subject("biochemistry", "Biochemistry"), 40), (Subject("law", "Law"), 7)]
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["Chemistry", "Biology", "Biochemistry", "Law"]),
        ("bio", ["Biology", "Biochemistry"]),
        ("chem", ["Chemistry", "Biochemistry"]),
        ("CHEMISTRY", ["Chemistry", "Biochemistry"]),
        ("biollogy", ["Biology"]),
        ("astronomy", []),
    ],
)
def test_subjects_are_found_by_name_with_their_counts(typed, names):
    found = SUBJECTS.search(typed)
    assert [subject.name for subject, _ in found] == names
    assert all(count == {"Biology": 900, "Chemistry": 1200, "Biochemistry": 40, "Law": 7}[s.name] for s, count in found)
