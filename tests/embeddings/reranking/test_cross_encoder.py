"""Cross-encoders on both backends against sentence-transformers itself, and what is no cross-encoder."""

import logging
import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from embeddings.errors import CrossEncoderError, ModelWriteError, UnsupportedModelError
from embeddings.factory import Backend
from embeddings.file_hashes import FileHashes
from embeddings.openvino.converted_cross_encoder import ConvertedCrossEncoder
from embeddings.openvino.cross_encoder import OpenVinoCrossEncoder, consecutive_batches
from embeddings.processor import Precision
from embeddings.reranking.cross_encoder import open_cross_encoder, score
from embeddings.reranking.torch_cross_encoder import TorchCrossEncoder
from tests.conftest import ROOT
from tests.small_cross_encoder import save_cross_encoder

QUESTION = "Why does iron rust?"
TEXTS = [
    "Iron rusts in water: oxygen and iron are oxide.",
    "the tides of the sea",
    "",
    "the pull of the moon causes the tides " * 60,
    "bees make honey in a hive. " * 3,
    "变换形式 🙂",
    "the tides of the sea",
]
UNCLEAN = ["", " \n\t ", "\x00", "\ud83d", "ok \udc00 then", "\u202e\u200b", "!" * 1000, "e\u0301" * 500]
COLD_START = """
import sys
from pathlib import Path
from embeddings.reranking.cross_encoder import open_cross_encoder, score
opened = open_cross_encoder(sys.argv[1], cache_dir=Path(sys.argv[2]))
score(opened, "why?", ["so"])
print(sorted({"torch", "transformers", "sentence_transformers", "huggingface_hub"} & set(sys.modules)))
"""


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cross-encoder-cache")


@pytest.fixture(scope="session")
def folders(tmp_path_factory):
    """Folder of a cross-encoder of each kind."""
    return {
        "bert": save_cross_encoder(tmp_path_factory.mktemp("bert")),
        "roberta": save_cross_encoder(tmp_path_factory.mktemp("roberta"), kind="roberta", activation="Identity"),
    }


@pytest.fixture(scope="session")
def fast(folders, cache):
    return open_exactly(folders["bert"], cache)


def open_exactly(folder, cache, backend=Backend.OPENVINO):
    """Open in single precision: the made-up weights are so large that bfloat16 alone moves a score."""
    return open_cross_encoder(str(folder), cache_dir=cache, backend=backend, precision=Precision.FLOAT32)


def predicted(folder, question, texts, **options):
    """What sentence-transformers says."""
    from sentence_transformers import CrossEncoder  # noqa: PLC0415 - takes seconds

    return CrossEncoder(str(folder), device="cpu").predict([(question, text) for text in texts], **options)


@pytest.mark.parametrize("backend", [Backend.OPENVINO, Backend.TORCH])
@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_scores_are_those_of_sentence_transformers_each_in_its_place(kind, backend, folders, cache):
    ours = score(open_exactly(folders[kind], cache, backend), QUESTION, TEXTS)
    theirs = predicted(folders[kind], QUESTION, TEXTS)
    shown = ours if kind == "roberta" else 1 / (1 + np.exp(-ours))  # this one was saved to predict log-odds
    np.testing.assert_allclose(shown, theirs, atol=1e-3)
    assert np.ptp(theirs) > 0.1
    assert ours[1] == pytest.approx(ours[-1], abs=1e-4)


def test_scores_are_without_the_activation_so_that_none_is_lost_near_its_ends(folders, fast):
    from torch.nn import Identity  # noqa: PLC0415 - takes seconds

    theirs = predicted(folders["bert"], QUESTION, TEXTS, activation_fn=Identity())
    np.testing.assert_allclose(score(fast, QUESTION, TEXTS), theirs, atol=1e-3)
    assert theirs.min() < 0


@pytest.mark.parametrize(("question", "texts"), [("why " * 500, ["so", "iron " * 500]), ("why?", ["iron " * 500])])
def test_the_longer_of_both_is_cut_to_the_window_as_sentence_transformers_does(question, texts, folders, fast):
    theirs = predicted(folders["bert"], question, texts)
    np.testing.assert_allclose(1 / (1 + np.exp(-score(fast, question, texts))), theirs, atol=1e-3)


