"""Questions have an adapter where one is asked for."""

from embeddings.adapters.adapter import NO_ADAPTER
from embeddings.adapters.choice import choose_adapter
from embeddings.factory import identify_encoder
from embeddings.file_hashes import FileHashes


def test_a_model_has_none_unless_one_is_asked_for(make_model, encoder_cache):
    assert identify_encoder(cache_dir=encoder_cache).adapter is None
    assert identify_encoder(str(make_model()), cache_dir=encoder_cache).adapter is None


def test_none_can_be_asked_for(tmp_path):
    assert choose_adapter(NO_ADAPTER, "a digest", FileHashes(tmp_path / "hashes.json")) is None
