import json

import numpy as np
import pytest
from safetensors.numpy import load, save

from embeddings.adapters.adapter import LayerCorrection
from embeddings.adapters.adapter_file import MAX_BYTES, check_writable, read_adapter, write_adapter
from embeddings.errors import AdapterError


def test_what_was_written_is_read(make_adapter, tmp_path):
    adapter = make_adapter(provenance={"questions": 12, "files": {"größe": {"before": 0.5}}})
    write_adapter(tmp_path / "own.safetensors", adapter)
    found = read_adapter(tmp_path / "own.safetensors")
    assert (found.base, found.rank, found.alpha, found.dimension) == (adapter.base, 2, 4.0, 32)
    assert (found.scale, found.provenance) == (2.0, adapter.provenance)
    assert list(found.layers) == sorted(adapter.layers)
    for name, layer in adapter.layers.items():
        np.testing.assert_array_equal(found.layers[name].down, layer.down)
        np.testing.assert_array_equal(found.layers[name].up, layer.up)


def rewritten(file, facts=None, tensors=None):
    """The same adapter with other facts (``None`` for one that is left out) and other tensors."""
    content = file.read_bytes()
    length = int.from_bytes(content[:8], "little")
    known = json.loads(json.loads(content[8 : 8 + length])["__metadata__"]["adapter"])
    kept = {name: value for name, value in {**known, **(facts or {})}.items() if value is not None}
    every = {name: matrix for name, matrix in {**load(content), **(tensors or {})}.items() if matrix is not None}
    file.write_bytes(save(every, metadata={"adapter": json.dumps(kept)}))
    return file


QUERY = "encoder.layer.0.attention.self.query"


@pytest.mark.parametrize(
    ("facts", "tensors", "problem"),
    [
        ({"format": 2}, {}, "made by another program or version"),
        ({"format": None}, {}, "made by another program or version"),
        ({"base": None}, {}, "'base' is missing"),
        ({"rank": 0}, {}, "out of bounds"),
        ({"rank": 9999}, {}, "out of bounds"),
        ({"rank": "two"}, {}, "no sound adapter"),
        ({"rank": 3}, {}, "not the rank 3"),
        ({"alpha": float("nan")}, {}, "out of bounds"),
        ({"alpha": -1}, {}, "out of bounds"),
        ({"dimension": 0}, {}, "out of bounds"),
        ({"provenance": []}, {}, "its provenance is no object"),
        ({"alpha": 1e999}, {}, "out of bounds"),
        ({"rank": 1e999}, {}, "no sound adapter"),
        ({}, {f"{QUERY}.up": None}, "has not its two matrices"),
        ({}, {"other.down": np.zeros((2, 8), np.float16)}, "has not its two matrices"),
        ({}, {f"{QUERY}.up": np.zeros((32, 2), np.float32)}, "of float32"),
        ({}, {f"{QUERY}.up": np.zeros(64, np.float16)}, "not a matrix"),
        ({}, {f"{QUERY}.up": np.full((32, 2), np.nan, np.float16)}, "values that are no numbers"),
        ({}, {f"{QUERY}.down": np.full((2, 32), np.inf, np.float16)}, "values that are no numbers"),
    ],
)
def test_a_file_that_holds_no_sound_adapter_is_refused_with_its_name(adapter_file, facts, tensors, problem):
    file = rewritten(adapter_file(), facts, tensors)
    with pytest.raises(AdapterError, match=problem) as caught:
        read_adapter(file)
    assert str(file) in str(caught.value)
    assert "copy the file again, or make it anew" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"not one", b"\xff" * 64, (1 << 40).to_bytes(8, "little") + b"{}"])
def test_another_kind_of_file_is_refused(tmp_path, content):
    file = tmp_path / "other.safetensors"
    file.write_bytes(content)
    with pytest.raises(AdapterError, match="is no safetensors file"):
        read_adapter(file)


def test_a_file_that_was_cut_short_is_refused_at_any_length(adapter_file):
    content = adapter_file().read_bytes()
    for length in range(0, len(content), 97):
        file = adapter_file()
        file.write_bytes(content[:length])
        with pytest.raises(AdapterError):
            read_adapter(file)


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path):
    with pytest.raises(AdapterError, match=r"does not exist; name another file in `encoder\.adapter`, or `none`"):
        read_adapter(tmp_path / "gone.safetensors")
    with pytest.raises(AdapterError, match="is no adapter"):
        read_adapter(tmp_path)


def test_a_large_file_is_neither_read_nor_written(make_adapter, tmp_path):
    large = tmp_path / "large.safetensors"
    large.write_bytes(b"\0" * (MAX_BYTES + 1))
    with pytest.raises(AdapterError, match="no file of at most 3000000 bytes"):
        read_adapter(large)
    wide = LayerCorrection(np.zeros((200, 4000), np.float16), np.zeros((4000, 200), np.float16))
    with pytest.raises(AdapterError, match="choose a lower rank"):
        write_adapter(tmp_path / "wide.safetensors", make_adapter(rank=200, layers={"layer": wide}))
    assert not (tmp_path / "wide.safetensors").exists()


def test_a_place_that_cannot_be_written_is_refused(make_adapter, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for refused in (tmp_path / "file" / "own.safetensors", tmp_path / "missing" / "own.safetensors"):
        with pytest.raises(AdapterError, match="cannot be written"):
            check_writable(refused)
    with pytest.raises(AdapterError, match="cannot be written"):
        write_adapter(tmp_path / "file" / "own.safetensors", make_adapter())
    check_writable(tmp_path / "own.safetensors")
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".safetensors") == []
