"""An adapter embeds questions, by every backend alike, and leaves passages as they are."""

# ruff: noqa: PLC0415 - torch takes seconds to import, which tests that need no model should not wait for
import numpy as np
import pytest

from embeddings.adapters.adapter import NO_ADAPTER, LayerCorrection
from embeddings.errors import AdapterError
from embeddings.factory import Backend, identify_encoder, open_encoder

TEXTS = ["why is the sky blue", "how do cells divide ?", "energy"]


def test_merged_weights_compute_what_the_corrections_beside_the_layers_do(tiny_model, make_adapter):
    import torch

    from embeddings.adapters.merging import merge_adapter
    from embeddings.sentence_transformer import load_sentence_transformer

    adapter = make_adapter()
    beside = load_sentence_transformer(tiny_model)
    for name, layer in adapter.layers.items():
        down, up = (torch.from_numpy(matrix.astype(np.float32)) for matrix in (layer.down, layer.up))

        def corrected(_module, inputs, output, down=down, up=up):
            return output + 2.0 * (inputs[0] @ down.T) @ up.T

        beside[0].auto_model.get_submodule(name).register_forward_hook(corrected)
    merged = merge_adapter(load_sentence_transformer(tiny_model), adapter, "own")
    plain = load_sentence_transformer(tiny_model).encode(TEXTS)
    np.testing.assert_allclose(merged.encode(TEXTS), beside.encode(TEXTS), atol=1e-5)
    assert np.abs(merged.encode(TEXTS) - plain).max() > 0.01


@pytest.mark.parametrize("backend", [Backend.OPENVINO, Backend.TORCH])
def test_questions_are_embedded_with_it_and_passages_without(tiny_model, adapter_file, encoder_cache, backend):
    file = adapter_file()
    plain = open_encoder(str(tiny_model), cache_dir=encoder_cache, backend=backend)
    adapted = open_encoder(str(tiny_model), cache_dir=encoder_cache, backend=backend, adapter=str(file))
    np.testing.assert_array_equal(adapted.encode_passages(TEXTS), plain.encode_passages(TEXTS))
    np.testing.assert_array_equal(adapted.token_ids(TEXTS)[0], plain.token_ids(TEXTS)[0])
    for text in TEXTS:
        question = adapted.encode_query(text)
        assert question @ plain.encode_query(text) < 0.999
        assert np.linalg.norm(question) == pytest.approx(1.0, abs=1e-5)
    other = open_encoder(str(tiny_model), cache_dir=encoder_cache, backend=Backend.TORCH, adapter=str(file))
    np.testing.assert_allclose(adapted.encode_query(TEXTS[0]), other.encode_query(TEXTS[0]), atol=0.02)


def test_the_fingerprint_of_questions_names_model_and_adapter(tiny_model, adapter_file, make_adapter, encoder_cache):
    def opened(**how):
        return open_encoder(str(tiny_model), cache_dir=encoder_cache, backend=Backend.TORCH, **how)

    plain, none = opened(), opened(adapter=NO_ADAPTER)
    first = opened(adapter=str(adapter_file("first.safetensors")))
    renamed = opened(adapter=str(adapter_file("second.safetensors")))
    twice = opened(adapter=str(adapter_file("third.safetensors", alpha=8.0)))
    assert {each.fingerprint for each in (plain, none, first, twice)} == {plain.fingerprint}
    assert plain.query_fingerprint == none.query_fingerprint == plain.fingerprint
    assert first.query_fingerprint == renamed.query_fingerprint
    assert len({each.query_fingerprint for each in (plain, first, twice)}) == 3
    told = identify_encoder(str(tiny_model), cache_dir=encoder_cache, adapter=str(adapter_file("first.safetensors")))
    assert (told.fingerprint, told.query_fingerprint) == (first.fingerprint, first.query_fingerprint)
    assert told.adapter.name == "first"
    assert told.base.digest == make_adapter().base


def test_an_adapter_of_another_model_is_refused(make_model, adapter_file, encoder_cache):
    other, file = make_model("cls"), adapter_file()
    with pytest.raises(AdapterError, match=r"made for another model than the one in `encoder\.model`") as caught:
        open_encoder(str(other), cache_dir=encoder_cache, adapter=str(file))
    assert str(file) in str(caught.value)


def zeros(inputs, outputs):
    return LayerCorrection(np.zeros((2, inputs), np.float16), np.zeros((outputs, 2), np.float16))


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"dimension": 64}, "is of dimension 64, the model of 32"),
        ({"layers": {"encoder.layer.9.output.dense": zeros(32, 32)}}, "which the model lacks"),
        ({"layers": {"encoder.layer.0": zeros(32, 32)}}, "which the model lacks"),
        ({"layers": {"": zeros(32, 32)}}, "which the model lacks"),
        ({"layers": {"encoder.layer.0.output.dense": zeros(32, 32)}}, r"of \(32, 32\), the model's is \(32, 64\)"),
    ],
)
def test_an_adapter_whose_layers_are_not_the_models_is_refused(tiny_model, adapter_file, encoder_cache, given, problem):
    file = adapter_file(**given)
    with pytest.raises(AdapterError, match=problem):
        open_encoder(str(tiny_model), cache_dir=encoder_cache, adapter=str(file))
