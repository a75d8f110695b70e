"""`quicktakes ask` over the sample articles, with the real encoder, index and answerer."""

import json

import pytest

QUESTION = "How does photosynthesis turn light into sugar?"
LINK = "https://quicktakes.io/learn/biology/questions/how-does-photosynthesis-turn-light-into-sugar"
GIBBERISH = "who sells cheap concert tickets near the station"


@pytest.fixture
def ask(run, settings_variables):
    def ask_it(*arguments: str, **variables: str):
        return run("ask", *arguments, variables=settings_variables | variables)

    return ask_it


def test_a_question_gets_the_article_that_answers_with_a_quote_and_its_link(ask):
    outcome = ask(QUESTION)
    assert outcome.status == 0
    assert outcome.lines[0] == QUESTION
    assert outcome.lines[1].startswith("Biology · ")
    assert any(line.startswith("quoted from the article") for line in outcome.lines)
    assert LINK in outcome.lines
    assert "Other matches" in outcome.lines


def test_words_need_no_quotes(ask):
    assert ask(*QUESTION.split()).out == ask(QUESTION).out


def test_what_no_article_answers_ends_with_3(ask):
    outcome = ask(GIBBERISH)
    assert (outcome.status, outcome.lines[0]) == (3, "No article answers that.")


def test_small_talk_gets_a_kind_line_and_ends_with_3(ask):
    outcome = ask("who won the game last night lol")
    line = "That is nothing I can do: I only quote articles that answer study questions."
    assert (outcome.status, outcome.lines) == (3, [line])


@pytest.mark.parametrize("nothing", ["", "   ", "😀😀", "?!"])
def test_nothing_asked_ends_with_3(ask, nothing):
    outcome = ask(nothing)
    assert outcome.status == 3
    assert outcome.out.startswith("That holds no question.")


def test_json_quotes_the_article_verbatim(ask, sample_settings):
    outcome = ask(QUESTION, "--json")
    data = json.loads(outcome.out)
    assert (outcome.status, data["outcome"], data["answer"]["link"]) == (0, "answer", LINK)
    excerpt = data["answer"]["excerpt"]
    assert excerpt["end"] - excerpt["start"] == len(excerpt["text"]) <= sample_settings.answering.excerpt_length
    assert excerpt["best_sentence"]["text"] in excerpt["text"]


def test_k_is_how_many_other_matches_are_listed(ask):
    assert len(json.loads(ask(QUESTION, "--json", "-k", "2").out)["matches"]) == 2
    assert "Other matches" not in ask(QUESTION, "-k", "0").lines


def test_the_length_of_the_excerpt_is_a_setting(ask):
    outcome = ask(QUESTION, "--json", QUICKTAKES_ANSWERING__EXCERPT_LENGTH="200")
    assert 0 < len(json.loads(outcome.out)["answer"]["excerpt"]["text"]) <= 200


def test_a_subject_limits_every_match(ask):
    data = json.loads(ask(QUESTION, "--json", "--subject", "CHEMISTRY").out)
    found = [match["subject"]["key"] for match in [data["answer"], *data["matches"]] if match]
    assert set(found) == {"chemistry"}


def test_an_unknown_subject_is_a_wrong_argument(ask):
    outcome = ask(QUESTION, "--subject", "chemisty")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == "quicktakes: no subject is called chemisty; did you mean Chemistry?\n"


def test_the_site_of_links_is_a_setting(ask):
    outcome = ask(QUESTION, QUICKTAKES_INDEX__SITE_URL="https://example.org")
    assert LINK.replace("https://quicktakes.io", "https://example.org") in outcome.lines


def test_a_pipe_gets_no_colours_and_no_messages(run_process, settings_variables):
    outcome = run_process("ask", QUESTION, variables=settings_variables)
    assert (outcome.status, outcome.err) == (0, "")
    assert LINK in outcome.lines
    assert "\x1b" not in outcome.out


def test_a_terminal_that_knows_only_ascii_still_gets_a_reply(run_process, settings_variables):
    outcome = run_process("ask", QUESTION, variables={**settings_variables, "PYTHONIOENCODING": "ascii"})
    assert (outcome.status, outcome.err) == (0, "")
    assert LINK in outcome.lines


