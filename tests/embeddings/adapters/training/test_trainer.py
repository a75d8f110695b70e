"""An adapter is trained with what the extra `adapt` installs, and learns what it is shown."""

# ruff: noqa: PLC0415 - what trains takes seconds to import, and may be missing
import numpy as np
import pytest

from embeddings.adapters.adapter import BaseModel
from embeddings.adapters.training.lists import ArticleVectors, CandidateList, batch_of
from embeddings.adapters.training.requirements import check_can_train
from embeddings.errors import ModelLoadError, TrainingUnavailableError
from embeddings.factory import Backend, identify_encoder, open_encoder

ARTICLES = ("how do cells divide ?", "why is the sky blue", "prices rise", "energy water light")
ASKED = {"why cells ?": [2], "light blue water": [0], "rise energy ?": [1, 3]}
"""What is asked, and the articles that shall answer: others than those that say the same words."""


@pytest.fixture
def extra():
    try:
        check_can_train()
    except TrainingUnavailableError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def encoder(make_model, encoder_cache):
    return open_encoder(str(make_model()), cache_dir=encoder_cache, backend=Backend.TORCH)


@pytest.fixture(scope="module")
def base(make_model, encoder_cache):
    return identify_encoder(str(make_model()), cache_dir=encoder_cache).base


@pytest.fixture(scope="module")
def vectors(encoder):
    """Two sections an article: its own question, and one that all of them have."""
    questions = encoder.encode_passages(ARTICLES)
    sections = np.stack([section for each in questions for section in (each, encoder.encode_passages([":"])[0])])
    return ArticleVectors(
        questions.astype(np.float16), sections.astype(np.float16), np.arange(4) * 2, np.full(4, 2, dtype=np.int64)
    )


LISTS = [CandidateList(text, np.arange(4), np.isin(np.arange(4), answers)) for text, answers in ASKED.items()]


@pytest.mark.long
@pytest.mark.usefixtures("extra")
def test_training_brings_questions_to_the_articles_that_answer_them(base, encoder, vectors):
    from embeddings.adapters.training.trainer import AdapterTrainer, TrainingOptions

    told = []
    options = TrainingOptions(rank=4, learning_rate=2e-2, epochs=30, batch_size=3, anchor=0.0, dropout=0.0)
    trainer = AdapterTrainer(base, options, encoder)
    adapter = trainer.train(LISTS, vectors, 600.0, lambda *step: told.append(step))
    adapted = trainer.encoder_with(adapter)
    questions = vectors.questions.astype(np.float32)
    for text, answers in ASKED.items():
        before, after = (
            float(softmax(questions @ each.encode_query(text) / options.temperature)[answers].sum())
            for each in (encoder, adapted)
        )
        assert (before < 0.5, after > 0.9) == (True, True), text
    np.testing.assert_allclose(adapted.encode_passages(ARTICLES), questions, atol=1e-3)
    assert told[0] == (1, 30)
    assert told[-1] == (30, 30)
    assert (adapter.base, adapter.rank, adapter.scale, adapter.dimension) == (base.digest, 4, 2.0, 32)
    assert adapter.provenance["steps"] == adapter.provenance["planned_steps"] == 30
    assert len(adapter.layers) == 12
    assert not any(name.startswith("pooler") for name in adapter.layers)


def softmax(logits):
    raised = np.exp(logits - logits.max())
    return raised / raised.sum()


@pytest.mark.long
@pytest.mark.usefixtures("extra")
def test_the_same_seed_gives_the_same_adapter_and_no_time_ends_training_after_a_step(base, encoder, vectors):
    from embeddings.adapters.training.trainer import AdapterTrainer, TrainingOptions

    trainer, other = (AdapterTrainer(base, TrainingOptions(epochs=2, seed=seed), encoder) for seed in (0, 1))
    first, again, short, different = (
        each.train(LISTS, vectors, seconds, lambda _done, _total: None)
        for each, seconds in ((trainer, 600.0), (trainer, 600.0), (trainer, 0.0), (other, 600.0))
    )
    name = "encoder.layer.0.attention.self.query"
    np.testing.assert_array_equal(first.layers[name].down, again.layers[name].down)
    np.testing.assert_array_equal(first.layers[name].up, again.layers[name].up)
    assert not np.array_equal(first.layers[name].down, different.layers[name].down)
    assert (short.provenance["steps"], short.provenance["planned_steps"]) == (1, 2)


def test_a_missing_package_of_the_extra_is_named_with_the_command_that_installs_it(monkeypatch):
    monkeypatch.setattr("embeddings.adapters.training.requirements._PACKAGES", ("numpy", "no_such_package"))
    with pytest.raises(TrainingUnavailableError, match=r"needs no_such_package; install them with .*bot\[adapt\]"):
        check_can_train()


@pytest.mark.long
@pytest.mark.usefixtures("extra")
def test_a_model_without_a_network_takes_no_adapter(tmp_path, encoder):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models

    from embeddings.adapters.training.trainer import AdapterTrainer, TrainingOptions

    static = StaticEmbedding(Tokenizer(models.WordLevel({"[UNK]": 0, "sky": 1}, unk_token="[UNK]")), embedding_dim=8)  # noqa: S106 - a token of text
    SentenceTransformer(modules=[static], device="cpu").save(str(tmp_path / "static"), create_model_card=False)
    with pytest.raises(ModelLoadError, match="takes no adapter: it has no transformer"):
        AdapterTrainer(BaseModel(tmp_path / "static", "digest", ""), TrainingOptions(), encoder)


def test_lists_lie_side_by_side_padded_to_the_longest():
    numbers = np.zeros((3, 2), np.float16)
    vectors = ArticleVectors(numbers, np.zeros((7, 2), np.float16), np.array([0, 1, 5]), np.array([1, 4, 2]))
    long = CandidateList("a", np.array([1, 0, 2]), np.array([False, True, False]))
    short = CandidateList("b", np.array([2]), np.array([True]))
    batch = batch_of([long, short], vectors, max_sections=3)
    assert batch.articles.tolist() == [[1, 0, 2], [2, 0, 0]]
    assert batch.known.tolist() == [[True, True, True], [True, False, False]]
    assert batch.answers.tolist() == [[False, True, False], [True, False, False]]
    assert batch.sections.tolist() == [[[1, 2, 3], [0, 0, 0], [5, 6, 0]], [[5, 6, 0], [0, 0, 0], [0, 0, 0]]]
    assert batch.held.sum(axis=2).tolist() == [[3, 1, 2], [2, 0, 0]]
