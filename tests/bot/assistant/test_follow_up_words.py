"""Which texts go on from what was asked before."""

import pytest

from bot.assistant.follow_up_words import (
    Dependence,
    dependence,
    is_bare_topic,
    names_own_subject,
    substitutions,
    with_context,
)


@pytest.mark.parametrize(
    "text",
    [
        "and the potassium?",
        "and in plants?",
        "what about the moon",
        "How about water?",
        "why?",
        "Why not?",
        "how come?",
        "but does it hurt?",
        "what does it do?",
        "who discovered it",
        "according to whom?",
        "where?",
        "what does the D stand for?",
        "what are its causes",
        "can you give an example?",
        "what is the second one?",
        "¿y el potasio?",
        "¿por qué?",
        "et en hiver ?",
        "und im Winter?",
        "warum?",
        "e no inverno?",
    ],
)
def test_it_goes_on(text):
    assert dependence(text) is Dependence.FOLLOWS


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital structure of a company?",
        "How do plants make sugar from light?",
        "Explain the causes of the French Revolution in detail please",
        "Why do leaves change colour in autumn?",
    ],
)
def test_it_stands_alone(text):
    assert dependence(text) is Dependence.ALONE


@pytest.mark.parametrize(
    "text",
    [
        "osmosis",
        "photosynthesis light reactions",
        "",
        "And how do the roots of a plant take up water from the soil around them?",
        "Is there a way to make this kind of reaction go faster in a laboratory?",
    ],
)
def test_it_can_be_read_either_way(text):
    assert dependence(text) is Dependence.PERHAPS


def test_both_questions_are_in_one():
    assert with_context("How do nerves work?", " and  the potassium? ") == "How do nerves work: and the potassium?"
    long = with_context("word " * 500, "why?")
    assert len(long) < 620
    assert long.endswith("word word: why?")


@pytest.mark.parametrize(
    ("earlier", "text", "meant"),
    [
        ("what caused the French Revolution?", "what about the Russian one?", "what caused the Russian Revolution?"),
        ("how do vaccines work", "And antibiotics?", "how do antibiotics work"),
        ("what is the function of mitochondria", "and of ribosomes?", "what is the function of ribosomes"),
        ("why did the roman empire fall", "but how about the Ottoman?", "why did the Ottoman empire fall"),
        ("qu'est-ce que l'osmose", "et la diffusion ?", "qu'est-ce que la diffusion"),
        ("what was the marshall plan", "what about the silk road?", "what was the silk road"),
        ("what is spaced practice", "and working memory?", "what is working memory"),
    ],
)
def test_another_topic_takes_the_place_of_the_one_before(earlier, text, meant):
    assert meant in substitutions(earlier, text)


@pytest.mark.parametrize(
    ("earlier", "text", "meant"),
    [
        ("what is fiscal policy", "and monetary policy?", "what is monetary policy"),
        ("how does an inner join work in sql", "and left join?", "how does an left join work in sql"),
        ("what is a join", "and a left join?", "what is a left join"),
        ("how are policies made", "and public policies?", "how are public policies made"),
        ("what did Newton say in law two", "and law three?", "what did Newton say in law three"),
    ],
)
def test_a_word_that_both_name_tells_what_the_topic_stands_for(earlier, text, meant):
    assert substitutions(earlier, text) == (meant,)


@pytest.mark.parametrize(
    "text", ["and in the dark?", "why?", "and its causes?", "and what does it do?", "osmosis", "and?"]
)
def test_what_names_no_other_topic_takes_no_place(text):
    assert substitutions("what is photosynthesis", text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "who won the world cup 1998",
        "who won the cup",
        "and who wrote Harry Potter?",
        "is tomato a fruit",
        "world cup 1998",
        "who is messi",
        "what is a bitcoin?",
        "what's bitcoin",
        "define inflation",
    ],
)
def test_a_question_names_its_own_subject(text):
    assert names_own_subject(text)


@pytest.mark.parametrize(
    "text",
    [
        "why?",
        "what formula?",
        "who won it?",
        "simpler please",
        "step 2",
        "in 1998?",
        "what about Harry Potter?",
        "what is the formula",
        "what are limitations",
    ],
)
def test_what_is_elliptic_names_no_subject_of_its_own(text):
    assert not names_own_subject(text)


@pytest.mark.parametrize("text", ["taylor swift", "Messi", "minecraft?", "red blood cells", "Bowlby?"])
def test_a_few_words_may_be_a_topic(text):
    assert is_bare_topic(text)


@pytest.mark.parametrize(
    "text",
    ["", "and plants?", "why?", "main causes", "short summary", "step 2", "in plants", "more", "who is messi", "it"],
)
def test_what_goes_on_or_asks_for_an_aspect_is_no_topic(text):
    assert not is_bare_topic(text)
