"""What members type, and the words that are looked up for it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.indexes.spelling import Vocabulary
from retrieval.questions.question_text import MAX_MESSAGE_LENGTH, AskedQuestion, read_question

KNOWN = """
why does ice float and not sink water light sugar photosynthesis enzyme their role people what between
which because equation equations difference explain moles solve mitosis meiosis the is are how measured balance
boson recursion osmosis membrane pressure cells divide tissue
"""
VOCABULARY = Vocabulary(dict.fromkeys(KNOWN.split(), 5))


def words(message):
    return read_question(message, VOCABULARY.correct).text


@pytest.mark.parametrize(
    ("message", "looked_up"),
    [
        ("wats the diff btwn mitosis n meiosis", "what is the difference between mitosis and meiosis"),
        ("what's the diff b/w mitosis & meiosis", "what's the difference between mitosis & meiosis"),
        ("the diff btw mitosis n meiosis", "the difference between mitosis and meiosis"),
        ("y does ice float", "why does ice float"),
        ("Y does ice float", "why does ice float"),
        ("how 2 balance equations", "how to balance equations"),
        ("how do u balance equations", "how do you balance equations"),
        ("what r the cells", "what are the cells"),
        ("i dont get y cells divide w/o light, idk", "y cells divide without light, I do not know"),
        ("plz how does light help cells 2 divide", "how does light help cells to divide"),
        ("ppl say cells cant divide bc of pressure", "people say cells cannot divide because of pressure"),
        ("cells divide tbh", "cells divide"),
        ("do cells lol divide", "do cells divide"),
        ("what is a diff eq", "what is a differential equation"),
        ("whats osmosis rn", "what is osmosis"),
    ],
)
def test_chat_language_is_spelled_out(message, looked_up):
    assert words(message) == looked_up


@pytest.mark.parametrize(
    "message",
    [
        "solve for n",
        "how many grams are in 2 moles of water",
        "y = mx + b",
        "u substitution",
        "what is the value of c",
        "is n prime",
        "is y a function of x",
        "r and n",
    ],
)
def test_single_characters_stay_in_a_message_without_chat_language(message):
    assert words(message) == message


@pytest.mark.parametrize(
    ("message", "looked_up"),
    [
        ("pls solve for n", "solve for n"),
        ("solve for n pls", "solve for n"),
        ("plz what is 2 moles of water", "what is 2 moles of water"),
        ("pls explain y = mx + b", "y = mx + b"),
        ("what is x^2 pls", "what is x^2"),
        ("wdym by n choose 2", "what do you mean by n choose 2"),
        ("plz solve 2 x + 4 = 6", "solve 2 x + 4 = 6"),
        ("diff between r and y", "difference between r and y"),
        ("idk what c in e = mc^2 is", "I do not know what c in e = mc^2 is"),
        ("is there a W boson lol", "is there a W boson"),
        ("wats u substitution", "what is u substitution"),
        ("how do u balance 2 equations", "how do you balance 2 equations"),
        ("ppl live in week 4 of the plan", "people live in week 4 of the plan"),
        ("smth like rate r = k[A]^2", "something like rate r = k[A]^2"),
    ],
)
def test_variables_and_numbers_stay_in_a_chatty_message_too(message, looked_up):
    assert words(message) == looked_up


@pytest.mark.parametrize(
    ("message", "looked_up"),
    [
        ("hey can someone explain osmosis pls", "osmosis"),
        ("Hi everyone! Sorry, quick question: what is osmosis? Thanks in advance!", "what is osmosis?"),
        ("so, what is osmosis, please", "what is osmosis"),
        ("ok so does anyone know how cells divide", "how cells divide"),
        ("I don't understand osmosis, help", "osmosis"),
        ("explain to me osmosis", "osmosis"),
        ("explain me osmosis", "osmosis"),
        ("btw what is osmosis", "what is osmosis"),
        ("What is osmosis?? I'm so lost", "What is osmosis?"),
        ("well why does ice float", "why does ice float"),
    ],
)
def test_greetings_and_filler_are_left_out(message, looked_up):
    assert words(message) == looked_up


@pytest.mark.parametrize(
    "message",
    [
        "Like terms in algebra",
        "Well water",
        "And gate",
        "hello world program",
        "hi-fi sound",
        "yo-yo motion",
        "what is self help",
        "hey",
        "thanks",
        "hello!",
    ],
)
def test_words_that_only_look_like_filler_stay(message):
    assert words(message) == message


@pytest.mark.parametrize(
    ("message", "looked_up"),
    [
        ("phtosynthesis lihgt sugar", "photosynthesis light sugar"),
        ("why does ice flaot", "why does ice float"),
        ("Enzime role", "Enzyme role"),
        ("what is thier role", "what is their role"),
        ("whaaaat is osmosis", "what is osmosis"),
        ("WAHT IS OSMOSSIS", "WHAT IS OSMOSIS"),
    ],
)
def test_typing_mistakes_are_mended_with_the_words_of_the_corpus(message, looked_up):
    assert words(message) == looked_up


@pytest.mark.parametrize(
    "message",
    [
        "what does Mitosi say",  # a name
        "what is an ENZIME test",  # an acronym
        "what is eNzime",
        "why does `thier` fail",
        "why does ```\nflaot enzime(osmossis)\n``` fail",
        "what is $enzime + flaot$ worth",
        r"what is \(enzime flaot\) worth",
        "what is enzime_role worth",
        "what is 2enzime worth",
    ],
)
def test_names_acronyms_code_and_formulas_are_not_mended(message):
    assert words(message) == message


@pytest.mark.parametrize("message", ["what does an RN do", "Rome in 44 bc", "what was built in 500 BC", "give it IM"])
def test_acronyms_and_what_follows_a_number_are_no_abbreviations(message):
    assert words(message) == message


@pytest.mark.parametrize(
    "markup",
    [
        "<@1234567890>",
        "<@!1234567890>",
        "<@&1234567890>",
        "<#1234567890>",
        "<:party_cat:1234567890>",
        "<a:party_cat:1234567890>",
        "<t:1700000000:R>",
        "<t:1700000000>",
        "</ask:1234567890>",
        "</quiz start now:1234567890>",
        "@everyone",
        "@here",
        "https://example.org/osmosis?page=2#top",
        "<https://example.org>",
        "www.example.org/a_b",
        "🎉",
        "👩🏽‍🔬",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "❤️",
        "1️⃣",
        "\ud800",
        "\x00\x07",
    ],
)
def test_what_is_no_text_is_left_out_and_alone_asks_nothing(markup):
    assert words(f"{markup} what is {markup} osmosis") == "what is osmosis"
    assert words(f"what is osmosis {markup}") == "what is osmosis"
    assert read_question(markup, VOCABULARY.correct).is_empty
    assert read_question(f" {markup}\n{markup} !!", VOCABULARY.correct).is_empty


def test_invisible_characters_part_no_words():
    assert words("what is os\u200bmo\u00adsis\ufeff \u202ewhy\u202c") == "what is osmosis why"


@pytest.mark.parametrize("message", ["", " ", "\n\t", "???", "...!", "-", "lol", "tbh!", "🙂🙃", "\u0301", "‼️⁉️"])
def test_nothing_asked_is_known_as_such(message):
    asked = read_question(message, VOCABULARY.correct)
    assert asked.is_empty
    assert (asked.original, asked.text, asked.focus) == (message, "", "")


@pytest.mark.parametrize(
    "message",
    [
        "光合作用是什么。",
        "ما هو التمثيل الضوئي؟",
        "что такое осмос и зачем он нужен",
        "ऑस्मोसिस क्या है",
        "삼투압이란 무엇입니까",
        "mi az az ozmózis",
    ],
)
def test_other_scripts_and_languages_stay_as_they_are(message):
    assert words(message) == message


def test_accents_are_put_together_and_repeated_marks_taken_once():
    assert words("what is nai\u0308ve realism?!!!  ...") == "what is naïve realism?! ."


STORY = "My cousin has a lab on Monday and the room was full again. " * 62
QUESTION = "How does osmosis move water through a membrane?"


@pytest.mark.parametrize(
    "message",
    [
        (QUESTION + " " + STORY)[:MAX_MESSAGE_LENGTH],
        (STORY[:1900] + QUESTION + " " + STORY)[:MAX_MESSAGE_LENGTH],
        STORY[: MAX_MESSAGE_LENGTH - len(QUESTION) - 1] + " " + QUESTION,
        STORY[:1180] + "\nso can someone explain how does osmosis move water through a membrane?\n" + STORY[:1180],
    ],
)
def test_the_question_in_a_long_message_is_found(message):
    focus = read_question(message, VOCABULARY.correct).focus
    assert QUESTION.lower() in focus.lower()
    assert len(focus) < 200


def test_a_question_without_a_mark_is_found_by_how_it_begins():
    story = STORY[:590]
    assert read_question(f"{story}how does osmosis move water. {story}").focus == "how does osmosis move water."
    told = f"{story}Anyway I was wondering how osmosis moves water\n{story}"
    assert read_question(told).focus == "how osmosis moves water"


def test_a_long_message_that_asks_nothing_is_read_from_its_beginning():
    assert read_question(STORY).focus.startswith("My cousin has a lab on Monday")
    assert len(read_question("word " * 800).focus) <= 300
    assert len(read_question("xy" * (MAX_MESSAGE_LENGTH // 2)).focus) == 300
    assert read_question("what about this " * 200 + "osmosis?").focus.endswith("osmosis?")


@pytest.mark.parametrize("message", [f"{QUESTION} {STORY * 27}", f"{STORY * 27} {QUESTION}"])
def test_of_a_message_that_is_far_too_long_both_ends_are_read(message):
    assert len(message) > 95_000
    asked = read_question(message, VOCABULARY.correct)
    assert asked.original == message
    assert asked.focus == QUESTION
    assert len(asked.text) <= MAX_MESSAGE_LENGTH + 1


def test_a_short_message_is_its_own_focus():
    asked = read_question("hey what is osmosis? my test is on friday")
    assert asked.focus == asked.text == "what is osmosis? my test is on friday"


@pytest.mark.parametrize(
    ("message", "sentences"),
    [
        ("which toxin does E. coli make in the gut", ["which toxin does E. coli make in the gut"]),
        ("why did C.S. Lewis write about Narnia", ["why did C.S. Lewis write about Narnia"]),
        ("is Dr. Wells in the room tomorrow? I need mitosis vs. meiosis explained",
         ["is Dr. Wells in the room tomorrow?", "I need mitosis vs. meiosis explained"]),
        ("I failed the test again. Why do plants grow?", ["I failed the test again.", "Why do plants grow?"]),
        ("run `print. What now. stop` in a shell", ["run `print. What now. stop` in a shell"]),
        ("Thanks! What is a covalent bond?", ["What is a covalent bond?"]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_says_they_do(message, sentences):
    assert list(read_question(message).sentences) == sentences


def test_the_question_in_a_long_message_is_not_cut_at_a_short_name():
    asked = read_question(f"{STORY[:590]} so which toxin does E. coli make in the gut? {STORY[:590]}")
    assert "which toxin does E. coli make in the gut?" in asked.focus


def test_four_thousand_characters_of_nonsense_cost_little():
    heads = [first + second + third for first in "abcdefghij" for second in "aeiou" for third in "bcdfghjklm"]
    vocabulary = Vocabulary({head + tail: 3 for head in heads for tail in ("ration", "ology", "ments", "ingly", "er")})
    vocabulary.correct("warmup")
    message = " ".join(f"{heads[place]}zqx" for place in range(500)) + "`$" * 500
    started = time.process_time()
    read_question(message, vocabulary.correct)
    assert time.process_time() - started < 1.0


@given(st.text(max_size=600) | st.text(alphabet="a n2yu?.!\n<@:>#`$\\w/🙂️\u200d", max_size=600))
def test_any_text_is_read_and_kept(message):
    asked = read_question(message, VOCABULARY.correct)
    assert asked.original == message
    assert asked.is_empty == (asked.text == "")
    assert asked.is_empty or any(character.isalnum() for character in asked.text)
    assert asked.is_empty or asked.focus
    asked.text.encode()


@pytest.mark.parametrize(
    "message",
    [
        "what is recursion",
        "whats osmosis??",
        "What's a covalent bond?",
        "define GDP",
        "hey can someone explain the meaning of opportunity cost pls",
        "what is the central limit theorem?",
        "what does homeostasis mean",
        "who was Napoleon",
        "photosynthesis",
    ],
)
def test_a_question_for_what_something_is_is_told(message):
    assert read_question(message).wants_definition


@pytest.mark.parametrize(
    "message",
    [
        "what is the difference between mitosis and meiosis",
        "what is the boiling point of water in Denver",
        "how does osmosis work",
        "which enzymes do letrozole and anastrozole block",
        "router login banner text",
        "why define a constant",
    ],
)
def test_a_question_for_a_detail_is_no_question_for_what_something_is(message):
    assert not read_question(message).wants_definition


@pytest.mark.parametrize("ending", ["?" * 4000 + "x", "? " * 2000 + "x", "?!" * 2000, " mean" * 800 + "?", "." * 4000])
def test_what_a_question_asks_for_is_soon_known_whatever_its_end(ending):
    began = time.thread_time()
    assert AskedQuestion(text := f"what is {ending}", text, text).wants_definition in {True, False}
    assert time.thread_time() - began < 0.03
