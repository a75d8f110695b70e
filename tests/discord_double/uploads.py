"""Files that come with a message: read from the form, named by the attachments list, kept to be downloaded."""

from __future__ import annotations

import mimetypes
import struct
from typing import TYPE_CHECKING, NamedTuple

from tests.discord_double.refusals import FormErrors, Json
from tests.discord_double.state import Attachment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.discord_double.clock import Clock

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Upload(NamedTuple):
    """One part `files[n]` of a form."""

    filename: str
    data: bytes


def png_size(data: bytes) -> tuple[int, int] | tuple[None, None]:
    """Width and height of a PNG, in pixels."""
    if not data.startswith(PNG_SIGNATURE):
        return None, None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def attachments_after(
    body: Json, uploads: Mapping[int, Upload], before: Sequence[Attachment], clock: Clock, folder: str
) -> tuple[Attachment, ...]:
    """The attachments that a message has once `body` is applied: those kept, then those uploaded.

    Args:
        body: The message as sent; its `attachments` keep earlier files by id and describe new ones by number.
        uploads: The files by their number in the form.
        before: What the message had.
        clock: Gives the new ids.
        folder: Address under which the files are served.

    Raises:
        Refusal: An entry names a file that is not there.
    """
    listed = body.get("attachments")
    entries = {entry["id"]: entry for entry in listed or ()}
    kept = [found for found in before if listed is None or found.id in entries]
    errors = FormErrors()
    for index, entry in enumerate(listed or ()):
        known = entry["id"] in {found.id for found in before} or (entry["id"].isdigit() and int(entry["id"]) in uploads)
        if not known:
            errors.add(("attachments", index, "id"), "ATTACHMENT_NOT_FOUND", "Attachment data not found")
    errors.refuse()
    return (*kept, *(_made(upload, entries.get(str(n), {}), clock, folder) for n, upload in sorted(uploads.items())))


def _made(upload: Upload, entry: Json, clock: Clock, folder: str) -> Attachment:
    identifier = clock.snowflake()
    filename = entry.get("filename") or upload.filename
    width, height = png_size(upload.data)
    return Attachment(
        id=identifier,
        filename=filename,
        content_type=mimetypes.guess_type(filename)[0] or "application/octet-stream",
        data=upload.data,
        url=f"{folder}/{identifier}/{filename}",
        description=entry.get("description"),
        width=width,
        height=height,
    )
