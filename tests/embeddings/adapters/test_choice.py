"""The packaged model has an adapter of its own, another model has none."""

import shutil

import numpy as np
import pytest

from embeddings.adapters import choice
from embeddings.adapters.adapter import NO_ADAPTER
from embeddings.adapters.adapter_file import MAX_BYTES, read_adapter
from embeddings.adapters.choice import SHIPPED, choose_adapter
from embeddings.errors import AdapterError
from embeddings.factory import identify_encoder, open_encoder
from embeddings.file_hashes import FileHashes


@pytest.fixture
def hashes(tmp_path):
    return FileHashes(tmp_path / "hashes.json")


def test_every_adapter_that_comes_with_the_project_is_sound_and_small(hashes):
    for digest, (name, sha256) in SHIPPED.items():
        path = choice._SHIPPED_FOLDER / name
        assert read_adapter(path).base == digest
        assert hashes.sha256([path]) == [sha256]
        assert path.stat().st_size <= MAX_BYTES
        assert read_adapter(path).provenance["questions"] > 1000


def test_the_packaged_model_has_the_one_that_comes_with_the_project(encoder_cache, fast):
    usual = open_encoder(cache_dir=encoder_cache)
    told = identify_encoder(cache_dir=encoder_cache)
    assert told.adapter.name == "all-minilm-l6-v2"
    assert usual.query_fingerprint == told.query_fingerprint == told.adapter.query_fingerprint(fast.fingerprint)
    assert (usual.fingerprint, fast.query_fingerprint) == (fast.fingerprint, fast.fingerprint)
    text = "how come iron goes all brown and flaky when it gets wet"
    np.testing.assert_allclose(usual.encode_passages([text]), fast.encode_passages([text]), atol=1e-6)
    assert 0.7 < usual.encode_query(text) @ fast.encode_query(text) < 0.999


def test_another_model_has_none(make_model, encoder_cache):
    assert identify_encoder(str(make_model()), cache_dir=encoder_cache).adapter is None


def test_none_can_be_asked_for(hashes):
    for digest in (*SHIPPED, "another"):
        assert choose_adapter(NO_ADAPTER, digest, hashes) is None


def test_a_shipped_file_that_is_not_the_official_one_is_refused(hashes, tmp_path, monkeypatch):
    [(digest, (name, sha256))] = SHIPPED.items()
    file = tmp_path / name
    shutil.copyfile(choice._SHIPPED_FOLDER / name, file)
    content = bytearray(file.read_bytes())
    content[-1] ^= 1  # a digit of a number of the last matrix
    file.write_bytes(content)
    monkeypatch.setattr(choice, "_SHIPPED_FOLDER", tmp_path)
    with pytest.raises(AdapterError, match=f"comes with the project {sha256}; reinstall quicktakes-bot"):
        choose_adapter(None, digest, hashes)
    file.unlink()
    with pytest.raises(AdapterError, match="does not exist"):
        choose_adapter(None, digest, hashes)
