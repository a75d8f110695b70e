"""How long a build will take, going by the preview before it."""

from __future__ import annotations

from retrieval.lifecycle.outcomes import BuildEstimate, estimate


def test_a_build_takes_what_its_preview_took_but_for_the_embedding():
    assert estimate(9.0, 2.0, 4.0) == BuildEstimate(seconds=7.0, embedding=4.0)


def test_clocks_that_differ_a_little_make_no_negative_time():
    assert estimate(1.0, 0.0, 1.001) == BuildEstimate(seconds=0.0, embedding=1.001)
