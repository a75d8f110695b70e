"""The documented limits of components, in messages and in modals."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.discord_double import components as kinds
from tests.discord_double.components import walk, walk_paths
from tests.discord_double.refusals import FormErrors, Json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COMPONENTS = 40
ROWS = 5
ROW_BUTTONS = 5
CUSTOM_ID = 100
BUTTON_LABEL = 80
BUTTON_URL = 512
OPTIONS = 25
OPTION_TEXT = 100
PLACEHOLDER = 150
SECTION_TEXTS = 3
GALLERY_ITEMS = 10
MEDIA_URL = 2048
ALT_TEXT = 1024
TEXT = 4000
MODAL_TITLE = 45
MODAL_COMPONENTS = 5
LABEL_TEXT, LABEL_DESCRIPTION = 45, 100

_SELECTS = frozenset({3, 5, 6, 7, 8})
_IN_CONTAINER = frozenset({1, 9, 10, 12, 13, 14})
_TOP_LEVEL = _IN_CONTAINER | {kinds.CONTAINER}
Path = tuple[str | int, ...]


def check_v2(components: Sequence[Json], errors: FormErrors) -> None:
    """Note what is wrong with the components of a Components V2 message."""
    if len(list(walk(components))) > COMPONENTS:
        message = f"The maximum number of components in a message is {COMPONENTS}"
        errors.add(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    _check_kinds(components, _TOP_LEVEL, ("components",), errors)
    _check_each(components, errors)


def check_legacy(components: Sequence[Json], errors: FormErrors) -> None:
    """Note what is wrong with the components of a message without the Components V2 flag: five rows, no more."""
    errors.length(("components",), list(components), ROWS)
    _check_kinds(components, frozenset({kinds.ACTION_ROW}), ("components",), errors)
    _check_each(components, errors)


def check_modal(modal: Json, errors: FormErrors) -> None:
    """Note what is wrong with a modal."""
    errors.length(("title",), modal.get("title", ""), MODAL_TITLE, 1)
    errors.length(("custom_id",), modal.get("custom_id", ""), CUSTOM_ID, 1)
    errors.length(("components",), modal.get("components", []), MODAL_COMPONENTS, 1)
    _check_each(modal.get("components", []), errors)


def _check_kinds(components: Iterable[Json], allowed: frozenset[int], path: Path, errors: FormErrors) -> None:
    for index, component in enumerate(components):
        if component["type"] not in allowed:
            choices = ", ".join(map(str, sorted(allowed))) + ("," if len(allowed) == 1 else "")
            errors.add((*path, index), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({choices}).')


def _check_each(components: Sequence[Json], errors: FormErrors) -> None:
    for path, component in walk_paths(components):
        match component["type"]:
            case kinds.ACTION_ROW:
                _check_row(component, path, errors)
            case kinds.BUTTON:
                _check_button(component, path, errors)
            case kind if kind in _SELECTS:
                _check_select(component, path, errors)
            case kinds.TEXT_INPUT:
                _check_text_input(component, path, errors)
            case kinds.LABEL:
                errors.length((*path, "label"), component.get("label", ""), LABEL_TEXT, 1)
                errors.length((*path, "description"), component.get("description"), LABEL_DESCRIPTION)
            case _:
                _check_display(component, path, errors)
    _check_custom_ids(components, errors)


def _check_custom_ids(components: Sequence[Json], errors: FormErrors) -> None:
    used = Counter(component["custom_id"] for component in walk(components) if component.get("custom_id"))
    for path, component in walk_paths(components):
        if used[component.get("custom_id", "")] > 1:
            message = "Component custom id cannot be duplicated"
            errors.add((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message)


def _check_row(row: Json, path: Path, errors: FormErrors) -> None:
    inside = row.get("components") or []
    errors.length((*path, "components"), inside, ROW_BUTTONS, 1)
    if len(inside) > 1 and any(component["type"] != kinds.BUTTON for component in inside):
        errors.add(
            (*path, "components"),
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        )


def _check_button(button: Json, path: Path, errors: FormErrors) -> None:
    errors.length((*path, "label"), button.get("label"), BUTTON_LABEL)
    if not button.get("label") and not button.get("emoji"):
        errors.add((*path, "label"), "BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or an emoji")
    if button["style"] == kinds.LINK_STYLE:
        errors.length((*path, "url"), button.get("url") or "", BUTTON_URL, 1)
        if button.get("custom_id"):
            errors.add(
                path,
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            )
    else:
        errors.length((*path, "custom_id"), button.get("custom_id") or "", CUSTOM_ID, 1)


def _check_select(select: Json, path: Path, errors: FormErrors) -> None:
    errors.length((*path, "custom_id"), select.get("custom_id") or "", CUSTOM_ID, 1)
    errors.length((*path, "placeholder"), select.get("placeholder"), PLACEHOLDER)
    if select["type"] != kinds.STRING_SELECT:
        return
    options = select.get("options") or []
    errors.length((*path, "options"), options, OPTIONS, 1)
    values = Counter(option.get("value") for option in options)
    for index, option in enumerate(options):
        place = (*path, "options", index)
        errors.length((*place, "label"), option.get("label", ""), OPTION_TEXT, 1)
        errors.length((*place, "value"), option.get("value", ""), OPTION_TEXT, 1)
        errors.length((*place, "description"), option.get("description"), OPTION_TEXT)
        if values[option.get("value")] > 1:
            errors.add(
                (*place, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
    if (select.get("max_values") or 1) > len(options):
        errors.add((*path, "max_values"), "BASE_TYPE_BAD_INTEGER", "There are fewer options than max_values")


def _check_text_input(text_input: Json, path: Path, errors: FormErrors) -> None:
    errors.length((*path, "custom_id"), text_input.get("custom_id", ""), CUSTOM_ID, 1)
    errors.length((*path, "label"), text_input.get("label"), LABEL_TEXT)
    errors.length((*path, "placeholder"), text_input.get("placeholder"), 100)
    errors.length((*path, "value"), text_input.get("value"), TEXT)


def _check_display(component: Json, path: Path, errors: FormErrors) -> None:
    match component["type"]:
        case kinds.TEXT_DISPLAY:
            errors.length((*path, "content"), component.get("content", ""), TEXT, 1)
        case kinds.SECTION:
            errors.length((*path, "components"), component.get("components") or [], SECTION_TEXTS, 1)
            if not component.get("accessory"):
                errors.add((*path, "accessory"), "BASE_TYPE_REQUIRED", "This field is required")
        case kinds.MEDIA_GALLERY:
            errors.length((*path, "items"), component.get("items") or [], GALLERY_ITEMS, 1)
            for index, item in enumerate(component.get("items") or []):
                _check_media(item, (*path, "items", index), errors)
        case kinds.THUMBNAIL:
            _check_media(component, path, errors)
        case kinds.CONTAINER:
            errors.length((*path, "components"), component.get("components") or [], COMPONENTS, 1)
            _check_kinds(component.get("components") or [], _IN_CONTAINER, (*path, "components"), errors)


def _check_media(item: Json, path: Path, errors: FormErrors) -> None:
    errors.length((*path, "media", "url"), item["media"]["url"], MEDIA_URL, 1)
    errors.length((*path, "description"), item.get("description"), ALT_TEXT)
    scheme = item["media"]["url"].partition("://")[0]
    if scheme not in {"http", "https", "attachment"}:
        errors.add(
            (*path, "media", "url"), "URL_TYPE_INVALID_SCHEME", f"Scheme \"{scheme}\" must be one of ('http', 'https')."
        )
