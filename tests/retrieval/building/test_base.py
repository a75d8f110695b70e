"""Why a build reads every article anew: each reason is told apart, by a preview as by the build that follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.building import builder
from retrieval.building.base import FullBuildCause
from retrieval.generations.manifest import MANIFEST_NAME, Manifest
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.article_files import small_corpus


@pytest.fixture
def corpus(tmp_path):
    return small_corpus(tmp_path)


def served(corpus):
    return corpus.store.folder / corpus.store.current_id()


def give_another_format(corpus):
    path = served(corpus) / MANIFEST_NAME
    manifest = Manifest.from_bytes(path.read_bytes(), path.parent.name)
    path.write_bytes(replace(manifest, format_version=99).to_bytes())


def flip_a_byte(corpus):
    path = served(corpus) / "section_vectors.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    corpus.write("biology/fern", "How do ferns spread", "By spores.")


def take_most_away(corpus):
    for name in ("biology/osmosis", "biology/yeast"):
        (corpus.root / f"{name}.md").unlink()
    corpus.build()
    corpus.write("art/fresco", "What is a fresco", "Paint on wet plaster.")


MISHAPS = {
    FullBuildCause.CURRENT: lambda corpus: (corpus.store.folder / "current").write_bytes(b""),
    FullBuildCause.DAMAGED: flip_a_byte,
    FullBuildCause.FORMAT: give_another_format,
    FullBuildCause.MODEL: lambda corpus: setattr(corpus, "encoder", HashingEncoder(dimension=32)),
    FullBuildCause.MANY_CHANGES: take_most_away,
}


def test_without_an_index_there_is_nothing_to_go_on_from(corpus):
    assert corpus.build(activate=False).full_build_reason.cause is FullBuildCause.NO_INDEX


@pytest.mark.parametrize("cause", MISHAPS)
def test_each_mishap_is_told_and_mended_by_the_build(corpus, cause):
    corpus.build()
    MISHAPS[cause](corpus)
    for activate in (False, True):
        report = corpus.build(activate=activate)
        assert report.is_full
        assert report.full_build_reason.cause is cause
        assert "; run `" not in report.full_build_reason.text, "it is what mends it"
    corpus.write("art/mosaic", "What is a mosaic", "A picture of small stones.")
    after = corpus.build()
    assert (after.is_full, after.full_build_reason) == (False, None)


def test_a_file_that_is_gone_is_named(corpus):
    corpus.build()
    (served(corpus) / "vocabulary.tsv").unlink()
    reason = corpus.build().full_build_reason
    assert reason.cause is FullBuildCause.DAMAGED
    assert "is damaged: vocabulary.tsv is missing" in reason.text


def test_another_way_of_reading_and_a_wish_are_told_apart(corpus, monkeypatch):
    corpus.build()
    assert corpus.build(full=True).full_build_reason.cause is FullBuildCause.ASKED
    monkeypatch.setattr(builder, "recipe", lambda *_: "another")
    assert corpus.build(activate=False).full_build_reason.cause is FullBuildCause.READING
    assert corpus.build().full_build_reason.cause is FullBuildCause.READING
    assert corpus.build().full_build_reason is None
