"""Where a model runs: on a GPU where there is one, and in numbers that give the same vectors."""

# ruff: noqa: PLC0415 - torch takes seconds to import, which collecting tests should not wait for
from dataclasses import dataclass

import numpy as np
import pytest

from embeddings.devices import CudaGpus, Device, Placement, choose_placement
from embeddings.errors import GpuWithoutTorchError, NoGpuError
from embeddings.factory import Backend, open_encoder
from embeddings.processor import Precision

TEXTS = [
    "Why is the sky blue?",
    "Cells divide by mitosis, in which each daughter cell gets a copy of every chromosome.",
    "Prices rise where demand grows faster than supply.",
    "x",
    "Energy is neither made nor lost. " * 40,
]


@dataclass(frozen=True)
class FakeGpus:
    """GPUs of a machine as we like it; asking for what may not be asked fails."""

    there: bool = True
    bfloat16: bool | None = True

    def available(self) -> bool:
        return self.there

    def multiply_bfloat16(self) -> bool:
        assert self.bfloat16 is not None
        return self.bfloat16


NONE = FakeGpus(there=False, bfloat16=None)


@pytest.mark.parametrize(
    ("device", "precision", "gpus", "chosen"),
    [
        (Device.AUTO, Precision.AUTO, FakeGpus(), (Device.CUDA, Precision.BFLOAT16)),
        (Device.AUTO, Precision.FLOAT32, FakeGpus(), (Device.CUDA, Precision.FLOAT32)),
        (Device.AUTO, Precision.AUTO, FakeGpus(bfloat16=False), (Device.CUDA, Precision.FLOAT32)),
        (Device.CUDA, Precision.BFLOAT16, FakeGpus(bfloat16=False), (Device.CUDA, Precision.FLOAT32)),
        (Device.CPU, Precision.AUTO, FakeGpus(), (Device.CPU, Precision.FLOAT32)),
        (Device.AUTO, Precision.AUTO, NONE, (Device.CPU, Precision.FLOAT32)),
        (Device.AUTO, Precision.BFLOAT16, NONE, (Device.CPU, Precision.BFLOAT16)),
    ],
)
def test_a_gpu_is_taken_where_there_is_one_and_in_bfloat16_where_it_has_that(device, precision, gpus, chosen):
    assert choose_placement(device, precision, gpus) == Placement(*chosen)


def test_a_gpu_that_is_wanted_and_not_there_is_an_error_that_says_what_to_do():
    with pytest.raises(NoGpuError, match=r"encoder\.device to `auto` or `cpu`"):
        choose_placement(Device.CUDA, Precision.AUTO, NONE)


@pytest.mark.parametrize(
    ("version", "files", "conceivable"),
    [
        ("2.13.0+cpu", ["nvidia0"], False),
        ("2.13.0", ["nvidia0", "nvidiactl"], True),
        ("2.13.0+cu130", ["dxg"], True),
        ("2.13.0", ["nvidiactl", "null"], False),
        ("2.13.0", [], False),
    ],
)
def test_torch_is_not_asked_where_there_can_be_no_gpu(version, files, conceivable, tmp_path):
    for name in files:
        (tmp_path / name).touch()
    assert CudaGpus(tmp_path, version).conceivable is conceivable


def test_by_itself_the_encoder_goes_to_the_gpu_that_is_there(encoder_cache):
    """There is none, so that loading the model to it is where it ends."""
    from embeddings.errors import ModelLoadError

    if CudaGpus().available():
        pytest.skip("there is a GPU, on which the model would really be loaded")
    with pytest.raises(ModelLoadError, match="CUDA"):
        open_encoder(cache_dir=encoder_cache, gpus=FakeGpus())
    assert open_encoder(cache_dir=encoder_cache, gpus=FakeGpus(), device=Device.CPU).encode_query("x").shape == (384,)


def test_openvino_has_no_gpu(encoder_cache):
    with pytest.raises(GpuWithoutTorchError, match=r"encoder\.backend to `auto` or `torch`"):
        open_encoder(cache_dir=encoder_cache, backend=Backend.OPENVINO, device=Device.CUDA, gpus=FakeGpus())


def test_bfloat16_on_torch_keeps_what_the_fingerprint_promises(encoder_cache):
    def opened(precision):
        return open_encoder(cache_dir=encoder_cache, backend=Backend.TORCH, precision=precision, gpus=NONE)

    single, half = opened(Precision.FLOAT32), opened(Precision.BFLOAT16)
    assert (single.placement.precision, half.placement.precision) == (Precision.FLOAT32, Precision.BFLOAT16)
    ours, exact = half.encode_passages(TEXTS), single.encode_passages(TEXTS)
    assert single.fingerprint == half.fingerprint
    assert not np.array_equal(ours, exact)  # it is another computation
    assert np.sum(ours * exact, axis=1).min() > 0.9999
    np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(half.encode_query("x"), ours[3], atol=1e-2)


def test_a_batch_that_memory_does_not_hold_is_halved_until_it_does(make_model):
    import torch

    from embeddings.sentence_transformer import SentenceTransformerEncoder, load_sentence_transformer

    sizes = []
    model = load_sentence_transformer(make_model())
    encode = model.encode_document

    def encode_in_little_memory(texts, *, batch_size, **options):
        sizes.append(batch_size)
        if batch_size > 8:
            raise torch.OutOfMemoryError
        return encode(texts, batch_size=batch_size, **options)

    texts = [f"cells divide {'water ' * (number % 9)}" for number in range(40)]
    expected = SentenceTransformerEncoder(model, fingerprint="any").encode_passages(texts)
    model.encode_document = encode_in_little_memory
    encoder = SentenceTransformerEncoder(model, fingerprint="any")
    np.testing.assert_allclose(encoder.encode_passages(texts), expected, atol=1e-5)
    encoder.encode_passages(texts[:2])
    assert sizes == [32, 16, 8, 8]


def test_one_text_that_memory_does_not_hold_is_an_error(make_model):
    import torch

    from embeddings.sentence_transformer import SentenceTransformerEncoder, load_sentence_transformer

    model = load_sentence_transformer(make_model())

    def encode(_texts, **_options):
        raise torch.OutOfMemoryError

    model.encode_document = encode
    with pytest.raises(torch.OutOfMemoryError):
        SentenceTransformerEncoder(model, fingerprint="any").encode_passages(["water"])
