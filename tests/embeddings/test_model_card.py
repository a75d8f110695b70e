import time

import pytest

from embeddings.file_hashes import FileHashes
from embeddings.model_card import licence_of
from embeddings.model_files import find_model


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("---\nlicense: mit\n---\n", "mit"),
        ("---\nlanguage: en\nlicense: 'apache-2.0'  # as the weights\ntags:\n- x\n---\nlicense: no", "apache-2.0"),
        ("---\r\nlicense: mit\r\n---\r\n", "mit"),
        ("\ufeff---\nlicense: mit\n---", "mit"),
        ("---\nlicense:\n- mit\n  - cc-by-4.0\ntags:\n- x\n---", "mit, cc-by-4.0"),
        ("---\nlicense: [mit]\n---", "mit"),
        ("---\nlicense: other\nlicense_name: somebody-s-own\n---", "somebody-s-own"),
        ("---\nlicense: other\n---", "other"),
        ("---\nlicense:\ntags:\n- x\n---", ""),
        ("---\nlanguage: en\n---\nlicense: mit", ""),
        ("# A model\nlicense: mit", ""),
        ("", ""),
        ("---\nlicense: " + "x" * 1_000, "x" * 60),
    ],
)
def test_the_header_of_the_card_names_the_licence(card, licence, tmp_path):
    (tmp_path / "README.md").write_bytes(card.encode())
    assert licence_of(tmp_path) == licence


def test_a_model_without_a_card_or_with_an_odd_one_has_none(tmp_path):
    assert licence_of(tmp_path) == ""
    (tmp_path / "README.md").write_bytes(b"\xff\xfe---")
    assert licence_of(tmp_path) == ""


def test_the_packaged_model_says_its_own(tmp_path):
    assert licence_of(find_model(None, FileHashes(tmp_path / "hashes.json"))) == "apache-2.0"


def test_a_card_of_any_length_is_read_in_no_time(tmp_path):
    (tmp_path / "README.md").write_bytes(b"---\n" + b"license:\n" * 1_000_000)
    started = time.process_time()
    assert licence_of(tmp_path) == ""
    assert time.process_time() - started < 1
