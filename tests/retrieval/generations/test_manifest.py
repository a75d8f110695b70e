import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import GenerationDamagedError, GenerationMismatchError
from retrieval.generations.manifest import Counts, FileEntry, Manifest

MANIFEST = Manifest(
    id="20260101T000000000000Z-00aa",
    created=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    recipe="r1",
    fingerprint="encodér",
    dimension=4,
    corpus_hash="c0ffee",
    counts=Counts(articles=2, sections=5, failures=1, article_rows=3, section_rows=7),
    files={"a.npy": FileEntry(10, "ab"), "lexical/x.idx": FileEntry(0, "cd")},
    parent="20250101T000000000000Z-00aa",
)


def test_comes_back_as_it_was_written():
    assert Manifest.from_bytes(MANIFEST.to_bytes(), MANIFEST.id) == MANIFEST


def test_is_json_that_people_can_read():
    facts = json.loads(MANIFEST.to_bytes())
    assert facts["counts"]["sections"] == 5
    assert facts["files"]["lexical/x.idx"] == {"size": 0, "sha256": "cd"}


@settings(deadline=None)
@given(place=st.integers(0, len(MANIFEST.to_bytes()) - 1), other=st.integers(1, 255))
def test_any_other_byte_is_noticed(place, other):
    data = bytearray(MANIFEST.to_bytes())
    data[place] ^= other
    with pytest.raises(GenerationDamagedError, match=r"manifest\.json"):
        Manifest.from_bytes(bytes(data), MANIFEST.id)


@settings(deadline=None)
@given(data=st.binary(max_size=60) | st.sampled_from([b"[]", b"{}", b"null", b'{"checksum": 3}', b"9" * 5000]))
def test_anything_else_is_damage(data):
    with pytest.raises(GenerationDamagedError):
        Manifest.from_bytes(data, MANIFEST.id)


def test_a_cut_manifest_is_damage():
    for length in range(0, len(MANIFEST.to_bytes()), 37):
        with pytest.raises(GenerationDamagedError):
            Manifest.from_bytes(MANIFEST.to_bytes()[:length], MANIFEST.id)


def test_another_generations_manifest_is_damage():
    with pytest.raises(GenerationDamagedError):
        Manifest.from_bytes(MANIFEST.to_bytes(), "20260101T000000000000Z-00ab")


def test_another_format_or_metric_is_named():
    with pytest.raises(GenerationMismatchError, match=r"format version 99.*quicktakes index build"):
        Manifest.from_bytes(replace(MANIFEST, format_version=99).to_bytes(), MANIFEST.id)
    with pytest.raises(GenerationMismatchError, match="euclid"):
        Manifest.from_bytes(replace(MANIFEST, metric="euclid").to_bytes(), MANIFEST.id)