def test_no_text_is_too_unclean(folders, fast, cache):
    ours = score(fast, "why \ud83d?", UNCLEAN)
    assert np.isfinite(ours).all()
    plain = open_exactly(folders["bert"], cache, Backend.TORCH)
    np.testing.assert_allclose(ours, score(plain, "why \ud83d?", UNCLEAN), atol=1e-3)


def test_no_texts_have_no_scores(folders, fast, cache):
    for opened in (fast, open_exactly(folders["bert"], cache, Backend.TORCH)):
        assert list(opened.iter_scores(QUESTION, [])) == []


def test_scores_come_in_the_order_of_the_texts_and_whoever_asks_may_stop(fast):
    texts = TEXTS * 4
    places = [place for batch, _ in fast.iter_scores(QUESTION, texts) for place in batch.tolist()]
    assert places == list(range(28))
    scores = fast.iter_scores(QUESTION, texts)
    first, _ = next(scores)
    scores.close()
    assert len(first) < len(texts)
    assert len(score(fast, QUESTION, ["one more"])) == 1


@pytest.mark.parametrize(
    ("lengths", "batches"),
    [
        ([], []),
        ([30], [(0, 1)]),
        ([4, 4, 4], [(0, 2), (2, 3)]),
        ([2, 30, 2, 2], [(0, 1), (1, 2), (2, 4)]),
        ([1, 5, 5], [(0, 2), (2, 3)]),
    ],
)
def test_batches_keep_the_order_and_the_budget(lengths, batches):
    assert list(consecutive_batches(lengths, token_budget=10)) == batches


def test_threads_share_a_cross_encoder_and_get_their_own_scores(fast):
    expected = [score(fast, QUESTION, [text]) for text in TEXTS]
    start = threading.Barrier(4)

    def work(_):
        start.wait()
        return [score(fast, QUESTION, [text]) for text in TEXTS]

    with ThreadPoolExecutor(4) as pool:
        for scores in pool.map(work, range(4)):
            np.testing.assert_allclose(scores, expected, atol=1e-4)


def test_a_later_process_imports_nothing_heavy(folders, fast, cache):
    assert isinstance(fast, OpenVinoCrossEncoder)
    arguments = [sys.executable, "-c", COLD_START, str(folders["bert"]), str(cache)]
    cold = subprocess.run(arguments, capture_output=True, text=True, check=True, cwd=ROOT)
    assert cold.stdout == "[]\n"


@pytest.fixture
def converted(fast, tmp_path):
    """A converted cross-encoder, to be spoilt."""
    assert isinstance(fast, OpenVinoCrossEncoder)
    folder = fast._network._file.parent
    shutil.copytree(folder, tmp_path / folder.name)
    return tmp_path / folder.name


def test_a_damaged_conversion_is_made_again(folders, fast, converted, tmp_path):
    os.truncate(converted / "model.bin", 100)
    again = open_exactly(folders["bert"], tmp_path)
    np.testing.assert_allclose(score(again, QUESTION, TEXTS), score(fast, QUESTION, TEXTS), atol=1e-4)


