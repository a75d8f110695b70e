"""What documents, docstrings and comments name exists: modules, files, and what links lead to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "config", "embeddings", "retrieval")
FOLDERS = (*PACKAGES, "benchmarks", "docs", "tests")
HISTORY = "CHANGELOG.md"  # names what there was
FILES_OF_DATA = {"bot.sqlite"}
MODULE = re.compile(rf"`((?:{'|'.join(PACKAGES)})(?:\.\w+)+)(?:\(\))?`")
FILE = re.compile(rf"`((?:content|{'|'.join(FOLDERS)})/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#([\w-]+))?\)")


def texts(ending: str) -> dict[str, str]:
    """Name → text of every file of ours with that ending."""
    paths = [
        *ROOT.glob(f"*{ending}"),
        *(path for folder in FOLDERS for path in ROOT.joinpath(folder).rglob(f"*{ending}")),
    ]
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in sorted(paths) if path.name != HISTORY}


DOCUMENTS = texts(".md")


def names_of_settings() -> list[str]:
    """The settings in the table of docs/configuration.md."""
    return re.findall(
        r"^\| `([a-z_]+\.[a-z_]+)` \|", (ROOT / "docs" / "configuration.md").read_text("utf-8"), re.MULTILINE
    )


def exists(dotted: str) -> bool:
    """Whether it is a package, a module, something that a module defines, or a member of that."""
    path = ROOT
    parts = dotted.split(".")
    while parts and (path / parts[0]).is_dir():
        path /= parts.pop(0)
    if not parts:
        return True
    module = path / f"{parts.pop(0)}.py"
    if not module.is_file():
        return False
    text = module.read_text("utf-8")
    return all(re.search(rf"^\s*(?:(?:class|(?:async )?def) )?{name}\b", text, re.MULTILINE) for name in parts)


def missing_in(text: str) -> list[str]:
    known = {*FILES_OF_DATA, *names_of_settings()}  # a group of settings has the name of a package
    missing = [name for name in MODULE.findall(text) if name not in known and not exists(name)]
    return missing + [name for name in FILE.findall(text) if not (ROOT / name).exists()]


def anchors_of(text: str) -> set[str]:
    """Anchors as GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_names_is_there(name):
    assert missing_in(DOCUMENTS[name]) == []
    for target, anchor in LINK.findall(DOCUMENTS[name]):
        path = ROOT.joinpath(name).parent / target
        assert path.exists(), target
        assert not anchor or anchor in anchors_of(path.read_text("utf-8"))


def test_what_docstrings_and_comments_name_is_there():
    sources = texts(".py")
    del sources["tests/test_docs.py"]  # names what is not there, below
    assert {name: missing for name, text in sources.items() if (missing := missing_in(text))} == {}


def test_what_is_not_there_is_found():
    there = "`bot.assistant.asker.Asker`, `bot.assistant`, `bot.assistant.asker`, `bot/cogs/`, `docs/images/reply.png`"
    assert missing_in(there) == []
    gone = ["bot.replies", "bot.assistant.asker.Nobody", "bot.nobody.Asker", "retrieval/parsing.py"]
    assert missing_in(" ".join(f"`{name}`" for name in gone)) == gone
    assert anchors_of("# What lies where\n## `a` & b") == {"what-lies-where", "a--b"}
