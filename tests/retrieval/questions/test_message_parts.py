"""The questions that are found in a message: which, without what around them, and whether they stand alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.questions.message_parts import MAX_PART_LENGTH, MAX_PARTS, message_parts
from retrieval.questions.question_text import read_question
from retrieval.questions.references import is_complete
from retrieval.questions.sentence_ends import sentences_of


def parts(message):
    return message_parts(read_question(message).text)


def texts(message):
    return [part.text for part in parts(message)]


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        # one question, a story around it
        (
            "Hi everyone, how are you all doing? I have a test on Friday. What is a covalent bond? Thanks!",
            ["What is a covalent bond?"],
        ),
        (
            "Third coffee and still awake, my flatmates are asleep. How does a heart valve close? Good luck everyone!",
            ["How does a heart valve close?"],
        ),
        (
            "How do plants make sugar from light? I was away for a wedding and nobody lent me notes. Due Monday.",
            ["How do plants make sugar from light?"],
        ),
        (
            "gm all. still on chapter 7. could use some help with the electron transport chain, thanks!!",
            ["the electron transport chain"],
        ),
        (
            "Rant incoming: my group never shows up, I do all slides. Anyway, what did Durkheim mean by anomie?",
            ["what did Durkheim mean by anomie?"],
        ),
        (
            "How annoying! My laptop died. how do hash tables handle collisions",
            ["how do hash tables handle collisions"],
        ),
        (
            "When I came home my dog was asleep. Which is why I'm late. What a day! How does photosynthesis work?",
            ["How does photosynthesis work?"],
        ),
        (
            "I was sick last week. Did the reading twice, still lost. What is cognitive dissonance?",
            ["What is cognitive dissonance?"],
        ),
        (
            "Is due on Friday. Was hoping someone can explain what a limit is.",
            ["what a limit is"],
        ),
        ("who's up? I can't sleep. what does melatonin do", ["what does melatonin do"]),
        (
            "My teacher says entropy grows, which is weird because fridges exist. How can a fridge lower entropy?",
            ["How can a fridge lower entropy?"],
        ),
        # words that say what is asked
        ("I don't get why ice floats. My test is on Monday.", ["why ice floats"]),
        ("My lab is due tomorrow and I don't get how osmosis works and my partner is gone", ["how osmosis works"]),
        (
            "I can't figure out the difference between accuracy and precision",
            ["the difference between accuracy and precision"],
        ),
        ("I get confused about mitosis and meiosis. Anyone?", ["mitosis and meiosis"]),
        ("What I don't understand is how enzymes lower activation energy.", ["how enzymes lower activation energy"]),
        ("the one thing i cant figure out is why the sky is blue", ["why the sky is blue"]),
        ("I was wondering if anyone could explain how vaccines give immunity", ["how vaccines give immunity"]),
        ("Does anyone know how vaccines work? I asked my mum and she didn't know.", ["how vaccines work?"]),
        ("Do you guys have any idea why salt melts ice? My driveway is a rink.", ["why salt melts ice?"]),
        ("would anyone mind explaining recursion to me, I keep getting lost", ["recursion"]),
        ("could anyone here walk me through how a bill becomes a law? i have notes", ["how a bill becomes a law?"]),
        ("Need help with the French Revolution!! My essay is due tomorrow.", ["the French Revolution!"]),
        ("I need help with my homework. It's about photosynthesis.", ["photosynthesis"]),
        ("Still stuck on why acids taste sour. My cat is no help.", ["why acids taste sour"]),
        ("idk what a catalyst is. help", ["what a catalyst is"]),
        ("I would like to know about the Silk Road and why it declined", ["the Silk Road and why it declined"]),
        ("would love an explanation of the trolley problem, we have a debate on Monday", ["the trolley problem"]),
        ("any help appreciated, the question is why enzymes denature", ["why enzymes denature"]),
        (
            "The question is on page 40. The teacher wants us to compare Athens and Sparta",
            ["compare Athens and Sparta"],
        ),
        ("any ideas? I need to know the causes of World War I and my book is useless", ["the causes of World War I"]),
        # after a colon
        (
            "My question is: how does natural selection lead to new species?",
            ["how does natural selection lead to new species?"],
        ),
        ("I'm a nursing student. My question is this:\nthe role of the hypothalamus", ["the role of the hypothalamus"]),
        ("I am so stuck. The topic: opportunity cost", ["opportunity cost"]),
        (
            "Is this the right channel? A physics question: why do feathers fall slowly?",
            ["why do feathers fall slowly?"],
        ),
        ("Explain like I'm five: how do black holes form?", ["how do black holes form?"]),
        (
            "One thing nobody could tell me: why is the pulse taken with two fingers?",
            ["why is the pulse taken with two fingers?"],
        ),
        # a story and a question in one sentence
        ("I have a test tomorrow and I missed class so what is osmosis", ["what is osmosis"]),
        (
            "lol my cat sat on my notes. anyway how do you balance an equation? good luck",
            ["how do you balance an equation?"],
        ),
        ("thanks a lot in advance, what is the doppler effect?", ["what is the doppler effect?"]),
        ("In photosynthesis, what is the role of water?", ["In photosynthesis, what is the role of water?"]),
        ("If a car speeds up at 2 m/s², how far does it go?", ["If a car speeds up at 2 m/s², how far does it go?"]),
        ("My plant sits in salt water, why does it wilt?", ["My plant sits in salt water, why does it wilt?"]),
        # several questions
        ("what is mitosis and what is meiosis", ["what is mitosis", "what is meiosis"]),
        (
            "what is inflation, what is deflation, what is stagflation?",
            ["what is inflation", "what is deflation", "what is stagflation?"],
        ),
        ("what is osmosis and why is it important", ["what is osmosis and why is it important"]),
        (
            "what's the difference between RAM and ROM, and which one is faster?",
            ["what's the difference between RAM and ROM, and which one is faster?"],
        ),
        ("Q1: What is a mole? Q2: How many atoms are in a mole?", ["What is a mole?", "How many atoms are in a mole?"]),
        ("1) Define inertia\n2) State the second law of motion", ["Define inertia", "State the second law of motion"]),
        (
            "Compare plant and animal cells. Then explain why plants need cell walls.",
            ["Compare plant and animal cells", "why plants need cell walls"],
        ),
        ("Do you know what osmosis is? And what is a buffer?", ["what osmosis is?", "what is a buffer?"]),
        ("What is supply? My cat says hi. What is supply?", ["What is supply?"]),
        # few words before or instead of a question
        ("osmosis", ["osmosis"]),
        ("hey can someone explain osmosis pls", ["osmosis"]),
        ("photosynthesis vs respiration\nI always mix them up", ["photosynthesis vs respiration"]),
        ("I read the chapter twice. Osmosis makes no sense to me.", ["Osmosis"]),
        ("so basically the ATP is like a battery?", ["so basically the ATP is like a battery?"]),
        ("Is it true that water conducts electricity?", ["Is it true that water conducts electricity?"]),
        ("How long does it take light to reach Earth?", ["How long does it take light to reach Earth?"]),
        (
            "first post here. me and my brother own a house together, what happens to the house when he dies?",
            ["what happens to the house when he dies?"],
        ),
        (
            "Lab day. I have to leave early? Osmosis and my potato?",
            ["I have to leave early?", "Osmosis and my potato?"],
        ),
        # sentences that end where no sentence ends
        (
            "What is the boiling point of water on Mt. Everest, e.g. at the top?",
            ["What is the boiling point of water on Mt. Everest, e.g. at the top?"],
        ),
        (
            "Dr. Smith asked us. What is the difference between mitosis vs. meiosis?",
            ["What is the difference between mitosis vs. meiosis?"],
        ),
        ("Why does E. coli in H.M. C.S. Lewis matter?", ["Why does E. coli in H.M. C.S. Lewis matter?"]),
        ("I love vitamin C. What does scurvy do to gums?", ["What does scurvy do to gums?"]),
        # two sides of one thing stay together
        ("Is ice a mineral? why or why not", ["Is ice a mineral? why or why not"]),
        (
            "When did the Myers family reach Levittown, and what did neighbours fear?",
            ["When did the Myers family reach Levittown, and what did neighbours fear?"],
        ),
        (
            "gap junctions or neurotransmitters: which nerve connection is quicker?",
            ["gap junctions or neurotransmitters: which nerve connection is quicker?"],
        ),
        (
            "If I push a wall it pushes back just as hard, so how is force shared?",
            ["If I push a wall it pushes back just as hard, so how is force shared?"],
        ),
        ("How does `while x: what = 3 ? 4` compile in C?", ["How does `while x: what = 3 ? 4` compile in C?"]),
        # other languages have their marks
        ("光合作用是什么？谢谢大家！", ["光合作用是什么？"]),
        ("hola, no entiendo la fotosíntesis. ¿qué es la clorofila?", ["¿qué es la clorofila?"]),
    ],
)
def test_the_questions_in_a_message_are_found(message, questions):
    assert texts(message) == questions
    assert all(part.is_complete for part in parts(message))


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("We did fractions today. Why?", [("Why?", False)]),
        ("The teacher said ionic bonds share electrons. Is that right?", [("Is that right?", False)]),
        ("So my professor talked about opportunity cost. What does it mean?", [("What does it mean?", False)]),
        ("I read about supply and demand. What about elasticity?", [("What about elasticity?", False)]),
        ("Can you explain the second one?", [("the second one?", False)]),
        ("I keep reading that mitochondria have DNA. Why do they have it?", [("Why do they have it?", False)]),
        ("She told me acids taste sour. Is it because of hydrogen ions?", [("Is it because of hydrogen ions?", False)]),
        (
            "Can someone explain the Krebs cycle? Also, what is glycolysis? And why does it matter?",
            [("the Krebs cycle?", True), ("what is glycolysis? why does it matter?", True)],
        ),
        (
            "so i was reading about a guy called robespierre. who was he? what was the terror?",
            [("who was he?", False), ("what was the terror?", True)],
        ),
        ("Why does this loop never end?\n```\nwhile x: what = 3 ? 4\n```", [("Why does this loop never end?", False)]),
        ("He got a placement offer. What would I be doing in each?", [("What would I be doing in each?", False)]),
        ("Ambitious people like medium risks. Why is that?", [("Why is that?", False)]),
        ("My essay is on the Great Depression. What ended it?", [("What ended it?", False)]),
    ],
)
def test_a_question_that_needs_the_story_is_told(message, questions):
    assert [(part.text, part.is_complete) for part in parts(message)] == questions


@pytest.mark.parametrize(
    "sentence",
    [
        "can anyone help me?",
        "Could someone please help?",
        "is anyone there?",
        "is anybody awake rn?",
        "does that make sense?",
        "Makes sense?",
        "anyone else stuck on this?",
        "does anyone else feel like this chapter is endless?",
        "what's up",
        "Thanks, how are you?",
        "how is everyone doing today?",
        "how was your weekend?",
        "What are you guys up to?",
        "Can I ask a question?",
        "is it okay if I ask here?",
        "where should I post this?",
        "any ideas?",
        "Any tips would be appreciated!",
        "does anyone have notes for chapter 4?",
        "has anyone done the lab?",
        "who's up?",
        "why is this so hard?",
        "am I the only one who hates Mondays?",
        "know what I mean?",
        "Right?",
        "wait what?",
        "Thank you so much in advance, you are lifesavers!",
        "good luck with your exams",
        "What do you think?",
    ],
)
def test_polite_and_social_sentences_ask_nothing(sentence):
    assert message_parts(sentence) == ()
    assert texts(f"{sentence}\nWhat is a covalent bond?") == ["What is a covalent bond?"]
    assert texts(f"What is a covalent bond?\n{sentence}") == ["What is a covalent bond?"]


@pytest.mark.parametrize(
    "question",
    [
        "can someone with type A blood donate to type B?",
        "is anyone immune to malaria?",
        "can you see viruses with a light microscope?",
        "what is new in the second edition of the DSM?",
        "how are you conscious while dreaming?",
        "who is up in the food chain above a snake?",
        "why is calculus needed in physics?",
        "what is a greeting in Japanese culture?",
        "does everyone have the same number of bones?",
        "is that theorem true for negative numbers and primes?",
        "how do you do a chi-square test?",
    ],
)
def test_study_questions_that_look_social_are_found(question):
    assert texts(f"My test is on Monday. {question} I read all chapters.") == [question]


@pytest.mark.parametrize(
    "question",
    [
        "what is osmosis",
        "why can't young people buy a home these days",
        "who's more likely to die from breast cancer once they have it",
        "how does the idea that knowledge serves those in charge explain colonialism",
        "what kind of study is it when you only watch people",
        "why do trees lose that green coat of leaves in autumn",
        "why does ice float when it freezes",
        "how does a plant keep its leaves upright",
        "how do enzymes work without being used up by the reactions they catalyse",
        "why do those who smoke cough",
        "what is it called when a cell bursts",
        "what does it mean when a patient is cyanotic",
        "prove that the sum of two even numbers is even",
        "which one boils first, ethanol or water",
        "solve 2x + 3 = 7",
        "光合作用是什么",
    ],
)
def test_a_question_that_names_its_topic_is_complete(question):
    assert is_complete(question)


@pytest.mark.parametrize(
    "question",
    [
        "why",
        "how many are there",
        "what happens next",
        "how does it work",
        "how does temperature affect it",
        "what causes that",
        "what is its role in plants",
        "are these two the same enzyme",
        "what is the answer to question 4",
        "what about plants",
        "and in animals",
        "which one is faster",
        "can you give an example",
        "",
    ],
)
def test_a_question_that_leans_on_what_was_said_is_not_complete(question):
    assert not is_complete(question)


def test_of_many_questions_the_first_that_stand_alone_are_kept():
    message = "why? " + " ".join(f"What is a {thing}?" for thing in ("mole", "buffer", "solvent", "cation", "anion"))
    assert texts(message) == ["What is a mole?", "What is a buffer?", "What is a solvent?", "What is a cation?"]
    assert len(parts(message)) == MAX_PARTS


def test_a_question_without_end_is_cut_between_words():
    [part] = parts("what is the role of " + "water and salt and " * 60)
    assert part.text.startswith("what is the role of water")
    assert part.text.endswith(("water", "salt", "and"))
    assert len(part.text) <= MAX_PART_LENGTH


def test_a_story_that_asks_nothing_has_no_question():
    assert parts("My dog ran off. We went to the lake and I lost a shoe. My mum was not amused.") == ()
    assert parts("") == ()


def test_sentences_keep_their_abbreviations_code_and_lines():
    assert sentences_of("See fig. 2 vs. fig. 3. Now `a. b? c` ends.\n\n  Next line\n") == [
        "See fig. 2 vs. fig. 3.",
        "Now `a. b? c` ends.",
        "Next line",
    ]


@given(st.text(max_size=400) | st.text(alphabet="aI wht?.!,;:\n`-1)'\u2019andoirs", max_size=400))
def test_any_text_has_few_short_questions(text):
    found = message_parts(text)
    assert len(found) <= MAX_PARTS
    assert all(part.text and len(part.text) <= MAX_PART_LENGTH for part in found)


@pytest.mark.parametrize(
    "piece",
    [
        "what is it and ",
        "if anyone could explain ",
        "can someone please please please please ",
        "I don't really really get ",
        "and so, ",
        "?",
        "? ",
        " \n",
        "` ",
        "it they that ",
        "how are you all all ",
        "the question is: ",
        "vs. ",
        "a",
        "'",
        "- 1) ",
        "anyone here there up ",
        "x makes ",
    ],
)
def test_what_a_message_asks_is_found_in_time_that_grows_with_its_length_alone(piece):
    started = time.thread_time()
    message_parts((piece * 4000)[:4000])
    message_parts("what is " + (piece * 4000)[:4000] + "?")
    assert time.thread_time() - started < 0.5
