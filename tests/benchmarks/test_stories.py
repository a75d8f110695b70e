"""Stories hide no question: what is looked for is the same with and without them."""

from __future__ import annotations

import pytest
from stories import MEMBERS_QUESTIONS, STORIES, ended

from retrieval.evaluation.judged_questions import load_judged
from retrieval.questions.message_parts import message_parts
from retrieval.questions.question_text import read_question

QUESTIONS = [ended(judged.query) for judged in load_judged(MEMBERS_QUESTIONS)]
SHORTEST, LONGEST = 50, 600


def parts(message):
    return [part.text.rstrip(" ?.!").casefold() for part in message_parts(read_question(message).text)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_is_asked_with_a_story_before_after_and_around(question):
    for story in STORIES:
        for place, message in story.placed(question):
            assert parts(message) == parts(question), place


def test_stories_are_as_long_as_members_write_them():
    assert all(SHORTEST <= len(f"{story.opening} {story.closing}") <= LONGEST for story in STORIES)


def test_each_member_asks_something_else():
    assert len(set(QUESTIONS)) == len(QUESTIONS) >= 30


def test_the_questions_in_posts_of_others_are_found(shared_dir):
    path = shared_dir / "cases" / "posts.txt"
    if not path.is_file():
        pytest.skip("needs cases/posts.txt in a folder `shared` beside the checkout")
    posts = path.read_text(encoding="utf-8").splitlines()
    assert [parts(post) for post in posts] == [
        ["what is osmosis"],
        ["what is osmosis"],
        ["how does compound interest work"],
    ]
