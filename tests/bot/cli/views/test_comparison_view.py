from dataclasses import replace
from pathlib import Path

from bot.cli.views.comparison_view import comparison_lines
from retrieval.comparison.figures import EncoderFigures, EncoderProblem
from retrieval.comparison.questions import made_questions
from retrieval.comparison.sample import Sample
from tests.retrieval.comparison.test_questions import article

SAMPLE = Sample(
    content=Path("sample"),
    articles=1_000,
    corpus_articles=35_915,
    share=0.03,
    questions=made_questions([article("basalt"), article("tuff")]),
    left_out=0,
    are_judged=False,
)
FIRST = EncoderFigures(
    name="packaged",
    answer_1=0.5,
    answer_3=1.0,
    answered=(True, False),
    question_seconds=0.0093,
    build_seconds=42.04,
    corpus_seconds=1_500.0,
    memory_bytes=345_600_000,
    dimension=384,
    window=256,
    licence="apache-2.0",
)
SECOND = replace(
    FIRST, name="/models/large", answer_1=1.0, answered=(True, True), corpus_seconds=9_000.0, window=0, licence=""
)


def test_each_encoder_is_a_row_in_line_with_the_titles():
    titles, first, second, measured_on = comparison_lines(SAMPLE, [FIRST, SECOND])
    assert titles.split("  ")[0] == "model"
    assert " ".join(first.split()) == "packaged 0.500 1.000 9 ms 42.0 s 25 min 346 MB 384 256 apache-2.0"
    assert " ".join(second.split()) == "large 1.000 1.000 +0.500 ± 0.500 9 ms 42.0 s 2.5 h 346 MB 384 no end not said"
    for title in ("answer@1", "question", "whole corpus", "dimension", "window"):
        end = titles.index(title) + len(title)
        assert first[end : end + 2].strip() == second[end : end + 2].strip() == ""
        assert first[end - 1] != " "
    assert measured_on == "measured on 1,000 articles of 35,915, 2 made questions"


def test_an_encoder_that_failed_and_one_with_a_note_have_a_line_below():
    lines = list(
        comparison_lines(SAMPLE, [replace(FIRST, notes=("runs on torch",)), EncoderProblem("x", "a\nb; do c")])
    )
    assert lines[2:4] == ["packaged: runs on torch", "x was not measured: a\\nb; do c"]


def test_where_none_could_be_measured_there_is_no_table():
    lines = list(comparison_lines(replace(SAMPLE, left_out=3, are_judged=True), [EncoderProblem("x", "gone")]))
    assert lines == [
        "x was not measured: gone",
        "measured on 1,000 articles of 35,915, 2 judged questions, 3 judged ones left out",
    ]


def test_names_and_licences_of_any_kind_stay_in_their_cells():
    odd = replace(FIRST, name="a\x1b[31m\nb" * 50, licence="free\nas air")
    row = list(comparison_lines(SAMPLE, [odd]))[1]
    assert "\x1b" not in row
    assert row.endswith("free as air")
    assert len(row.split("  ")[0]) == 40