@pytest.mark.parametrize("name", ["model.bin", "model.xml", "tokenizer.json", "facts.json"])
def test_damage_to_any_file_is_noticed(name, converted, tmp_path):
    hashes = FileHashes(tmp_path / "stamps.json")
    facts = ConvertedCrossEncoder.read(converted, hashes)
    assert facts is not None
    assert (facts.max_tokens, facts.has_token_types) == (64, True)
    data = bytearray((converted / name).read_bytes())
    data[data.index(b'"sha256"') + 30 if name == "facts.json" else len(data) // 2] ^= 1
    (converted / name).write_bytes(data)
    assert ConvertedCrossEncoder.read(converted, hashes) is None


@pytest.mark.parametrize("content", ["[]", "null", "{}", '{"sha256": {}}', "3", "{"])
def test_facts_of_another_make_are_not_believed(content, converted, tmp_path):
    (converted / "facts.json").write_text(content)
    assert ConvertedCrossEncoder.read(converted, FileHashes(tmp_path / "stamps.json")) is None


def test_a_model_that_the_fast_backend_cannot_express_runs_on_torch(tmp_path, caplog):
    folder = save_cross_encoder(tmp_path / "model", pad_left=True)
    for _ in range(2):  # the second time from memory
        with pytest.raises(UnsupportedModelError, match="on the left"):
            open_exactly(folder, tmp_path)
    with caplog.at_level(logging.WARNING, "embeddings"):
        opened = open_cross_encoder(str(folder), cache_dir=tmp_path)
    assert isinstance(opened, TorchCrossEncoder)
    assert opened.name == f"{folder} on torch"
    assert "cuts or pads texts on the left" in caplog.text


def test_a_conversion_that_cannot_be_written_is_named(folders, tmp_path):
    (tmp_path / "in the way").write_text("")
    with pytest.raises(ModelWriteError, match="the converted model cannot be written"):
        open_exactly(folders["bert"], tmp_path / "in the way" / "cache")


def refusal(folder, cache):
    with pytest.raises(CrossEncoderError) as caught:
        open_cross_encoder(str(folder), cache_dir=cache)
    assert caught.value.model == str(folder)
    assert "\n" not in str(caught.value)
    return caught.value.problem


@pytest.mark.parametrize("name", ["no-such-model", "nobody/no-such-model", "./gone", "not a name"])
def test_a_model_that_is_not_here_is_refused_and_not_downloaded(name, cache):
    assert "neither a folder nor a model that was downloaded to this machine before" in refusal(name, cache)


def test_a_model_downloaded_before_is_found_by_its_name(folders, cache, tmp_path, monkeypatch):
    repository = tmp_path / "hub" / "models--cross-encoder--tiny"
    shutil.copytree(folders["bert"], repository / "snapshots" / "abc")
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("abc")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    for name in ("tiny", "cross-encoder/tiny"):
        assert "models--cross-encoder--tiny" in open_cross_encoder(name, cache_dir=cache).name


def test_an_encoder_is_refused_rather_than_given_weights_that_nobody_trained(prompted_model, cache):
    assert "is a SentenceTransformer, which reads one text at a time" in refusal(prompted_model, cache)
    bare = prompted_model.parent / "bert"
    assert "is no classifier of pairs of texts but was made for BertModel" in refusal(bare, cache)


def test_a_classifier_of_several_labels_is_refused(tmp_path, cache):
    assert "tells 3 labels apart instead of scoring" in refusal(save_cross_encoder(tmp_path, labels=3), cache)


def test_a_classifier_that_was_not_saved_by_sentence_transformers_is_one_too(folders, cache):
    plain = folders["bert"].parent / "plain"
    np.testing.assert_allclose(
        score(open_exactly(plain, cache), QUESTION, TEXTS), score(open_exactly(folders["bert"], cache), QUESTION, TEXTS)
    )


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        ("config.json", b"{", "its config.json is not JSON"),
        ("config.json", b"[" * 100_000, "its config.json is not JSON"),
        ("config.json", b"[]", "its config.json holds no fields"),
        ("config_sentence_transformers.json", b"{", "its config_sentence_transformers.json is not JSON"),
        ("model.safetensors", b"\x08", "cannot be loaded"),
        ("tokenizer.json", b"{}", "cannot be loaded"),
    ],
)
def test_a_damaged_model_is_refused_in_one_line(file, content, problem, folders, tmp_path):
    shutil.copytree(folders["bert"], tmp_path / "copy")
    (tmp_path / "copy" / file).write_bytes(content)
    assert problem in refusal(tmp_path / "copy", tmp_path)


def test_weights_that_give_no_numbers_are_refused(folders, tmp_path):
    from safetensors.numpy import load_file, save_file  # noqa: PLC0415 - only here

    shutil.copytree(folders["bert"], tmp_path / "copy")
    weights = load_file(tmp_path / "copy" / "model.safetensors")
    weights["classifier.bias"][:] = np.nan
    save_file(weights, tmp_path / "copy" / "model.safetensors", metadata={"format": "pt"})
    assert "gives scores that are no numbers" in refusal(tmp_path / "copy", tmp_path)


def test_a_conversion_that_gives_other_scores_is_refused_and_leaves_nothing(folders, tmp_path, monkeypatch):
    from embeddings.openvino import cross_encoder_conversion  # noqa: PLC0415 - loads torch

    class Wrong(cross_encoder_conversion._Network):
        def forward(self, input_ids, attention_mask, token_type_ids=None):
            return super().forward(input_ids.flip(1), attention_mask, token_type_ids)

    monkeypatch.setattr(cross_encoder_conversion, "_Network", Wrong)
    with pytest.raises(UnsupportedModelError, match="its scores differ from torch's"):
        open_exactly(folders["bert"], tmp_path)
    assert not [path.name for path in tmp_path.iterdir() if path.is_dir()]
