"""Every text in every language: there, complete, and within Discord's limits; and every text used, and used rightly."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.client.error_messages import TABLE
from bot.messages import catalogue
from bot.messages.catalogue import LANGUAGES, CatalogueError, Messages, command_localizations
from bot.messages.confidence import confidence_key

BOT = Path(__file__).resolve().parents[3] / "bot"
KEYS = Messages.for_locale("en-US").keys
COMMAND_NAME = re.compile(r"[-_\w]{1,32}")
LIMITS = {"button-": 80, "select-": 150, "modal-": 45, "menu-": 32, "choice-": 100, "suggestion-": 100}
A_LONG_NAME = "Philosophy and Greek Myths of the Ancient World"


class References(Visitor):
    """Arguments and other messages that a message names."""

    def __init__(self):
        super().__init__()
        self.arguments = set()
        self.messages = set()

    def visit_VariableReference(self, node):  # noqa: N802 the name that the base class looks for
        self.arguments.add(node.id.name)

    def visit_MessageReference(self, node):  # noqa: N802 the name that the base class looks for
        self.messages.add(node.id.name)


@cache
def references(language):
    found = {}
    for file in sorted((BOT / "messages" / "locales" / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ftl.Message):
                found[entry.id.name] = References()
                found[entry.id.name].visit(entry)
    return found


def arguments_of(key, language="en"):
    entry = references(language)[key]
    return entry.arguments.union(*(arguments_of(other, language) for other in entry.messages))


def filled(messages, key, number=35_915):
    numbers = {"count", "subjects", "seconds", "days", "limit", "page", "pages"}
    return messages.t(key, **{name: number if name in numbers else A_LONG_NAME for name in arguments_of(key)})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_with_the_same_arguments(language):
    assert sorted(references(language)) == sorted(KEYS)
    differing = {key for key in KEYS if arguments_of(key, language) != arguments_of(key)}
    assert differing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_fits_where_discord_shows_it(language):
    messages = Messages.for_locale(language)
    for key in KEYS:
        for number in (0, 1, 2, 35_915):
            text = filled(messages, key, number)
            most = next((limit for start, limit in LIMITS.items() if key.startswith(start)), 2000)
            if key.startswith("cmd-"):
                most = 32 if key.endswith("-name") else 100
            assert 1 <= len(text) <= most, f"{language}: {key} has {len(text)} characters, {most} are allowed: {text}"
            assert text == text.strip()
            assert not re.search(r"[\u2066-\u2069{}]", text), f"{language}: {key} holds something unresolved: {text}"


GROUPS = ("channel", "index")


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_commands_are_such_as_discord_accepts_and_differ_within_their_menu(language):
    messages = Messages.for_locale(language)
    names = {key: messages.t(key) for key in KEYS if key.startswith("cmd-") and key.endswith("-name")}
    for key, name in names.items():
        assert COMMAND_NAME.fullmatch(name), f"{language}: {key} = {name}"
        assert name == name.lower(), f"{language}: {key} = {name}"
    plain = {key: name for key, name in names.items() if "-option-" not in key}
    groups = [[key for key in plain if key.startswith(f"cmd-{group}-") and key.count("-") > 2] for group in GROUPS]
    assert [len(group) for group in groups] == [3, 7]
    top = [key for key in plain if not any(key in group for group in groups)]
    for menu in (*groups, top):
        assert len({plain[key] for key in menu}) == len(menu)
    for command in ("ask", "article", "related", "browse", "channel", "index"):
        options = [name for key, name in names.items() if key.startswith(f"cmd-{command}-option-")]
        assert len(set(options)) == len(options)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_translations_are_translated(language):
    english, other = Messages.for_locale("en"), Messages.for_locale(language)
    same = [key for key in KEYS if filled(english, key) == filled(other, key) and len(filled(other, key)) > 20]
    assert set(same) <= {"suggestion-subject", "about-versions"}


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en-US", "en"),
        ("en-GB", "en"),
        ("es-419", "es"),
        ("es-ES", "es"),
        ("pt-BR", "pt-BR"),
        ("pt_PT", "pt-BR"),
        ("DE", "de"),
        ("fr-CA", "fr"),
        ("zh-CN", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_locale_gets_the_nearest_language(locale, language):
    assert Messages.for_locale(locale).language == language


def test_plurals_and_numbers_follow_the_language():
    def cooldown(locale, seconds):
        return Messages.for_locale(locale).t("cooldown-member", seconds=seconds)

    assert cooldown("en-US", 1).endswith("Please wait one second before your next question.")
    assert cooldown("en-US", 2).endswith("Please wait 2 seconds before your next question.")
    assert "Attendez 0 seconde avant" in cooldown("fr", 0)
    assert "Attendez 2 secondes avant" in cooldown("fr", 2)
    assert cooldown("de", 1) != cooldown("de", 2)
    about = {"count": 35_915, "subjects": 1}
    assert Messages.for_locale("de").t("about-articles", **about) == "Ich kenne 35.915 Artikel in einem Fach."
    assert Messages.for_locale("en-GB").t("about-articles", **about) == "I know 35,915 articles in one subject."


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("es", "1 añadido", "2 añadidos"),
        ("fr", "1 ajouté", "2 ajoutés"),
        ("de", "1 neu", "2 neu"),
        ("pt-BR", "1 adicionado", "2 adicionados"),
    ],
)
def test_what_is_counted_agrees_with_its_number(language, one, two):
    messages = Messages(language)
    assert messages.t("index-added", count=1) == one
    assert messages.t("index-added", count=2) == two


def test_no_line_of_a_french_text_begins_with_its_punctuation():
    breaking = re.compile(r" [:;?!»]|« ")
    french = Messages("fr")
    assert [key for key in KEYS if breaking.search(filled(french, key))] == []


def test_help_names_the_buttons_as_they_are_labelled():
    spanish = Messages.for_locale("es-419")
    assert f"**{spanish.t('button-read-more')}**" in spanish.t("help-buttons")


def test_text_of_members_is_not_read_as_fluent():
    text = Messages.for_locale("en").t("article-unknown", title="{ $reference } { button-share }")
    assert text.startswith("I know no article called “{ $reference } { button-share }”.")


def test_commands_are_localised_for_every_translated_locale_of_discord():
    names = command_localizations("cmd-ask-name")
    assert names == {
        "es-ES": "preguntar",
        "es-419": "preguntar",
        "fr": "demander",
        "de": "fragen",
        "pt-BR": "perguntar",
    }


def test_defects_are_told():
    english = Messages.for_locale("en")
    with pytest.raises(CatalogueError, match="en: there is no text buton-share; see bot/messages/locales"):
        english.t("buton-share")
    with pytest.raises(CatalogueError, match=r"en: question-too-long: .*limit"):
        english.t("question-too-long")


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("good = fine\nbad = { $open\n", r"en/bot\.ftl:2: Expected token"),
        ("twice = one\ntwice = two\n", r"en/bot\.ftl: twice is there twice"),
    ],
)
def test_a_file_that_is_not_sound_is_refused_with_its_line(source, problem, monkeypatch):
    monkeypatch.setattr(catalogue, "_sources", lambda _language: {"bot.ftl": source})
    with pytest.raises(CatalogueError, match=problem):
        Messages("en")


@pytest.mark.parametrize(
    ("confidence", "word"),
    [(1.0, "very-likely"), (0.9, "very-likely"), (0.7, "likely"), (0.5, "possibly"), (0.0, "unlikely")],
)
def test_confidence_has_words(confidence, word):
    assert confidence_key(confidence) == f"confidence-{word}"


# How the code uses the texts


@cache
def sources():
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(BOT.rglob("*.py"))}


def calls_of_t():
    for file, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "t":
                yield f"{file.relative_to(BOT.parent)}:{node.lineno}", node


def literal_key(call):
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def test_the_code_asks_only_for_texts_that_exist_and_gives_them_their_arguments():
    wrong = []
    for place, call in calls_of_t():
        key = literal_key(call)
        if key is None:
            continue
        if key not in KEYS:
            wrong.append(f"{place}: there is no text {key}")
            continue
        given = {keyword.arg for keyword in call.keywords}
        if None not in given and given != arguments_of(key):
            wrong.append(f"{place}: {key} takes {sorted(arguments_of(key))}, is given {sorted(given)}")
    assert wrong == []


def test_errors_are_told_in_texts_that_exist_with_the_arguments_that_they_have():
    for entry in TABLE:
        assert entry.key in KEYS
        assert arguments_of(entry.key) - {"reference"} == set(entry.fields), entry
