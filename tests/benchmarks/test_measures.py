"""What the benchmarks' figures rest on."""

import dataclasses
import time
import types
from pathlib import Path

import numpy as np
import pytest
from common import milliseconds
from growth import nearest, write_made_up
from ranking import _cross_validated, _fixed
from rebuild import copy_content
from serving import Stopwatch

from retrieval.indexes.matrix import MatrixWriter, open_matrix
from retrieval.ranking.figures import RANKING_FIGURES
from retrieval.ranking.fitting.fit import fold_of
from tests.retrieval.judged_samples import made_up


def test_p50_and_p99_are_the_percentiles_in_milliseconds():
    seconds = [0.001 * number for number in (9, 1, 5, 7, 3, 2, 8, 4, 6, 250)]

    figures = milliseconds(seconds)

    assert figures["p50_ms"] == pytest.approx(5.5)
    assert figures["p99_ms"] == pytest.approx(1e3 * np.percentile(seconds, 99))


def test_a_part_inside_another_is_counted_once():
    parts = types.SimpleNamespace()
    parts.inner = lambda: time.sleep(0.03)

    def outer():
        parts.inner()
        time.sleep(0.01)

    parts.outer = outer
    stopwatch = Stopwatch()
    stopwatch.watch("inner", parts, "inner")
    stopwatch.watch("outer", parts, "outer")
    started = time.perf_counter()
    parts.outer()
    total = time.perf_counter() - started

    assert stopwatch.seconds["inner"] >= 0.03
    assert stopwatch.seconds["outer"] >= 0.01
    assert sum(stopwatch.seconds.values()) <= total


def test_a_question_has_no_part_in_fitting_the_weights_that_rank_it():
    samples = made_up(60)
    figures = list(RANKING_FIGURES)
    before = _cross_validated(samples, figures)
    fold = fold_of(samples[0].group)
    own = [place for place, sample in enumerate(samples) if fold_of(sample.group) == fold]
    # A judgement that is turned must change what is right, and nothing of the order that is judged.
    turned = [
        dataclasses.replace(sample, answers=tuple(not answer for answer in sample.answers)) if place in own else sample
        for place, sample in enumerate(samples)
    ]

    after = _cross_validated(turned, figures)

    assert [after[place][0] for place in own] == [not before[place][0] for place in own]
    assert before[:, 0].mean() > 0.7


def test_a_figure_that_tells_nothing_ranks_no_better_than_chance():
    samples = made_up(100)

    assert _cross_validated(samples, ["coverage"])[:, 0].mean() > 0.8
    assert _cross_validated(samples, ["two_passages"])[:, 0].mean() < 0.5
    assert _fixed(samples, {"coverage": 1.0})[:, 0].mean() > 0.8


def test_made_up_vectors_lie_near_real_ones_and_recall_is_judged_by_the_truly_nearest(tmp_path: Path):
    rng = np.random.default_rng(3)
    vectors = rng.standard_normal((40, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with MatrixWriter(tmp_path / "real.npy", 40, 384) as writer:
        writer.append(vectors)

    real = open_matrix(tmp_path / "real.npy")
    write_made_up(tmp_path / "made-up.npy", real, 3, rng)
    made_up = open_matrix(tmp_path / "made-up.npy")

    assert made_up.shape == (120, 384)
    assert np.linalg.norm(made_up.astype(np.float32), axis=1) == pytest.approx(1, abs=2e-3)
    own = [set(range(row, 120, 40)) for row in range(40)]
    cosines = made_up.astype(np.float32) @ vectors.T
    assert np.mean([cosines[copy, row] for row in range(40) for copy in own[row]]) == pytest.approx(0.8, abs=0.02)
    assert [own[row] <= set(found) for row, found in enumerate(nearest(made_up, vectors).tolist())] == [True] * 40


def test_a_copy_keeps_times_and_changing_it_leaves_the_original_alone(tmp_path: Path):
    source = tmp_path / "content"
    (source / "biology").mkdir(parents=True)
    (source / "biology" / "cells.md").write_text("as it was", encoding="utf-8")
    (source / "biology" / "left-out.md").write_text("not copied", encoding="utf-8")

    copy_content(source, tmp_path / "copy", [source / "biology" / "cells.md"])
    copied = tmp_path / "copy" / "biology" / "cells.md"
    same_time = copied.stat().st_mtime_ns == (source / "biology" / "cells.md").stat().st_mtime_ns
    copied.unlink()
    copied.write_text("changed", encoding="utf-8")

    assert same_time
    assert not (tmp_path / "copy" / "biology" / "left-out.md").exists()
    assert (source / "biology" / "cells.md").read_text(encoding="utf-8") == "as it was"
