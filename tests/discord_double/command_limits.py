"""The documented limits of application commands and of autocomplete choices."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.discord_double.refusals import FormErrors, Json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAME, DESCRIPTION, OPTIONS, CHOICES, CHOICE_TEXT, CHARACTERS = 32, 100, 25, 25, 100, 8000
MOST_OF_KIND = {1: 100, 2: 15, 3: 15}


def check_commands(commands: Sequence[Json]) -> None:
    """Refuse a set of commands that breaks a limit.

    Raises:
        Refusal: 400 with code 50035.
    """
    errors = FormErrors()
    for index, command in enumerate(commands):
        _check_command(command, (index,), errors)
    names = Counter((command.get("type") or 1, command["name"]) for command in commands)
    for index, command in enumerate(commands):
        if names[command.get("type") or 1, command["name"]] > 1:
            errors.add((index, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Command names must be unique")
    for kind, count in Counter(command.get("type") or 1 for command in commands).items():
        if count > MOST_OF_KIND.get(kind, count):
            errors.add((), "APPLICATION_COMMANDS_EXCEEDED_MAX", f"At most {MOST_OF_KIND[kind]} commands of type {kind}")
    errors.refuse()


def _check_command(command: Json, path: tuple[str | int, ...], errors: FormErrors) -> None:
    errors.length((*path, "name"), command.get("name", ""), NAME, 1)
    if (command.get("type") or 1) == 1:
        errors.length((*path, "description"), command.get("description") or "", DESCRIPTION, 1)
        if command["name"] != command["name"].lower():
            errors.add((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    elif command.get("description"):
        errors.add((*path, "description"), "BASE_TYPE_MAX_LENGTH", "Must be 0 or fewer in length.")
    _check_options(command.get("options") or [], (*path, "options"), errors)
    if sum(_texts(command)) > CHARACTERS:
        errors.add(path, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({CHARACTERS})")


def _check_options(options: Sequence[Json], path: tuple[str | int, ...], errors: FormErrors) -> None:
    errors.length(path, list(options), OPTIONS)
    for index, option in enumerate(options):
        errors.length((*path, index, "name"), option.get("name", ""), NAME, 1)
        errors.length((*path, index, "description"), option.get("description", ""), DESCRIPTION, 1)
        check_choices(option.get("choices") or [], errors, (*path, index))
        if option.get("autocomplete") and option.get("choices"):
            errors.add(
                (*path, index),
                "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
                "autocomplete and choices exclude each other",
            )
        _check_options(option.get("options") or [], (*path, index, "options"), errors)


def check_choices(choices: Sequence[Json], errors: FormErrors, path: tuple[str | int, ...] = ()) -> None:
    """Note what is wrong with choices, of an option or of an autocomplete response."""
    errors.length((*path, "choices"), list(choices), CHOICES)
    for index, choice in enumerate(choices):
        errors.length((*path, "choices", index, "name"), choice.get("name", ""), CHOICE_TEXT, 1)
        errors.length((*path, "choices", index, "value"), choice.get("value"), CHOICE_TEXT, 1)


def _texts(node: Json) -> Iterator[int]:
    """The lengths that make a command's size: names, descriptions and values, of each the longest localisation."""
    for key in ("name", "description"):
        variants = [node.get(key) or "", *(node.get(f"{key}_localizations") or {}).values()]
        yield max(map(len, variants))
    for choice in node.get("choices") or ():
        yield len(choice["name"]) + len(str(choice["value"]))
    for option in node.get("options") or ():
        yield from _texts(option)
