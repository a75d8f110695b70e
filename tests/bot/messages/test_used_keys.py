"""The catalogue and the program agree: what is said is in the catalogue, and nothing is there in vain."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from bot.messages.catalogue import SOURCE_LANGUAGE, Messages

ROOT = Path(__file__).resolve().parents[3]
SAYING = {"t", "command_text", "command_localizations"}
"""What takes a key as its first argument."""


def trees():
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "bot").rglob("*.py"))]


def texts_in(node):
    return {found.value for found in ast.walk(node) if isinstance(found, ast.Constant) and isinstance(found.value, str)}


def said_keys(tree):
    """The keys that are written out where something is said."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name in SAYING and isinstance(first, ast.Constant | ast.IfExp):
                chosen = [first] if isinstance(first, ast.Constant) else [first.body, first.orelse]
                yield from (part.value for part in chosen if isinstance(part, ast.Constant))


def built_keys(tree):
    """Patterns of the keys that are put together, such as `f"confidence-{words}"`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.Constant) for part in node.values):
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z0-9-]+" for part in node.values]
            if isinstance(node.values[0], ast.Constant) and re.fullmatch(r"[a-z]+(-[a-z]+)*-", node.values[0].value):
                yield re.compile("".join(parts))


def keys_in_other_texts():
    sources = (ROOT / "bot" / "messages" / "locales" / SOURCE_LANGUAGE).glob("*.ftl")
    return {key for path in sources for key in re.findall(r"\{ ([a-z][a-z0-9-]+) \}", path.read_text(encoding="utf-8"))}


def test_every_key_that_is_said_is_in_the_catalogue():
    known = set(Messages(SOURCE_LANGUAGE).keys)
    said = {key for tree in trees() for key in said_keys(tree)}
    assert said - known == set()
    assert "cmd-ask-name" in said  # the search finds something


def test_every_key_of_the_catalogue_is_used():
    found = trees()
    written = {text for tree in found for text in texts_in(tree)} | keys_in_other_texts()
    patterns = [pattern for tree in found for pattern in built_keys(tree)]
    keys = Messages(SOURCE_LANGUAGE).keys
    unused = [key for key in keys if key not in written and not any(pattern.fullmatch(key) for pattern in patterns)]
    assert unused == []
