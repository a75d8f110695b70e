"""What is wrong with a corpus of sample articles: with each file, with all of them together, with the judged questions.

The files are read with python-frontmatter alone, so that what reads articles is not what judges them.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter

from tests.content.shapes import FENCE, INLINE_CODE, SHAPES, has

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
OPTIONAL = {*RELATED, "score", "no_index"}
SEO = {"title", "page_description", "page_keywords"}

SUBJECTS = 15
LEAST_OF_A_SUBJECT = 10
LEAST_ANSWER, MOST_ANSWER = 600, 2_500
TWICE = ("pipe table", "link")
ONE_PARAGRAPH = {"what-is-the-difference-between-heat-and-temperature", "why-does-ice-float-on-water"}
SHARED_ID = {"why-does-ice-float-on-water", "what-is-the-difference-between-diffusion-and-osmosis"}
HIDDEN = ["what-should-students-bring-to-the-first-physics-laboratory-session"]
DANGLING = ["/learn/engineering/questions/how-are-structures-tested-to-destruction"]
ASKED_TWICE = ("What is opportunity cost?", {"economics", "engineering"})
SPELLED_TWICE = {
    "computer-science": {"Computer Science", "Computer science"},
    "education-studies": {"Education Studies", "Education studies"},
}


@dataclass(frozen=True)
class Sample:
    """One file: where it lies, its front matter and its body."""

    path: Path
    fields: dict[str, Any]
    body: str

    @property
    def folder(self) -> str:
        return self.path.parent.name

    @property
    def answer(self) -> str:
        return str(self.fields["answer"])

    @property
    def related(self) -> list[dict[str, Any]]:
        return [self.fields[name] for name in RELATED if name in self.fields]


def read_samples(content: Path) -> tuple[Sample, ...]:
    """The articles of a content folder."""
    paths = sorted((content / "learn").glob("*/*.md"))
    posts = ((path, frontmatter.loads(path.read_text(encoding="utf-8"))) for path in paths)
    return tuple(Sample(path, post.metadata, post.content) for path, post in posts)


def problems(samples: Sequence[Sample]) -> list[str]:
    """All that is wrong with articles, each and together."""
    unread = [problem for sample in samples for problem in field_problems(sample)]
    if unread:
        return unread
    each = [problem for sample in samples for problem in article_problems(sample)]
    return [*each, *corpus_problems(samples), *related_problems(samples), *shape_problems(samples)]


def field_problems(sample: Sample) -> Iterator[str]:
    """Fields that are missing, of another kind, or unknown."""
    for name, kind in REQUIRED.items():
        if not isinstance(sample.fields.get(name), kind) or not sample.fields[name]:
            yield f"{sample.path.name}: {name} is missing or no {kind.__name__}"
    for name in sorted(sample.fields.keys() - REQUIRED.keys() - OPTIONAL):
        yield f"{sample.path.name}: the format has no field {name}"


def article_problems(sample: Sample) -> Iterator[str]:
    """What is wrong with one article."""
    fields, stem = sample.fields, sample.path.stem
    words = re.sub(r"[^a-z0-9\s]", "", fields["question"].lower()).split()
    without_code = INLINE_CODE.sub("", FENCE.sub("", sample.answer))
    seo = fields["seo"]
    sound = {
        "its name does not follow from its question": stem == "-".join(words),
        "its url does not follow from its place": fields["url"] == f"/learn/{sample.folder}/questions/{stem}",
        "seo is incomplete": seo.keys() == SEO and all(isinstance(value, str) and value for value in seo.values()),
        "seo has another title": seo.get("title") == f"QuickTakes | {fields['subject']}",
        "schema or author is another": (fields["_schema"], fields["author"]) == ("default", "QuickTakes"),
        "file_name is another": fields["file_name"] == sample.path.name,
        "its titles differ": fields["title"] == fields["article_title"] == fields["question"],
        "its body is not &nbsp;": sample.body == "&nbsp;",
        "its answer is not one line": "\n" not in sample.answer and "\t" not in sample.answer,
        "its answer is of no useful length": LEAST_ANSWER <= len(sample.answer) <= MOST_ANSWER,
        "a fence is not closed": sample.answer.count("```") == 2 * len(FENCE.findall(sample.answer)),
        "a formula is not closed": without_code.count("$") % 2 == 0,
    }
    return (f"{sample.path.name}: {problem}" for problem, holds in sound.items() if not holds)


def corpus_problems(samples: Sequence[Sample]) -> Iterator[str]:
    """What the articles together lack, or have too often."""
    counts = Counter(sample.folder for sample in samples)
    if len(counts) != SUBJECTS:
        yield f"there are {len(counts)} subjects, not {SUBJECTS}"
    yield from (f"{name} has {count} articles" for name, count in counts.items() if count < LEAST_OF_A_SUBJECT)
    yield from twice("url", (sample.fields["url"] for sample in samples))
    by_id, spellings = defaultdict(set), defaultdict(set)
    for sample in samples:
        by_id[sample.fields["id"]].add(sample.path.stem)
        spellings[sample.folder].add(sample.fields["subject"])
    asked, places = ASKED_TWICE
    same = [sample for sample in samples if sample.fields["question"] == asked]
    used = {name for sample in samples for name in sample.fields}
    sound = {
        "no id is shared by two articles": SHARED_ID in by_id.values(),
        "another article is hidden": [s.path.stem for s in samples if s.fields.get("no_index") is True] == HIDDEN,
        "no subject is spelled in two ways": SPELLED_TWICE.items() <= spellings.items(),
        "a folder has two subjects": all(len({name.casefold() for name in names}) == 1 for names in spellings.values()),
        "no question is asked in two subjects": {sample.folder for sample in same} == places,
        "a question has the same answer twice": len({sample.answer for sample in same}) == len(same),
        "an optional field is used nowhere": {"score", "no_index", *RELATED[:3]} <= used,
        "no answer is one paragraph": {s.path.stem for s in samples if "\\n" not in s.answer} >= ONE_PARAGRAPH,
    }
    yield from (problem for problem, holds in sound.items() if not holds)


def related_problems(samples: Sequence[Sample]) -> Iterator[str]:
    """Links to related articles that are wrong; one leads nowhere on purpose."""
    by_url = {sample.fields["url"]: sample.fields for sample in samples}
    dangling = []
    for sample in samples:
        for link in sample.related:
            if link.keys() != {"id", "title", "subject", "url"}:
                yield f"{sample.path.name}: a related article has other fields: {sorted(link)}"
            elif (target := by_url.get(link["url"])) is None:
                dangling.append(link["url"])
            elif link["url"] == sample.fields["url"]:
                yield f"{sample.path.name}: is related to itself"
            elif tuple(link[name] for name in ("id", "title", "subject")) != tuple(
                target[name] for name in ("id", "question", "subject")
            ):
                yield f"{sample.path.name}: its related article {link['url']} is called otherwise"
    if dangling != DANGLING:
        yield f"these related articles do not exist: {dangling}"


def shape_problems(samples: Sequence[Sample]) -> Iterator[str]:
    """Shapes that no answer has, or too few."""
    for shape in SHAPES:
        found, least = sum(has(sample.answer, shape) for sample in samples), 2 if shape in TWICE else 1
        if found < least:
            yield f"{found} articles have a {shape}"


def read_judged(path: Path) -> list[dict[str, Any]]:
    """The questions of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def judged_problems(judged: Sequence[dict[str, Any]], samples: Sequence[Sample]) -> Iterator[str]:
    """What is wrong with judged questions: each quotes the article from which it was written."""
    answers = {sample.fields["url"]: sample.answer for sample in samples}
    yield from twice("id", (question["id"] for question in judged))
    yield from twice("query", (question["query"] for question in judged))
    for question in judged:
        grades, source = question["grades"], question.get("source")
        sound = {"it is graded with articles that do not exist": grades.keys() <= answers.keys()}
        if question["answerable"]:
            sound["its source does not answer it"] = grades.get(source) == 2
            sound["its evidence is not in its source"] = question["evidence"] in answers.get(source, "")
            sound["its evidence has a line break"] = "\\n" not in question["evidence"]
        else:
            sound["its style is that of an answerable one"] = question["style"].startswith("none-")
            sound["an article answers it"] = 2 not in grades.values()
        yield from (f"{question['id']}: {problem}" for problem, holds in sound.items() if not holds)


def twice(what: str, values: Iterable[str]) -> Iterator[str]:
    """What is there more than once."""
    return (f"{what} {value!r} is there {count} times" for value, count in Counter(values).items() if count > 1)
