import logging
import os
import resource
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
import pytest

from embeddings.errors import ModelWriteError, UnsupportedModelError
from embeddings.factory import Backend, open_encoder
from embeddings.file_hashes import FileHashes
from embeddings.openvino import conversion as openvino_conversion
from embeddings.openvino.conversion import convert
from embeddings.openvino.converted_model import ConvertedModel
from embeddings.sentence_transformer import load_sentence_transformer


@pytest.fixture
def hashes(tmp_path):
    return FileHashes(tmp_path / "stamps.json")


@pytest.fixture(scope="module")
def sound(prompted_model, tmp_path_factory):
    """A converted model and its facts."""
    folder = tmp_path_factory.mktemp("sound") / "converted"
    hashes = FileHashes(folder.with_name("stamps.json"))
    return folder, convert(load_sentence_transformer(prompted_model), prompted_model, folder, hashes)


def test_the_facts_are_the_models(sound, hashes):
    folder, facts = sound
    assert (facts.dimension, facts.max_tokens, facts.pad_id) == (32, 24, 0)
    assert ConvertedModel.read(folder, hashes) == facts


@pytest.mark.parametrize("name", ["model.bin", "model.xml", "tokenizer.json", "facts.json"])
@pytest.mark.parametrize("damage", ["gone", "cut", "flipped"])
def test_damage_to_any_file_is_noticed(damage, name, sound, tmp_path, hashes):
    folder = tmp_path / "copy"
    shutil.copytree(sound[0], folder)
    file = folder / name
    data = bytearray(file.read_bytes())
    file.unlink()
    if damage == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif damage == "flipped":
        data[data.index(b'"sha256"') + 30 if name == "facts.json" else len(data) // 2] ^= 1
        file.write_bytes(data)
    assert ConvertedModel.read(folder, hashes) is None


@pytest.mark.parametrize("content", ["[]", "null", "{}", '{"dimension": 32}', '{"sha256": 3}'])
def test_facts_of_another_make_are_not_believed(content, sound, tmp_path, hashes):
    folder = tmp_path / "copy"
    shutil.copytree(sound[0], folder)
    (folder / "facts.json").write_text(content)
    assert ConvertedModel.read(folder, hashes) is None


def test_a_damaged_conversion_is_made_again(prompted_model, tmp_path):
    def query_vector():
        encoder = open_encoder(str(prompted_model), cache_dir=tmp_path, backend=Backend.OPENVINO)
        return encoder.encode_query("why is the sky blue ?")

    expected = query_vector()
    (folder,) = tmp_path.glob("openvino-*")
    os.truncate(folder / "model.bin", 100)
    np.testing.assert_allclose(query_vector(), expected, atol=1e-5)
    assert ConvertedModel.read(folder, FileHashes(tmp_path / "file-hashes.json")) is not None


def test_two_that_convert_at_once_leave_one_sound_folder(prompted_model, tmp_path, hashes):
    models = [load_sentence_transformer(prompted_model) for _ in range(2)]
    target = tmp_path / "converted"
    with ThreadPoolExecutor(2) as pool:
        facts = list(pool.map(lambda model: convert(model, prompted_model, target, hashes), models))
    assert ConvertedModel.read(target, hashes) in facts
    assert sorted(path.name for path in tmp_path.iterdir()) == ["converted", "stamps.json"]


def test_a_conversion_that_gives_other_vectors_is_refused_and_leaves_nothing(
    prompted_model, tmp_path, hashes, monkeypatch
):
    class Wrong(openvino_conversion._Network):
        def forward(self, input_ids, attention_mask):
            return super().forward(input_ids.flip(1), attention_mask)

    monkeypatch.setattr(openvino_conversion, "_Network", Wrong)
    with pytest.raises(UnsupportedModelError, match="its vectors differ from torch's"):
        convert(load_sentence_transformer(prompted_model), prompted_model, tmp_path / "converted", hashes)
    assert [path.name for path in tmp_path.iterdir() if path.name != "stamps.json"] == []


@contextmanager
def little_room(size):
    """Let no file become larger than so many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("room", [0, 2_000, 60_000])
def test_a_disk_that_is_full_is_named_and_the_model_not_taken_for_one_that_cannot_be_converted(
    prompted_model, tmp_path, room
):
    folder = tmp_path / "encoder"
    with little_room(room), pytest.raises(ModelWriteError, match=r"encoder: the converted model cannot be written"):
        open_encoder(str(prompted_model), cache_dir=folder, backend=Backend.AUTO)
    assert [path.name for path in folder.iterdir() if path.name != "file-hashes.json"] == []
    open_encoder(str(prompted_model), cache_dir=folder, backend=Backend.OPENVINO)


def test_a_folder_that_cannot_be_made_is_named(prompted_model, tmp_path, hashes):
    (tmp_path / "encoder").write_text("in the way")
    with pytest.raises(ModelWriteError, match="check that the disk has room and the folder may be written"):
        convert(load_sentence_transformer(prompted_model), prompted_model, tmp_path / "encoder" / "converted", hashes)


def test_a_conversion_says_nothing_of_what_tracing_looks_at(prompted_model, tmp_path, hashes, caplog, capfd):
    before = [logging.getLogger(name).level for name in ("sentence_transformers", "transformers")]
    model = load_sentence_transformer(prompted_model)
    capfd.readouterr()

    convert(model, prompted_model, tmp_path / "converted", hashes)

    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")
    assert [logging.getLogger(name).level for name in ("sentence_transformers", "transformers")] == before
