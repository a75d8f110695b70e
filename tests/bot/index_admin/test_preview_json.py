"""A preview as a file."""

from __future__ import annotations

import gzip
import json

from bot.index_admin.preview_json import preview_file, preview_json
from retrieval.building.base import FullBuildCause, FullBuildReason
from retrieval.building.corpus_difference import CorpusDifference
from retrieval.generations.rows import ListedArticle
from retrieval.lifecycle.outcomes import BuildEstimate, Preview


def test_a_long_preview_is_compressed_since_discord_takes_no_larger_file():
    added = tuple(ListedArticle(f"/learn/{n}", f"What is {n}?", f"learn/{n}.md", n, b"") for n in range(1000))
    preview = Preview(CorpusDifference(added=added), (), 1000, (), 0, (), BuildEstimate(1.0, 0.0))
    name, whole = preview_file(preview)
    assert (name, json.loads(whole)) == ("preview.json", preview_json(preview))
    short, packed = preview_file(preview, max_bytes=len(whole) - 1)
    assert (short, gzip.decompress(packed)) == ("preview.json.gz", whole)
    assert len(packed) < len(whole) / 5


def test_why_every_file_would_be_read_is_told():
    anew = FullBuildReason(FullBuildCause.MODEL, "generation x was made with another model")
    preview = Preview(CorpusDifference(), (), 1, (), 0, (), BuildEstimate(1.0, 0.0), full_build_reason=anew)
    assert preview_json(preview)["anew"] == {"cause": FullBuildCause.MODEL.value, "text": anew.text}
