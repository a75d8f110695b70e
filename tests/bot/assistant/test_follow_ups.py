"""Conversations over the sample articles with the real model: which article the last turn leads to."""

import pytest

from bot.assistant.follow_ups import EarlierQuestion, interpret
from retrieval.domain import Answer, NoAnswer, NoAnswerReason

SUGAR = "how do plants make sugar from light"
ICE = "why does ice float on water"

CONVERSATIONS = [
    # The same topic, asked on.
    ((SUGAR, "why?"), "How does photosynthesis"),
    ((SUGAR, "tell me more"), "How does photosynthesis"),
    (("how does photosynthesis work", "where does it happen?", "and the dark reactions?"), "How does photosynthesis"),
    (("what is the bystander effect", "who discovered it?"), "What is the bystander effect"),
    (("what is the bystander effect", "can you give an example?"), "What is the bystander effect"),
    (("what was the marshall plan", "how much did it cost?"), "What was the Marshall Plan"),
    (("why did rome fall", "when did that happen?"), "What caused the fall of the Western Roman Empire"),
    (
        ("what is a shakespearean sonnet", "how many lines does it have?"),
        "What is the difference between a Shakespeare",
    ),
    (("how does binary search work", "how fast is it?"), "How does binary search"),
    (("how do enzymes work", "do they get used up?"), "How do enzymes"),
    (("what is attachment theory", "Bowlby?"), "What is attachment theory"),
    (("what is anomie", "according to whom?"), "What does Durkheim mean by anomie"),
    (("what does a pid controller do", "what does the D stand for?"), "What does a PID controller do"),
    (("what is sbar", "what does the B mean?"), "How should a nurse give a handover with SBAR"),
    (("what happens in mitosis", "and in the second phase?"), "What happens in each phase of mitosis"),
    (("what happens in mitosis", "what happens after that?"), "What happens in each phase of mitosis"),
    (("why did zeus punish prometheus", "what did he steal?"), "Why did Zeus punish Prometheus"),
    (("what does le chatelier's principle say", "what about pressure?"), "What does Le Chatelier"),
    (("how is the ph of a solution calculated", "and for a weak acid?"), "How is the pH of a solution"),
    (("how do I solve a quadratic equation", "what if the discriminant is negative?"), "How do you solve a quadratic"),
    (("what is the glasgow coma scale", "what score is severe?"), "What does the Glasgow Coma Scale"),
    # Another topic.
    (("what is classical conditioning", "and operant?"), "What is the difference between classical and operant"),
    (("explain utilitarianism", "what about deontology?"), "What is the difference between utilitarianism"),
    (("what was the marshall plan", "what about the silk road?"), "What was the Silk Road"),
    (("what was the marshall plan", "and the black death?"), "How did the Black Death"),
    (("what is spaced practice", "and working memory?"), "How does working memory work"),
    (("what is a closure in javascript", "and an interface in java?"), "What is an interface in Java"),
    (("what is chiaroscuro", "and impressionism?"), "What are the main characteristics of Impressionist"),
    (("what is fiscal policy", "and monetary policy?", "who decides on it?"), "What is the difference between fiscal"),
    # A question of its own.
    (("how does binary search work", "what is recursion in C?"), "What is recursion"),
    (("what happens in mitosis", "thanks! how is GDP measured?"), "What is GDP"),
    (("what happens in mitosis", "ok, and what is the reynolds number used for?"), "What is the Reynolds number"),
    (("what is a closure in javascript", "grep"), "How do you search for text in files with grep"),
    (("what is osmosis", "and diffusion?", ICE, "what about its density?"), "Why does ice float on water"),
]


@pytest.mark.parametrize(("turns", "expected"), CONVERSATIONS, ids=lambda value: value[-1] if value else "")
def test_the_last_turn_leads_to_the_article_that_is_meant(index, turns, expected):
    context = None
    for turn in turns:
        asked, reply = interpret(index, turn, context)
        context = EarlierQuestion(asked.question, asked.subject_key)
    first = reply.hit if isinstance(reply, Answer) else reply.hits[0]
    assert first.article.question.startswith(expected)


def test_what_goes_on_from_a_question_stays_in_its_subject(index):
    economics = EarlierQuestion("what is opportunity cost", "economics")
    asked, reply = interpret(index, "can you give an example of it?", economics)
    assert (asked.subject_key, asked.follow_up_to) == ("economics", "what is opportunity cost")
    assert reply.hit.article.subject.key == "economics"
    other, alone = interpret(index, ICE, economics)
    assert (other.subject_key, other.follow_up_to) == (None, "")
    assert alone.hit.article.question == "Why does ice float on water?"
    gone, found = interpret(index, "can you give an example of it?", EarlierQuestion("what is osmosis", "alchemy"))
    assert gone.subject_key is None
    assert found.hit.article.question == "What is the difference between diffusion and osmosis?"


