import numpy as np
import pytest

from retrieval.indexes.matrix import MatrixWriter, open_matrix


def test_rows_come_back_in_half_precision(tmp_path):
    vectors = np.random.default_rng(1).normal(size=(70, 5)).astype(np.float32)
    with MatrixWriter(tmp_path / "m.npy", 70, 5) as writer:
        writer.append(vectors[:40])
        writer.append(vectors[40:].astype(np.float16))
    assert np.array_equal(open_matrix(tmp_path / "m.npy"), vectors.astype(np.float16))
    assert not open_matrix(tmp_path / "m.npy").flags.writeable


def test_any_program_that_reads_numpy_files_can_read_it(tmp_path):
    with MatrixWriter(tmp_path / "m.npy", 1, 2) as writer:
        writer.append(np.array([[0.5, -2.0]]))
    assert np.load(tmp_path / "m.npy").tolist() == [[0.5, -2.0]]


def test_too_few_rows_are_an_error(tmp_path):
    with pytest.raises(ValueError, match="wants 3 rows and got 1"), MatrixWriter(tmp_path / "m.npy", 3, 2) as writer:
        writer.append(np.zeros((1, 2)))
