"""How Discord says no: an HTTP status, a numeric code, a message, and for forms the errors field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Json = dict[str, Any]

INVALID_FORM = 50035


class Refusal(Exception):  # noqa: N818  # named for what it is; it is an answer of the double, not a failure of it
    """A request that Discord would refuse.

    Attributes:
        status: HTTP status.
        code: Discord's JSON error code.
        message: Discord's sentence.
        errors: The nested `errors` object of an invalid form, else empty.
    """

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status, self.code, self.message, self.errors = status, code, message, errors or {}

    def body(self) -> Json:
        """The JSON that answers the request."""
        return {"message": self.message, "code": self.code} | ({"errors": self.errors} if self.errors else {})


class FormErrors:
    """Collects what is wrong with one form and refuses it in one go, as Discord does."""

    def __init__(self, root: Sequence[str | int] = ()) -> None:
        self._root = tuple(root)
        self._found: list[tuple[tuple[str | int, ...], str, str]] = []

    def add(self, path: Sequence[str | int], code: str, message: str) -> None:
        """Note one error at `path`, below the form's root."""
        self._found.append(((*self._root, *path), code, message))

    def length(self, path: Sequence[str | int], value: object, most: int, least: int = 0) -> None:
        """Note it when a text or a list is longer than `most` or shorter than `least`."""
        if not isinstance(value, (str, list)) or least <= len(value) <= most:
            return
        if not value and least:
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif least:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        else:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def refuse(self) -> None:
        """Raise what was collected, if anything was.

        Raises:
            Refusal: 400 with code 50035.
        """
        if not self._found:
            return
        errors: Json = {}
        for path, code, message in self._found:
            place = errors
            for key in path:
                place = place.setdefault(str(key), {})
            place.setdefault("_errors", []).append({"code": code, "message": message})
        raise Refusal(400, INVALID_FORM, "Invalid Form Body", errors)


def unknown(thing: str, code: int) -> Refusal:
    """The refusal for something that does not exist, or is not to be seen."""
    return Refusal(404, code, f"Unknown {thing}")