def test_an_index_of_another_encoder_is_refused_with_advice(ask):
    outcome = ask(QUESTION, QUICKTAKES_ENCODER__QUERY_PROMPT="query: ")
    assert (outcome.status, outcome.out) == (4, "")
    assert "run `quicktakes index build`" in outcome.err


TWO_QUESTIONS = f"{QUESTION} Also, what is opportunity cost?"
COST = "/learn/economics/questions/what-is-opportunity-cost"


def test_an_explanation_of_several_questions_explains_each_by_itself(ask):
    both = json.loads(ask(TWO_QUESTIONS, "--json").out)
    assert len(both["matches"]) == 2, both
    explained = json.loads(ask(TWO_QUESTIONS, "--json", "--explain").out)
    assert explained["outcome"] == both["outcome"] == "candidates"
    assert explained["hits"] == []  # the first articles of different questions are no ranking
    assert [each["read_as"] for each in explained["questions"]] == [QUESTION, "what is opportunity cost?"]
    for each, question in zip(explained["questions"], (QUESTION, "what is opportunity cost?"), strict=True):
        alone = json.loads(ask(question, "--json", "--explain").out)
        assert alone["questions"] == []
        assert {"schema": alone["schema"], "adapter": alone["adapter"], **each} == alone | {"question": TWO_QUESTIONS}


def test_an_explanation_of_several_questions_can_be_read(ask):
    lines = ask(TWO_QUESTIONS, "--explain").lines
    assert lines.count("Adapter of questions: none") == 1
    heads = [line for line in lines if line.startswith(("Reply: ", "Question ", "Looked for: "))]
    assert heads[1] == "Reply: candidates, one for each of 2 questions in the message"
    assert heads[2:4] == ["Question 1 of 2", f"Looked for: {QUESTION}"]
    assert heads[5:7] == ["Question 2 of 2", "Looked for: what is opportunity cost?"]
    assert heads[4].startswith("Reply: an answer, since the confidence is ")
    assert sum(line.startswith("1. ") for line in lines) == 2
    assert [
        line for line in ask(QUESTION, "--explain").lines if not line.startswith("Adapter of questions: ")
    ] == lines[lines.index("Question 1 of 2") + 1 : lines.index("Question 2 of 2") - 1]


@pytest.mark.parametrize("question", ["-b/2a is what", "-5 + 3 is what", "--what is this"])
def test_a_question_that_begins_with_a_dash_is_told_what_to_do(run, question):
    outcome = run("ask", question)
    assert (outcome.status, outcome.out) == (2, "")
    assert "put -- before it: quicktakes ask -- " in outcome.err.splitlines()[-1]


def test_a_question_behind_two_dashes_is_asked(run, settings_variables):
    outcome = run("ask", "--json", "--", "-b/2a is what", variables=settings_variables)
    assert json.loads(outcome.out)["question"] == "-b/2a is what"
    assert outcome.status in (0, 3)


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_nothing_asked_is_no_answer(run, settings_variables, question):
    outcome = run("ask", "--json", question, variables=settings_variables)
    assert (outcome.status, json.loads(outcome.out)["reason"]) == (3, "nothing_asked")


def test_a_subject_forges_no_line(run, settings_variables):
    outcome = run("ask", "--subject", "Phy\nquicktakes: all is well\x1b[2J", "what", variables=settings_variables)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert "no subject is called Phy\\nquicktakes: all is well\\x1b[2J; " in outcome.err


@pytest.mark.parametrize("number", ["-1", "1000000000", "many", ""])
def test_how_many_matches_has_limits(run, number):
    outcome = run("ask", "-k", number, "what is heat")
    assert (outcome.status, outcome.out) == (2, "")
    assert "'-k'" in outcome.err


def test_no_other_matches_may_be_wanted(run, settings_variables):
    outcome = run("ask", "-k", "0", "--json", "What is osmosis?", variables=settings_variables)
    assert outcome.status == 0
    assert json.loads(outcome.out)["matches"] == []
