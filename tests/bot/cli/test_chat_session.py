"""What a chat does with each line typed, over the sample articles; replies are scripted, articles real."""

import io

import pytest
from rich.console import Console

from bot.bootstrap import make_store
from bot.cli.chat_session import ChatSession
from bot.cli.views.output import show
from bot.live_index.open_index import OpenIndex
from retrieval.domain import Answer, Excerpt, NoAnswer, NoAnswerReason
from tests.bot.cli.replies import hit


class ScriptedAnswerer:
    """Answers with the article whose question is asked, with its neighbours as other matches; else with no answer."""

    def __init__(self, generation) -> None:
        self._generation = generation
        self.subjects_asked: list[str | None] = []

    def answer(self, question, *, subject_key=None, excerpt_length=1000, others=5):
        self.subjects_asked.append(subject_key)
        rows = [row for row, _url, title in self._generation.titles() if title == question]
        if not rows:
            return NoAnswer(question, NoAnswerReason.NOTHING_FITS, (), 0.01)
        article = self._generation.article(rows[0])
        text = article.answer[:excerpt_length]
        others = tuple(hit(self._generation.article(row)) for row in range(rows[0] + 1, rows[0] + 1 + others))
        return Answer(question, hit(article), Excerpt(text, 0, len(text), (), 0, 10), 0.95, others, ())


@pytest.fixture
def index(sample_settings):
    with make_store(sample_settings).current() as generation:
        yield OpenIndex(ScriptedAnswerer(generation), generation, excerpt_length=1000, others=5)


@pytest.fixture
def say(index):
    session = ChatSession(index, "https://quicktakes.io")

    def say_it(line: str) -> str:
        turn = session.respond(line)
        return "" if turn.view is None else shown(turn.view)

    return say_it


@pytest.fixture
def question(index):
    """The question of an article that has related articles which exist."""
    articles = (index.articles.article(row) for row in index.articles.article_rows[:40])
    return next(article.question for article in articles if index.related(article))


def shown(view) -> str:
    stream = io.StringIO()
    show(Console(file=stream, width=200, markup=False, emoji=False, highlight=False), view)
    return stream.getvalue()


def test_the_greeting_says_how_much_is_known_and_what_one_could_ask(index):
    lines = shown(ChatSession(index, "https://quicktakes.io").greeting()).splitlines()
    articles = sum(count for _, count in index.subject_counts)
    assert lines[0].startswith(f"I know {articles} articles in {len(index.subject_counts)} subjects.")
    titles = {title for _row, _url, title in index.articles.titles()}
    assert len(lines) == 5
    assert all(line.strip() in titles for line in lines[2:])


def test_a_question_is_answered_and_more_shows_the_whole_article(say, index, question):
    reply = say(question)
    assert reply.startswith(f"{question}\n")
    assert "quoted from the article" in reply
    article = next(a for a in map(index.articles.article, index.articles.article_rows) if a.question == question)
    whole = say(":more")
    last_word = article.answer.split()[-1].strip("*_`$.")
    assert last_word in whole
    assert f"https://quicktakes.io{article.url}" in whole


def test_numbers_choose_a_match_and_more_then_shows_that_one(say, question):
    listed = say(question).split("Other matches\n")[1].splitlines()
    second = listed[2].removeprefix("  2. ").rpartition("  (")[0]
    link = listed[3].strip()
    chosen = say("2")
    assert chosen.startswith(f"{second}\n")
    assert chosen.rstrip().endswith(link)
    assert say(":more").startswith(f"{second}\n")


def test_a_number_that_is_not_listed_is_refused_kindly(say, question):
    say(question)
    assert say("9") == "The last reply has numbers 1 to 5.\n"


def test_a_number_is_a_question_where_nothing_is_listed(say):
    assert "No article answers that." in say("42")


def test_related_articles_are_numbered_and_can_be_chosen(say, index, question):
    say(question)
    article = next(a for a in map(index.articles.article, index.articles.article_rows) if a.question == question)
    expected = index.related(article)
    lines = say(":related").splitlines()
    assert f"  1. {expected[0].question}  ({expected[0].subject.name})" in lines
    assert say("1").startswith(f"{expected[0].question}\n")


def test_before_a_reply_there_is_nothing_to_show(say):
    assert say(":more") == say(":related") == "Ask something first: there is no article to show yet.\n"


def test_no_answer_forgets_the_article_before(say, question):
    say(question)
    say("gibberish")
    assert say(":more").startswith("Ask something first")


def test_a_subject_is_chosen_by_name_or_key_and_kept_until_it_is_dropped(index):
    session = ChatSession(index, "https://quicktakes.io")
    subject = index.subject_counts[0][0]
    assert shown(session.respond(f":subject {subject.name.upper()}").view).startswith(f"Asking in {subject.name} only.")
    session.respond("a")
    assert session.subject_name == subject.name
    session.respond(":subject")
    session.respond("b")
    session.respond(f":subject {subject.key}")
    session.respond("c")
    assert index.answerer.subjects_asked == [subject.key, None, subject.key]


def test_an_unknown_subject_changes_nothing_and_names_the_nearest(index):
    session = ChatSession(index, "https://quicktakes.io")
    assert shown(session.respond(":subject biologie").view) == (
        "no subject is called biologie; did you mean Biology?\n"
    )
    assert session.subject_name == ""


def test_all_subjects_are_listed_with_their_size(say, index):
    assert say(":subjects").splitlines() == [f"  {subject.name}: {count}" for subject, count in index.subject_counts]


def test_help_names_every_command_and_quit_ends(index):
    session = ChatSession(index, "https://quicktakes.io")
    text = shown(session.respond(":HELP").view)
    for command in (":more", ":related", ":subject", ":subjects", ":help", ":quit"):
        assert command in text
    assert session.respond(":quit").ended
    assert not session.respond("").ended


def test_an_unknown_command_is_no_question(say, index):
    assert say(":mroe") == "There is no :mroe. :help lists what there is.\n"
    assert index.answerer.subjects_asked == []
