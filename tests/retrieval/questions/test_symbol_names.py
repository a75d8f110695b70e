"""Names with marks that get lost where text is cut into words."""

from __future__ import annotations

import pytest

from retrieval.domain import Article, Subject
from retrieval.questions.symbol_names import holds_names, symbol_names


def article(answer):
    return Article("/a", "What is it?", answer, Subject("a", "A"), "a.md")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("what is .NET", {".net"}),
        ("what is .net?", {".net"}),
        ("ASP.NET routing", {".net"}),
        ("C# or C++", {"c#", "c++"}),
        ("what is F#?", {"f#"}),
        ("what is a net", set()),
        ("hello .what is osmosis", set()),
        ("see https://example.net", set()),
        ("a + b ++ c", set()),
        ("my teacher says that I should learn C# before I begin with anything else", set()),
    ],
)
def test_names_are_found_in_short_questions(question, names):
    assert symbol_names(question) == names


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what is .NET", "The .NET runtime runs programs."),
        ("what is .NET", "ASP.NET serves pages."),
        ("what is C#", "C# is compiled."),
        ("what is C#", "The scale has a C sharp."),
        ("what is C++", "In C++ a class has members."),
        ("what is a net", "Anything."),
    ],
)
def test_an_article_that_says_the_name_holds_it(question, said):
    assert holds_names(article(said), symbol_names(question))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what is .NET", "A net shows the faces of a solid. Net income is what is left."),
        ("what is C#", "C is compiled."),
        ("what is F#", "ISF# is no name."),
        ("what is C++", "C has no classes."),
    ],
)
def test_an_article_that_says_another_word_does_not(question, said):
    assert not holds_names(article(said), symbol_names(question))


def test_a_question_is_not_answered_by_an_article_without_the_name(answerer):
    assert answerer.answer("what is .NET").closest == ()
    assert answerer.rank("what is F#") == []
