"""What became of articles between two states of a corpus."""

from retrieval.article_rows import question_key
from retrieval.corpus_difference import CorpusDifference, ListedArticle, MovedArticle, compare


def listed(url, question, content=b"1"):
    return ListedArticle(url, question, f"learn{url}.md", question_key(question), content)


def state(*articles):
    return {article.url: article for article in articles}


def test_articles_that_came_changed_and_went_are_told_apart():
    stays, went, came = listed("/a", "What is a?"), listed("/b", "What is b?"), listed("/c", "What is c?")
    before, after = listed("/d", "What is d?"), listed("/d", "What is d?", b"2")
    found = compare(state(stays, went, before), state(came, stays, after))
    assert found == CorpusDifference(added=(came,), changed=(after,), removed=(went,))
    assert not found.is_empty
    assert compare(state(stays), state(stays)).is_empty


def test_the_same_question_under_another_url_has_moved():
    before, after = listed("/old", "What is  Osmosis?"), listed("/new", "what is osmosis", b"2")
    found = compare(state(before), state(after))
    assert found == CorpusDifference(moved=(MovedArticle("/old", "/new", "What is  Osmosis?"),))


def test_of_two_that_went_one_moves_to_the_one_that_came():
    first, second = listed("/1", "Why?"), listed("/2", "Why?")
    found = compare(state(first, second), state(listed("/3", "Why?")))
    assert (found.moved, found.removed, found.added) == ((MovedArticle("/1", "/3", "Why?"),), (second,), ())
