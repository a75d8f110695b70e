"""Small files that once stopped a build or made it say something untrue, from a folder beside the checkout."""

from __future__ import annotations

import runpy
import shutil
import time
from pathlib import Path

import pytest

from retrieval.articles.line_breaks import decode_line_breaks
from retrieval.articles.parsing import parse_article
from retrieval.articles.sections import split_article
from retrieval.errors import ArticleError
from tests.retrieval.article_files import Corpus

ROOT = Path("/content")
TAKEN = {
    "comment": "Mars has two moons",
    "date-jekyll": "This is the answer.\n\nSecond paragraph.",
    "date-quoted": "This is the answer.\n\nSecond paragraph.",
    "dunder": "The method `__init__` sets up",
    "id-quoted": "This is the answer.\n\nSecond paragraph.",
    "ls-2028": "Hello world of pasted text.\n\nSecond.",
    "mathtitle": "To solve a simple quadratic equation",
    "ratio": "The sides of similar triangles are in the same ratio a:b:c.",
    "related-empty": "This is the answer.\n\nSecond paragraph.",
    "title-number": "This is the answer.\n\nSecond paragraph.",
    "win-path": "Open the file C:\\new\\notes\\nginx.conf and edit it.\n\nThen save.",
}
REFUSED = {
    "dup-answer": (6, "answer is given twice, on lines 4 and 6"),
    "latex-dq": (4, "answer: \\frac in double quotes"),
}


@pytest.fixture(scope="module")
def hanging(shared_dir):
    """The pieces of text on which the program once worked for minutes, or ended with a traceback."""
    path = shared_dir / "cases" / "hanging_questions.py"
    if not path.is_file():
        pytest.skip("needs cases/hanging_questions.py in a folder `shared` beside the checkout")
    return runpy.run_path(str(path))


def test_front_matter_as_people_write_it_is_built(shared_dir, tmp_path):
    cases = shared_dir / "cases" / "front-matter"
    if not cases.is_dir():
        pytest.skip("needs cases/front-matter in a folder `shared` beside the checkout")
    corpus = Corpus(tmp_path)
    shutil.copytree(cases, corpus.root, dirs_exist_ok=True)
    report = corpus.build()
    failures = {Path(failure.path).stem: failure for failure in report.failures}
    with corpus.open() as generation:
        for path in cases.rglob("*.md"):
            article = generation.article_by_url(f"/learn/tests/questions/{path.stem}")
            if path.stem in REFUSED:
                line, said = REFUSED[path.stem]
                assert failures.pop(path.stem).line == line, path.stem
                assert said in next(each for each in report.failures if Path(each.path).stem == path.stem).problem
            else:
                assert article.answer.startswith(TAKEN.get(path.stem, "")), path.stem
        if generation.row_of("/learn/tests/questions/date-jekyll") is not None:
            dated = [generation.article_by_url(f"/learn/tests/questions/date-{kind}") for kind in ("jekyll", "quoted")]
            assert [str(article.date) for article in dated] == ["2015-01-20", "2024-12-04"]
            assert generation.article_by_url("/learn/tests/questions/id-quoted").id == 410090
            assert generation.article_by_url("/learn/tests/questions/title-number").title == "1984"
    assert failures == {}
    assert [(Path(each.path).stem, each.line) for each in report.warnings] == [("ls-2028", 5)]


def lines_of_problems(front_matter):
    """The lines that an article with this front matter has warnings about, or that of its error."""
    raw = f"---\nquestion: Why?\nanswer: So.\nurl: /why\n{front_matter}\n---\n".encode()
    lines: list[int | None] = []
    try:
        assert parse_article(raw, ROOT / "a.md", ROOT, on_warning=lambda line, _: lines.append(line)).question == "Why?"
    except ArticleError as error:
        lines.append(error.line)
    return lines


def test_front_matter_that_ended_builds_gives_an_article_or_an_error_with_its_line(hanging):
    for name, front_matter in hanging["FRONT_MATTER"].items():
        started = time.process_time()
        lines = lines_of_problems(front_matter)
        assert time.process_time() - started < 1, name
        assert lines, name
        assert min(lines) >= 5, name


def test_answers_that_took_minutes_are_decoded_at_once(hanging):
    for name, answer in hanging["ANSWERS"].items():
        started = time.process_time()
        assert decode_line_breaks(answer + r"\n\\n `") == f"{answer}\n\\\n `", name
        assert time.process_time() - started < 2, name


def test_a_heading_without_end_is_not_repeated_before_each_section(hanging):
    answer = hanging["ANSWERS"]["heading"]
    sections = split_article(answer)
    held = sum(len(section.passage_text) + sum(map(len, section.heading_path)) for section in sections)
    assert held < 3 * len(answer)
