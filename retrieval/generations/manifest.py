"""What a generation states about itself: `manifest.json`."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType

from retrieval.errors import GenerationDamagedError, GenerationMismatchError

FORMAT_VERSION = 4
METRIC = "inner-product"
MANIFEST_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a generation: its size in bytes and the SHA-256 of its bytes, in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """Whose vectors they are: the encoder's fingerprint, and the length of a vector."""

    fingerprint: str
    dimension: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a generation holds.

    Attributes:
        articles: Articles that can be found.
        sections: Their sections.
        failures: Article files that could not be used.
        article_rows: Rows of the question matrix, dead ones included.
        section_rows: Rows of the section matrix, dead ones included.
        trained_article_rows: Rows of the question matrix when its inverted file was trained; 0 without one.
        trained_section_rows: Rows of the section matrix when its inverted file was trained; 0 without one.
    """

    articles: int
    sections: int
    failures: int
    article_rows: int
    section_rows: int
    trained_article_rows: int = 0
    trained_section_rows: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """Identity and contents of a generation.

    Attributes:
        id: The generation's id, which is also its folder's name; ids sort by age.
        created: When it was built, UTC.
        recipe: Hash of the code that turns files into passages; another recipe gives other passages.
        fingerprint: Of the encoder whose vectors it holds.
        dimension: Length of a vector.
        corpus_hash: Hash over path and content of every article file.
        counts: How much it holds.
        files: Every file but the manifest, by name relative to the folder.
        parent: The generation it was derived from, if any.
        second: The second encoder whose vectors it holds beside those of the first, if any.
        source_revision: What the operator calls this state of the content, such as a git revision.
        format_version: Layout of the folder.
        metric: How vectors are compared.
    """

    id: str
    created: dt.datetime
    recipe: str
    fingerprint: str
    dimension: int
    corpus_hash: str
    counts: Counts
    files: Mapping[str, FileEntry]
    parent: str | None = None
    second: EncoderIdentity | None = None
    source_revision: str | None = None
    format_version: int = FORMAT_VERSION
    metric: str = METRIC

    def to_bytes(self) -> bytes:
        """The manifest as JSON, which ends with the checksum of everything before it."""
        facts = {name: getattr(self, name) for name in self.__slots__} | {
            "created": self.created.isoformat(),
            "counts": asdict(self.counts),
            "files": {name: asdict(entry) for name, entry in sorted(self.files.items())},
        }
        del facts["second"]  # as before there were second encoders, where there is none
        if self.second is not None:
            facts["second"] = asdict(self.second)
        return _with_checksum(facts)

    @property
    def encoders(self) -> tuple[EncoderIdentity, ...]:
        """The encoders whose vectors it holds: the one that finds articles first."""
        first = EncoderIdentity(self.fingerprint, self.dimension)
        return (first, self.second) if self.second else (first,)

    @classmethod
    def from_bytes(cls, data: bytes, generation_id: str) -> Manifest:
        """Read a manifest.

        Raises:
            GenerationDamagedError: Not one byte may differ from what `to_bytes` gave.
            GenerationMismatchError: It describes another format or metric than this version reads.
        """
        try:
            facts = json.loads(data)
            checksum = facts.pop("checksum")
            sound = data == _with_checksum(facts) and isinstance(checksum, str) and facts["id"] == generation_id
            version, metric = facts["format_version"], facts["metric"]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            sound = False
        if not sound:
            raise GenerationDamagedError(generation_id, MANIFEST_NAME, "differs from its checksum")
        if version != FORMAT_VERSION:
            problem = f"has format version {version}, this installation reads version {FORMAT_VERSION}"
            raise GenerationMismatchError(generation_id, problem)
        if metric != METRIC:
            raise GenerationMismatchError(generation_id, f"compares by {metric}, this installation by {METRIC}")
        facts["created"] = dt.datetime.fromisoformat(facts["created"])
        facts["counts"] = Counts(**facts["counts"])
        facts["second"] = EncoderIdentity(**facts["second"]) if "second" in facts else None
        facts["files"] = MappingProxyType({name: FileEntry(**entry) for name, entry in facts["files"].items()})
        return cls(**facts)


def _with_checksum(facts: Mapping[str, object]) -> bytes:
    body = json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False)
    checksum = hashlib.sha256(body.encode()).hexdigest()
    return f'{body[:-2]},\n "checksum": "{checksum}"\n}}\n'.encode()


_ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{4}\Z")


def is_id(name: str) -> bool:
    """Whether a name is the id of a generation."""
    return _ID.match(name) is not None


def new_id(newest: str = "") -> str:
    """An id that sorts behind all others, even where the clock was set back.

    Args:
        newest: The last of the ids that there are; empty where there is none.
    """
    generation_id = _id_of(dt.datetime.now(dt.UTC))
    while generation_id <= newest:
        moment = dt.datetime.strptime(newest[:21], "%Y%m%dT%H%M%S%f").replace(tzinfo=dt.UTC)
        generation_id = _id_of(moment + dt.timedelta(microseconds=1))
    return generation_id


def _id_of(moment: dt.datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S%f}Z-{secrets.token_hex(2)}"
