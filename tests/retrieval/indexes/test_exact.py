"""How stored numbers become those that are computed with."""

from __future__ import annotations

import numpy as np

from retrieval.indexes.exact import single_precision


def test_every_finite_half_precision_number_keeps_its_value():
    every = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    finite = every[np.isfinite(every)].reshape(2, -1)
    singles = single_precision(finite)
    assert singles.dtype == np.float32
    np.testing.assert_array_equal(singles, finite.astype(np.float32))
    np.testing.assert_array_equal(np.signbit(singles), np.signbit(finite))


def test_single_precision_stays_as_it_is():
    vectors = np.array([[1e-30, 0.1]], dtype=np.float32)
    assert single_precision(vectors) is vectors
