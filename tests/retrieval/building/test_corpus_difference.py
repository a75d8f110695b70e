"""What became of articles between two states of a corpus."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.building.corpus_difference import CorpusDifference, MovedArticle, compare
from retrieval.generations.rows import ListedArticle, question_key


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


def test_an_article_whose_file_goes_on_has_moved_even_if_it_asks_another_question():
    before, after = listed("/old", "What is osmosis?"), listed("/new", "What is osmosis, and why?", b"2")
    stranger = listed("/other", "What is a cell?")
    found = compare(state(before), state(after, stranger), {before.path: after.path})
    assert found == CorpusDifference(added=(stranger,), moved=(MovedArticle("/old", "/new", "What is osmosis?"),))


def test_the_same_question_weighs_more_than_the_file():
    before = listed("/old", "What is osmosis?")
    same, next_file = listed("/same", "what is osmosis"), listed("/next", "Why?")
    found = compare(state(before), state(same, next_file), {before.path: next_file.path})
    assert (found.moved, found.added) == ((MovedArticle("/old", "/same", "What is osmosis?"),), (next_file,))


articles = st.builds(listed, st.sampled_from(["/a", "/b", "/c", "/d", "/e"]), st.sampled_from(["A?", "B?", "C?"]))
states = st.lists(articles, max_size=5).map(lambda found: state(*found))
paths = st.sampled_from([f"learn/{name}.md" for name in "abcdex"])


@given(states, states, st.dictionaries(paths, paths))
def test_what_the_source_says_only_pairs_what_came_with_what_went(before, after, successors):
    plain, told = compare(before, after), compare(before, after, successors)
    assert set(plain.moved) <= set(told.moved)
    assert told.changed == plain.changed
    pairs = [(moved.url, moved.successor) for moved in told.moved]
    came, went = after.keys() - before.keys(), before.keys() - after.keys()
    assert sorted([*(old for old, _ in pairs), *(each.url for each in told.removed)]) == sorted(went)
    assert sorted([*(new for _, new in pairs), *(each.url for each in told.added)]) == sorted(came)
