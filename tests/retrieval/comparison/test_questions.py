from retrieval.comparison.questions import answerable_within, made_questions, urls_by_use
from retrieval.domain import Article, Seo, Subject
from retrieval.evaluation.judged_questions import JudgedQuestion


def article(name, **fields):
    return Article(
        url=f"/learn/{name}",
        question=f"What is {name}?",
        answer="It is known.",
        subject=Subject("geology", "Geology"),
        path=f"geology/{name}.md",
        **fields,
    )


def judged(query, *, answerable=True, **grades):
    return JudgedQuestion(query, query, "", answerable, None, None, {f"/learn/{url}": n for url, n in grades.items()})


def test_articles_are_asked_for_by_their_other_words_in_turn():
    seo = Seo(page_description="A dark rock.\n  It cools fast.", page_keywords=("lava", "rock", "volcano"))
    made = made_questions(
        [article(name, seo=seo, title="Dark stone") for name in ("basalt", "gabbro", "tuff", "slate")]
    )
    assert [question.query for question in made] == [
        "A dark rock. It cools fast.",
        "lava rock volcano",
        "Dark stone",
        "A dark rock. It cools fast.",
    ]
    assert [question.style for question in made] == ["description", "keywords", "title", "description"]
    assert [question.grades for question in made[:2]] == [{"/learn/basalt": 2}, {"/learn/gabbro": 2}]
    assert all(question.answerable for question in made)


def test_a_title_that_is_the_question_again_is_no_other_wording():
    same = article("basalt", title="what IS  basalt?", seo=Seo(page_keywords=("lava",)))
    assert [question.query for question in made_questions([same, same])] == ["lava", "lava"]


def test_an_article_that_says_nothing_of_itself_is_asked_for_by_its_question():
    (question,) = made_questions([article("basalt")])
    assert (question.query, question.style) == ("What is basalt?", "question")


def test_a_long_description_ends_with_a_whole_word_and_one_without_blanks_ends_somewhere():
    seo = Seo(page_description="stone " * 1_000)
    assert made_questions([article("basalt", seo=seo)])[0].query == " ".join(["stone"] * 50)
    seo = Seo(page_description="x" * 1_000_000)
    assert made_questions([article("basalt", seo=seo)])[0].query == "x" * 300


def test_of_many_articles_a_thousand_are_asked_for_at_equal_distances():
    made = made_questions([article(str(number)) for number in range(3_000)])
    assert [question.source for question in made[:3]] == ["/learn/0", "/learn/3", "/learn/6"]
    assert len({question.source for question in made}) == 1_000


def test_judged_articles_come_by_their_use_each_once():
    questions = [judged("a", one=1, two=2, none=0), judged("b", two=0, three=2, one=2)]
    assert urls_by_use(questions) == ("/learn/two", "/learn/three", "/learn/one", "/learn/none")


def test_only_questions_that_a_present_article_answers_are_asked():
    questions = [judged("a", one=2, two=1), judged("b", two=2), judged("c", answerable=False, one=2)]
    assert [question.query for question in answerable_within(questions, {"/learn/one"})] == ["a"]