ON_THEIR_OWN = [
    ("tell me about osmosis", "who won the world cup 1998"),
    ("what is the bystander effect", "what is the capital of france"),
    ("what is the bystander effect", "who won the cup"),
    ("what is the bystander effect", "world cup 1998"),
    ("what is the bystander effect", "who is taylor swift"),
    ("what is the bystander effect", "who wrote harry potter"),
    ("what is the bystander effect", "when is the next train to Berlin"),
    ("what is osmosis", "is tomato a fruit"),
    ("how does binary search work", "so what is the capital of france?"),
    # A name by itself, of which the article before says nothing.
    ("what is the bystander effect", "taylor swift"),
    ("what is the bystander effect", "who is messi"),
    ("what is osmosis", "harry potter"),
    ("what is osmosis", "cristiano ronaldo?"),
    ("what is the bystander effect", "minecraft"),
    ("what is osmosis", "what is bitcoin"),
    ("what is osmosis", "who was napoleon"),
]


@pytest.mark.parametrize(("earlier", "question"), ON_THEIR_OWN)
def test_a_question_with_a_subject_of_its_own_is_not_answered_by_the_article_before(index, earlier, question):
    asked, reply = interpret(index, question, EarlierQuestion(earlier))
    assert asked.follow_up_to == ""
    assert not isinstance(reply, Answer)


ASKED_ON = [
    ("what is osmosis", "what role do membranes play here", "What is the difference between diffusion and osmosis"),
    ("what was the marshall plan", "who paid for the whole program", "What was the Marshall Plan"),
    ("why did rome fall", "did the economy play a role", "What caused the fall of the Western Roman Empire"),
    ("how does binary search work", "simpler please", "How does binary search work"),
    ("what is the bystander effect", "in one sentence", "What is the bystander effect"),
    # What makes sense only after something, and gets a kind line where nothing was asked before.
    *((SUGAR, said, "How does photosynthesis") for said in ("more", "why?", "example", "next", "explain", "and then?")),
    ("what is osmosis", "and in plants?", "What is the difference between diffusion and osmosis"),
    ("why did rome fall", "what about Rome?", "What caused the fall of the Western Roman Empire"),
    ("what is osmosis", "i don't get it", "What is the difference between diffusion and osmosis"),
    ("what is osmosis", "ok, more examples please", "What is the difference between diffusion and osmosis"),
    # A few words for a part of it, or for an aspect.
    ("what is the glasgow coma scale", "eye opening", "What does the Glasgow Coma Scale"),
    ("how do enzymes work", "lock and key", "How do enzymes"),
    ("why did rome fall", "barbarians", "What caused the fall of the Western Roman Empire"),
    ("what is osmosis", "advantages?", "What is the difference between diffusion and osmosis"),
    ("what is osmosis", "short summary", "What is the difference between diffusion and osmosis"),
    ("what is anomie", "who is durkheim", "What does Durkheim mean by anomie"),
]


@pytest.mark.parametrize(("earlier", "question", "expected"), ASKED_ON)
def test_a_question_that_the_article_before_has_words_for_goes_on_from_it(index, earlier, question, expected):
    asked, reply = interpret(index, question, EarlierQuestion(earlier))
    assert asked.follow_up_to == earlier
    assert isinstance(reply, Answer)
    assert reply.hit.article.question.startswith(expected)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("thanks!", NoAnswerReason.THANKS),
        ("good bot", NoAnswerReason.THANKS),
        ("that's wrong", NoAnswerReason.COMPLAINT),
        ("who made you", NoAnswerReason.ABOUT_THE_BOT),
        ("tell me a joke", NoAnswerReason.CANNOT_DO),
        ("i'm so tired", NoAnswerReason.FEELINGS),
        ("hello", NoAnswerReason.GREETING),
    ],
)
def test_small_talk_below_an_answer_is_not_answered_by_its_article(index, said, kind):
    asked, reply = interpret(index, said, EarlierQuestion("what is osmosis"))
    assert asked.follow_up_to == ""
    assert reply == NoAnswer(said, kind, (), 0.0)


@pytest.mark.parametrize("said", ["more", "why?", "example", "next", "explain", "and then?", "what is this"])
def test_what_goes_on_from_nothing_is_told_so(index, said):
    assert interpret(index, said, None)[1] == NoAnswer(said, NoAnswerReason.NEEDS_CONTEXT, (), 0.0)
