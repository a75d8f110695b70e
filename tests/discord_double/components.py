"""Components: walking through them, and turning what a bot sends into what Discord gives back."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from tests.discord_double.refusals import FormErrors, Json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tests.discord_double.state import Attachment

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SECTION, TEXT_DISPLAY, THUMBNAIL, MEDIA_GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER, LABEL = 17, 18
LINK_STYLE = 5
ATTACHMENT_SCHEME = "attachment://"


def children(component: Json) -> Iterator[tuple[tuple[str | int, ...], Json]]:
    """The components directly inside one, each with its path from there."""
    for index, child in enumerate(component.get("components") or ()):
        yield ("components", index), child
    for key in ("accessory", "component"):
        if component.get(key):
            yield (key,), component[key]


def walk(components: Iterable[Json]) -> Iterator[Json]:
    """Every component, each before those inside it."""
    for component in components:
        yield component
        yield from walk(child for _, child in children(component))


def walk_paths(components: Iterable[Json]) -> Iterator[tuple[tuple[str | int, ...], Json]]:
    """Every component with its path in a message body."""
    waiting: list[tuple[tuple[str | int, ...], Json]] = [
        (("components", index), component) for index, component in enumerate(components)
    ]
    while waiting:
        path, component = waiting.pop(0)
        yield path, component
        waiting = [((*path, *step), child) for step, child in children(component)] + waiting


def as_returned(
    components: Iterable[Json], attachments: Mapping[str, Attachment], errors: FormErrors
) -> tuple[Json, ...]:
    """The components as Discord gives them back: numbered, with defaults, with `attachment://` resolved.

    Args:
        components: What the bot sent.
        attachments: The message's attachments by file name.
        errors: Told of references to files that are not there.
    """
    made = tuple(deepcopy(component) for component in components)
    taken = {component["id"] for component in walk(made) if component.get("id")}
    fresh = (number for number in range(1, 10_000) if number not in taken)
    for path, component in walk_paths(made):
        component["id"] = component.get("id") or next(fresh)
        for key, default in _DEFAULTS.get(component["type"], {}).items():
            component.setdefault(key, default)
        for item_path, holder, key in _media_of(component):
            holder[key] = _resolve(holder[key], attachments, errors, (*path, *item_path, key, "url"))
    return made


_DEFAULTS: dict[int, Json] = {
    BUTTON: {"disabled": False},
    STRING_SELECT: {"min_values": 1, "max_values": 1, "disabled": False},
    THUMBNAIL: {"description": None, "spoiler": False},
    FILE: {"spoiler": False, "name": None, "size": None},
    SEPARATOR: {"spacing": 1, "divider": True},
    CONTAINER: {"accent_color": None, "spoiler": False},
}


def _media_of(component: Json) -> Iterator[tuple[tuple[str | int, ...], Json, str]]:
    """Each place of a component that names a picture or a file: its path, the object, the key in it."""
    if component["type"] == MEDIA_GALLERY:
        for index, item in enumerate(component["items"]):
            item.setdefault("description", None)
            item.setdefault("spoiler", False)
            yield ("items", index), item, "media"
    elif component["type"] == THUMBNAIL:
        yield (), component, "media"
    elif component["type"] == FILE:
        yield (), component, "file"


def _resolve(
    media: Json, attachments: Mapping[str, Attachment], errors: FormErrors, path: tuple[str | int, ...]
) -> Json:
    url = media["url"]
    if not url.startswith(ATTACHMENT_SCHEME):
        return {"id": "0", "url": url, "proxy_url": url, "width": None, "height": None, "content_type": None}
    attachment = attachments.get(url.removeprefix(ATTACHMENT_SCHEME))
    if attachment is None:
        errors.add(path, "REFERENCED_ATTACHMENT_NOT_FOUND", f"The referenced attachment was not found: {url}")
        return media
    return {
        "id": attachment.id,
        "attachment_id": attachment.id,
        "url": attachment.url,
        "proxy_url": attachment.url,
        "width": attachment.width,
        "height": attachment.height,
        "content_type": attachment.content_type,
    }
