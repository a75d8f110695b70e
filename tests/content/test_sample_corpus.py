"""The sample corpus holds every shape that real articles have, so that whatever works here has met all of them.

The files are read with python-frontmatter alone, and shapes are looked for in the answers as the files write them:
one line, in which a line break is the two characters backslash and n. A pattern's ``\\n`` is those two characters.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import frontmatter
import pytest

CONTENT = Path(__file__).parents[2] / "content"
JUDGED_FILES = ("judged-sciences.jsonl", "judged-humanities.jsonl")
FIRST_QUESTIONS = "first-questions.jsonl"

REQUIRED = {
    "_schema": str,
    "id": int,
    "date": dt.date,
    "title": str,
    "article_title": str,
    "date_format": str,
    "post_on_text": str,
    "seo": dict,
    "author": str,
    "question": str,
    "answer": str,
    "subject": str,
    "file_name": str,
    "url": str,
}
RELATED = tuple(f"related_article{place}" for place in range(1, 6))

FENCE = re.compile(r"```(\w+)\\n(.*?)\\n```")
INLINE_CODE = re.compile(r"(?<!`)`[^`]+`(?!`)")
MATH = re.compile(r"\$\$(.+?)\$\$|\\\[(.+?)\\\]|\\\((.+?)\\\)|\$(?!\$)(.+?)\$")


@dataclass(frozen=True)
class Sample:
    """One file: where it lies, its front matter and its body."""

    path: Path
    fields: dict[str, Any]
    body: str

    @property
    def answer(self) -> str:
        return str(self.fields["answer"])

    @property
    def related(self) -> list[dict[str, Any]]:
        return [self.fields[name] for name in RELATED if name in self.fields]


@cache
def samples() -> tuple[Sample, ...]:
    paths = sorted((CONTENT / "learn").glob("*/*.md"))
    posts = ((path, frontmatter.loads(path.read_text(encoding="utf-8"))) for path in paths)
    return tuple(Sample(path, post.metadata, post.content) for path, post in posts)


def raw(answer: str) -> list[str]:
    """The answer as the file writes it."""
    return [answer]


def code(answer: str) -> list[str]:
    """Each fenced block as ``language: text``."""
    return [f"{language}: {text}" for language, text in FENCE.findall(answer)]


def display(answer: str) -> list[str]:
    """What stands between each pair of ``$$``."""
    return [groups[0] for groups in MATH.findall(FENCE.sub(" ", answer)) if groups[0]]


def math(answer: str) -> list[str]:
    """What stands between the delimiters of each piece of math, whichever they are."""
    return ["".join(groups) for groups in MATH.findall(FENCE.sub(" ", answer))]


def prose(answer: str) -> list[str]:
    """The answer without fenced blocks and with each piece of math replaced by one letter."""
    return [MATH.sub("M", FENCE.sub("", answer))]


# name: (the part of an answer it is looked for in, pattern)
SHAPES = {
    "heading of level 1": (prose, r"(?:^|\\n)# \w"),
    "heading of level 2": (prose, r"\\n## \w"),
    "heading of level 3": (prose, r"\\n### \w"),
    "bold lead-in of a paragraph": (prose, r"\\n\\n\*\*[^*]+\*\*(?: \([^)]*\))?: \w"),
    "bold lead-in of a numbered item": (prose, r"\\n1\. \*\*[^*]+\*\*: \w"),
    "bold lead-in of a bulleted item": (prose, r"\\n- \*\*[^*]+\*\*: \w"),
    "bullets nested in a numbered list": (prose, r"\\n1\. [^\\]+\\n   - \w"),
    "bullets nested in bullets": (prose, r"\\n- [^\\]+\\n  - \w"),
    "list nested three deep": (prose, r"\\n   - [^\\]+\\n     - \w"),
    "math inside $": (raw, r"(?<!\$)\$[^$\\ ][^$]*\$(?!\$)"),
    r"math inside \( \)": (raw, r"\\\( ?\w.*?\\\)"),
    r"math inside \[ \]": (raw, r"\\\[\\n.+?\\n *\\\]"),
    "display math with $$ on lines of their own": (raw, r"\\n\$\$\\n[^$]+\\n\$\$(?:\\n|$)"),
    "display math on one line": (raw, r"\\n\$\$(?!\\n)[^$]+(?<!\\n)\$\$(?:\\n|$)"),
    "display math inside a sentence": (raw, r"\w\. \$\$[^$]+\$\$ \w"),
    "display math inside a list item": (raw, r"\\n   \$\$\\n   [^$]+\\n   \$\$\\n"),
    "pmatrix with row break and line break": (display, r"\\begin\{pmatrix\}\\n[^$]+?\\\\\\n[^$]+\\end\{pmatrix\}"),
    "bmatrix with row break and line break": (display, r"\\begin\{bmatrix\}\\n[^$]+?\\\\\\n[^$]+\\end\{bmatrix\}"),
    "vmatrix with row break and line break": (display, r"\\begin\{vmatrix\}\\n[^$]+?\\\\\\n[^$]+\\end\{vmatrix\}"),
    "matrix on one line": (math, r"\\begin\{([pbv]matrix)\} [^$]+? \\\\ [^$]+ \\end\{\1\}"),
    "cases": (display, r"\\begin\{cases\}\\n[^$]+ & \\text\{if \}[^$]+?\\\\\\n[^$]+\\end\{cases\}"),
    "aligned": (display, r"\\begin\{aligned\}\\n[^$]+ &= [^$]+?\\\\\\n[^$]+\\end\{aligned\}"),
    r"\frac": (math, r"\\frac\{[^}]+\}\{[^}]+\}"),
    r"\text": (math, r"\\text\{[^}]+\}"),
    r"\ce": (math, r"\\ce\{\w+\}"),
    r"\ce of a whole reaction": (math, r"\\ce\{[^}]+ (?:->|<=>) [^}]+\}"),
    r"\xrightarrow": (math, r"\\xrightarrow\{[^}]+\}"),
    r"command \neq": (math, r"\\neq (?:\d|[A-Z])"),
    r"command \nabla": (math, r"\\nabla (?:f|\\cdot|\\times)"),
    r"command \nu": (math, r"(?:h|\{|^)\\nu(?=\}|$| -)"),
    r"command \notin": (math, r"x \\notin A"),
    r"command \neg": (math, r"\\neg \(?[PQx]\b"),
    r"command \nu after a line break": (display, r"^\\n\\nu = "),
    r"command \nabla after a line break": (display, r"^\\n\\nabla "),
    r"command \neg after a line break": (display, r"^\\n\\neg "),
    "line break, then variable x": (display, r"^\\nx = "),
    "line break, then variable n": (display, r"^\\nn = \d"),
    "line break, then variable n and \\frac": (display, r"^\\nn = \\frac"),
    "line break, then variable u": (display, r"^\\nu = \d"),
    "line break, then function u": (display, r"^\\nu\(t\) = "),
    "row break and line break, then function u": (display, r"\\\\\\nu\(1\) &= "),
    "line break, then variable NX": (display, r"^\\nNX = "),
    "line break, then a word that begins as \\nu does": (prose, r"\\nu[a-z]+ [a-z]"),
    "line break, then a word that begins as \\neg does": (prose, r"\\neg[a-z]+ [a-z]"),
    "fence of python": (code, r"^python: .*\bprint\("),
    "fence of bash": (code, r"^bash: .*\bgrep "),
    "fence of sql": (code, r"^sql: SELECT .*\\nFROM "),
    "fence of java": (code, r"^java: .*\bimplements "),
    "fence of c": (code, r"^c: #include <stdio\.h>"),
    "fence of javascript": (code, r"^javascript: .*=> console\.log"),
    r"line of code that begins, after \n, with int": (code, r"\\nint main"),
    r"line of code that begins, after \n, as \nu does: numbers": (code, r"\\nnumbers = \["),
    r"line of code that begins, after \n, with n: nl": (code, r"\\nnl server\.log"),
    r"escape \n inside a string of code": (code, r'printf\("%lu\\n", '),
    "print as a line of code": (code, r"\\nprint\(\w+"),
    "pipe table": (prose, r"\\n\| [^\\]+ \|\\n\|(?: ?:?-{3,}:? ?\|){2,}\\n\| "),
    "pipe table with math": (raw, r"\\n\|(?:---\|)+\\n(?:\| [^|]+)*\| \$[^$|]+\$ \|"),
    "link": (prose, r"\[[^\]]+\]\(https://[\w.-]+/[^)\s]*\)"),
    "subscript in HTML": (prose, r"\w<sub>\d</sub>"),
    "line break in HTML": (prose, r"\.<br>[A-Z]"),
    "inline code": (prose, INLINE_CODE.pattern),
    "block quote": (prose, r"(?:^|\\n)> \w"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shape_is_in_the_corpus(shape: str) -> None:
    view, pattern = SHAPES[shape]
    found = [s.path.name for s in samples() if any(re.search(pattern, piece) for piece in view(s.answer))]
    assert found, f"no sample article has a {shape}"


@pytest.mark.parametrize("shape", SHAPES)
def test_shape_is_not_seen_in_plain_text(shape: str) -> None:
    view, pattern = SHAPES[shape]
    plain = "It costs 5 dollars.\\n\\nNew people arrive: none stay.\\nUse a - b, # and | with care.\\n1. One\\n- Two"
    assert [piece for piece in view(plain) if re.search(pattern, piece)] == []


def test_some_answers_are_one_paragraph() -> None:
    assert {s.path.stem for s in samples() if "\\n" not in s.answer} >= {
        "what-is-the-difference-between-heat-and-temperature",
        "why-does-ice-float-on-water",
    }


def test_tables_and_links_occur_more_than_once() -> None:
    for shape in ("pipe table", "link"):
        view, pattern = SHAPES[shape]
        assert sum(bool(re.search(pattern, view(s.answer)[0])) for s in samples()) >= 2, shape


def test_each_of_fifteen_subjects_holds_at_least_ten_articles() -> None:
    counts = Counter(s.path.parent.name for s in samples())
    assert len(counts) == 15
    assert {subject: count for subject, count in counts.items() if count < 10} == {}


def test_urls_are_unique_and_follow_from_folder_and_question() -> None:
    counts = Counter(s.fields["url"] for s in samples())
    assert [url for url, count in counts.items() if count > 1] == []
    for sample in samples():
        words = re.sub(r"[^a-z0-9\s]", "", sample.fields["question"].lower()).split()
        assert sample.path.stem == "-".join(words), sample.path
        assert sample.fields["url"] == f"/learn/{sample.path.parent.name}/questions/{sample.path.stem}", sample.path


def test_every_file_has_every_required_field() -> None:
    problems = [
        f"{sample.path.name}: {name}"
        for sample in samples()
        for name, kind in REQUIRED.items()
        if not isinstance(sample.fields.get(name), kind) or not sample.fields[name]
    ]
    assert problems == []


def test_no_file_has_a_field_that_the_format_lacks() -> None:
    known = {*REQUIRED, *RELATED, "score", "no_index"}
    assert [(s.path.name, set(s.fields) - known) for s in samples() if set(s.fields) - known] == []
    assert {"score", "no_index", *RELATED[:3]} <= {name for s in samples() for name in s.fields}


def test_seo_and_fixed_fields_are_those_of_the_format() -> None:
    for sample in samples():
        fields = sample.fields
        assert fields["seo"].keys() == {"title", "page_description", "page_keywords"}, sample.path
        assert all(isinstance(value, str) and value for value in fields["seo"].values()), sample.path
        assert fields["seo"]["title"] == f"QuickTakes | {fields['subject']}", sample.path
        assert (fields["_schema"], fields["author"]) == ("default", "QuickTakes"), sample.path
        assert fields["file_name"] == sample.path.name
        assert fields["title"] == fields["article_title"] == fields["question"]
        assert sample.body == "&nbsp;", sample.path


def test_answers_are_one_line_of_useful_length() -> None:
    assert [s.path.name for s in samples() if "\n" in s.answer or "\t" in s.answer] == []
    assert [(s.path.name, len(s.answer)) for s in samples() if not 600 <= len(s.answer) <= 2500] == []


def test_fences_and_display_math_are_closed() -> None:
    for sample in samples():
        assert sample.answer.count("```") == 2 * len(FENCE.findall(sample.answer)), sample.path
        without_code = INLINE_CODE.sub("", FENCE.sub("", sample.answer))
        assert without_code.count("$") % 2 == 0, sample.path


def test_an_id_is_shared_by_two_articles() -> None:
    by_id = defaultdict(set)
    for sample in samples():
        by_id[sample.fields["id"]].add(sample.path.stem)
    assert {"why-does-ice-float-on-water", "what-is-the-difference-between-diffusion-and-osmosis"} in by_id.values()


def test_one_article_is_hidden_from_search_engines() -> None:
    hidden = [s.path.stem for s in samples() if s.fields.get("no_index") is True]
    assert hidden == ["what-should-students-bring-to-the-first-physics-laboratory-session"]


def test_subjects_differ_only_in_case_inside_a_folder() -> None:
    spellings = defaultdict(set)
    for sample in samples():
        spellings[sample.path.parent.name].add(sample.fields["subject"])
    assert spellings["computer-science"] == {"Computer Science", "Computer science"}
    assert spellings["education-studies"] == {"Education Studies", "Education studies"}
    assert [folder for folder, names in spellings.items() if len({name.casefold() for name in names}) > 1] == []


def test_a_question_is_asked_in_two_subjects_with_different_answers() -> None:
    same = [s for s in samples() if s.fields["question"] == "What is opportunity cost?"]
    assert {s.path.parent.name for s in same} == {"economics", "engineering"}
    assert len({s.answer for s in same}) == 2


def test_related_articles_exist_but_for_one_dangling_link() -> None:
    by_url = {s.fields["url"]: s.fields for s in samples()}
    dangling = []
    for sample in samples():
        for link in sample.related:
            assert link.keys() == {"id", "title", "subject", "url"}, sample.path
            target = by_url.get(link["url"])
            if target is None:
                dangling.append(link["url"])
            else:
                expected = tuple(target[name] for name in ("id", "question", "subject"))
                assert (link["id"], link["title"], link["subject"]) == expected, sample.path
                assert link["url"] != sample.fields["url"], f"{sample.path} is related to itself"
    assert dangling == ["/learn/engineering/questions/how-are-structures-tested-to-destruction"]


@pytest.mark.parametrize(("name", "number"), [*((name, 45) for name in JUDGED_FILES), (FIRST_QUESTIONS, 100)])
def test_judged_questions_quote_the_articles_they_were_written_from(name: str, number: int) -> None:
    answers = {s.fields["url"]: s.answer for s in samples()}
    judged = [json.loads(line) for line in (CONTENT / name).read_text(encoding="utf-8").splitlines()]
    assert len({question["id"] for question in judged}) == len({question["query"] for question in judged})
    assert len({question["id"] for question in judged}) == len(judged) == number
    for question in judged:
        assert question["grades"].keys() <= answers.keys(), question["id"]
        if question["answerable"]:
            assert question["grades"][question["source"]] == 2, question["id"]
            assert question["evidence"] in answers[question["source"]], question["id"]
            assert "\\n" not in question["evidence"], question["id"]
        else:
            assert question["style"].startswith("none-"), question["id"]
            assert 2 not in question["grades"].values(), question["id"]


@pytest.mark.parametrize("name", JUDGED_FILES)
def test_judged_questions_cover_six_styles_evenly(name: str) -> None:
    judged = [json.loads(line) for line in (CONTENT / name).read_text(encoding="utf-8").splitlines()]
    styles = Counter(question["style"] for question in judged if question["answerable"])
    assert styles == dict.fromkeys(("paraphrase", "sloppy", "keywords", "detail", "scenario", "followup"), 6)


def test_first_questions_are_asked_about_every_subject() -> None:
    asked = [json.loads(line) for line in (CONTENT / FIRST_QUESTIONS).read_text(encoding="utf-8").splitlines()]
    counts = Counter(question["source"].split("/")[2] for question in asked)
    assert counts.keys() == {s.path.parent.name for s in samples()}
    assert min(counts.values()) >= 6
