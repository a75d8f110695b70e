"""Settings from their sources, later ones winning.

1. `defaults.toml`, packaged with the program;
2. one TOML file of the user: `--config`, else ``QUICKTAKES_CONFIG``, else ``quicktakes.toml`` in the working folder;
3. variables ``QUICKTAKES_…``, groups set apart by two underscores, in a file ``.env`` in the working folder;
4. the same in the environment of the process;
5. command-line options.
"""

from __future__ import annotations

import difflib
import os
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from config.dotenv_file import read_dotenv
from config.errors import SettingProblem, SettingsError
from config.known_settings import CONFIG_VARIABLE, ENVIRONMENT_PREFIX, group_names, known_settings, variable_of
from config.renamed import NEW_NAMES
from config.settings import Settings
from config.shown import shown
from config.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pydantic_core import ErrorDetails

DEFAULTS_PATH = Path(__file__).with_name("defaults.toml")
USER_FILE_NAME = "quicktakes.toml"
DOTENV_NAME = ".env"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one source.

    Attributes:
        name: Dotted name of the setting, as the source spells it.
        value: What the source gives.
        origin: File and line, environment variable or option.
        folder: Relative paths are relative to this folder.
        variable: The variable that gives it, where one does, whether of the process or of a ``.env`` file.
    """

    name: str
    value: object
    origin: str
    folder: Path
    variable: str | None = None


@dataclass(frozen=True, slots=True)
class _Variable:
    """An environment variable: its value and its origin, as a message names it."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings and where they came from.

    Attributes:
        settings: The validated settings.
        user_file: The user's TOML file, or ``None`` where there is none.
        origins: Dotted name of every setting that has a value → where the value came from.
        hints: What to change in the sources, although all of it is accepted: one for each old name.
    """

    settings: Settings
    user_file: Path | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    hints: Sequence[SettingProblem] = ()


def load_settings(
    *,
    config_path: Path | None = None,
    environment: Mapping[str, str] | None = None,
    options: Mapping[str, tuple[str, object]] | None = None,
    working_folder: Path | None = None,
) -> LoadedSettings:
    """Read, merge and validate all sources.

    Args:
        config_path: The user's TOML file, as given by ``--config``.
        environment: Environment variables; this process's when left out. They win over those of ``.env``.
        options: Dotted name → (option as the user types it, value); a value of ``None`` counts as not given.
        working_folder: Relative paths of defaults, environment and options start here; the current folder by default.

    Raises:
        SettingsError: A source cannot be read, or holds an unknown setting or a value that is not accepted;
            every problem is listed with its origin.
    """
    folder = (working_folder or Path.cwd()).absolute()
    process = os.environ if environment is None else environment
    from_process = {name: _Variable(value, name) for name, value in process.items()}
    from_file = _dotenv_variables(folder)
    user_file = _user_file(config_path, from_process.get(CONFIG_VARIABLE) or from_file.get(CONFIG_VARIABLE), folder)
    file_values = [(user_file, entry) for entry in read_toml(user_file)] if user_file is not None else []
    given = (options or {}).items()
    sources = (
        [Value(name, value, "defaults.toml", folder) for name, value, _line in read_toml(DEFAULTS_PATH)],
        [Value(name, value, f"{path}:{line}", path.parent) for path, (name, value, line) in file_values],
        _variable_values(from_file, folder),
        _variable_values(from_process, folder),
        [Value(name, value, option, folder) for name, (option, value) in given if value is not None],
    )
    values, hints = _renamed([value for source in sources for value in _old_names_first(source)])
    return LoadedSettings(_validate(values), user_file, {value.name: value.origin for value in values}, hints)


def default_values() -> dict[str, object]:
    """The default of each setting that has one, by its dotted name."""
    return {name: value for name, value, _line in read_toml(DEFAULTS_PATH)}


def _old_names_first(source: list[Value]) -> list[Value]:
    """The values of one source in such an order that a new name wins over its old one."""
    return sorted(source, key=lambda value: value.name not in NEW_NAMES)


def _renamed(values: Iterable[Value]) -> tuple[list[Value], list[SettingProblem]]:
    """The values under the new names of their settings, and a hint for each old name."""
    renamed, hints = [], []
    for value in values:
        name = NEW_NAMES.get(value.name, value.name)
        renamed.append(replace(value, name=name))
        if name != value.name:
            new = variable_of(name) if value.variable else name
            hint = f"is now called {new}; the old name is accepted until the next version"
            hints.append(SettingProblem(value.name, value.origin, hint))
    return renamed, hints


def _dotenv_variables(folder: Path) -> dict[str, _Variable]:
    path = folder / DOTENV_NAME
    if not path.is_file():  # a virtual environment may have that name
        return {}
    found = read_dotenv(path, ENVIRONMENT_PREFIX)
    return {name: _Variable(value, f"{path}:{line}") for name, (value, line) in found.items()}


def _user_file(config_path: Path | None, variable: _Variable | None, folder: Path) -> Path | None:
    if config_path is not None:
        named, origin = config_path, "--config"
    elif variable is not None and variable.value:
        named, origin = Path(variable.value), variable.origin
    else:
        named, origin = Path(USER_FILE_NAME), USER_FILE_NAME
        if not (folder / named).exists():
            return None
    try:
        path = folder / named.expanduser()
    except RuntimeError:
        path = folder / named
    if path.is_file():
        return path
    what = f"{path} is no file" if path.exists() else f"there is no file {path}"
    raise SettingsError((SettingProblem("", origin, f"{what}; name an existing TOML file"),))


def _variable_values(variables: Mapping[str, _Variable], folder: Path) -> list[Value]:
    ours = sorted(name for name in variables if _is_ours(name))
    return [Value(_dotted(name), variables[name].value, variables[name].origin, folder, variable=name) for name in ours]


def _dotted(variable: str) -> str:
    return variable[len(ENVIRONMENT_PREFIX) :].lower().replace("__", ".")


def _is_ours(name: str) -> bool:
    """Whether a variable sets something: it has our prefix, or is one of ours but for capitals."""
    if name == CONFIG_VARIABLE:
        return False
    known = {CONFIG_VARIABLE, *map(variable_of, (*known_settings(), *NEW_NAMES))}
    return name.startswith(ENVIRONMENT_PREFIX) or name.upper() in known


def _validate(values: Iterable[Value]) -> Settings:
    winners: dict[str, Value] = {}
    problems: list[SettingProblem] = []
    for value in values:
        problem = _name_problem(value) or _path_problem(value)
        if problem is None:
            winners[value.name] = value
        else:
            problems.append(problem)
    try:
        settings = Settings.model_validate(_tree(winners.values()))
    except ValidationError as error:
        problems += [_value_problem(details, winners) for details in error.errors()]
    else:
        if not problems:
            return settings
    raise SettingsError(tuple(problems))


def _name_problem(value: Value) -> SettingProblem | None:
    variable = value.variable
    if variable and variable != variable.upper() and value.name in {*known_settings(), "config"}:
        return SettingProblem(value.name, value.origin, f"write it in capitals: {variable.upper()}")
    if value.name in known_settings():
        return None
    above = value.name.rpartition(".")[0]
    if above in known_settings():
        return SettingProblem(above, value.origin, "is a table here; it takes one value")
    if value.name in group_names():
        return SettingProblem(
            value.name, value.origin, f"is a group of settings; write [{value.name}] and its settings"
        )
    if variable:
        known = [*map(variable_of, known_settings()), CONFIG_VARIABLE]
        close = difflib.get_close_matches(variable, known, n=1, cutoff=0.5)
    else:
        close = difflib.get_close_matches(value.name, known_settings(), n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}?" if close else "see docs/configuration.md for every setting"
    return SettingProblem(value.name, value.origin, f"unknown setting; {hint}")


def _tree(values: Iterable[Value]) -> dict[str, object]:
    tree: dict[str, object] = {group: {} for group in group_names()}
    for value in values:
        setting = known_settings()[value.name]
        content = _located(value) if setting.is_path else value.value
        *groups, leaf = setting.key
        branch = tree
        for group in groups:
            branch = branch[group]  # type: ignore[assignment]  # built above: every group is a dict
        branch[leaf] = content
    return tree


def _located(value: Value) -> object:
    """A path, absolute; anything else as it is, for validation to refuse."""
    content = Path(value.value) if isinstance(value.value, str) and value.value else value.value
    return value.folder / content.expanduser() if isinstance(content, Path) else content


def _path_problem(value: Value) -> SettingProblem | None:
    """What keeps a text from being a path, such as the home of nobody."""
    if not known_settings()[value.name].is_path or not isinstance(value.value, str | Path):
        return None
    accepted = ""
    if not str(value.value).strip():
        accepted = "expected a path; leave the setting out for the default"
    elif any(unicodedata.category(each) == "Cc" for each in str(value.value)):
        accepted = "expected a path without line breaks and control characters"
    else:
        try:
            _located(value)
        except RuntimeError:
            accepted = "there is no such user's home; write the path without ~"
    return (
        SettingProblem(value.name, value.origin, f"{shown(str(value.value))} is not accepted: {accepted}")
        if accepted
        else None
    )


def _value_problem(details: ErrorDetails, winners: Mapping[str, Value]) -> SettingProblem:
    # What is wrong with an entry of a list is wrong with the setting.
    places = [str(part) for part in details["loc"]]
    names = [".".join(places[:length]) for length in range(len(places), 0, -1)]
    name = next((each for each in names if each in known_settings()), names[0])
    value = winners.get(name)
    if value is None:
        return SettingProblem(name, "no source", "this setting has no value")
    message = details["msg"].removeprefix("Value error, ")
    accepted = message[0].lower() + message[1:]
    given = "" if known_settings()[name].is_secret else f"{shown(value.value)} is not accepted: "
    return SettingProblem(name, value.origin, given + accepted)
