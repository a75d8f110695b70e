"""Real models: the packaged one, and tiny ones with random weights that have what the packaged one lacks."""

# ruff: noqa: PLC0415 - torch takes seconds to import, which tests that need no model should not wait for
import pytest

from embeddings.factory import Backend, open_encoder

WORDS = "how do cells divide why is the sky blue prices rise energy water light query passage : ? ."


@pytest.fixture(scope="session")
def encoder_cache(encoder_cache, tmp_path_factory):
    """A folder for converted models of this run, in which the default encoder's is from the start."""
    folder = tmp_path_factory.mktemp("encoder-cache")
    for converted in encoder_cache.glob("openvino-*"):
        (folder / converted.name).symlink_to(converted, target_is_directory=True)
    return folder


@pytest.fixture(scope="session")
def make_model(tmp_path_factory):
    """Makes a sentence-transformers model of two tiny layers and gives its folder."""

    def make(pooling="mean", prompts=None, *, include_prompt=True, window=24, pad_left=False):
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
        from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
        from transformers import BertConfig, BertModel, BertTokenizerFast

        folder = tmp_path_factory.mktemp("model")
        tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(WORDS.split()))]
        tokenizer = Tokenizer(
            models.WordPiece({token: place for place, token in enumerate(tokens)}, unk_token=tokens[1])
        )
        tokenizer.normalizer = normalizers.BertNormalizer()
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
        BertTokenizerFast(
            tokenizer_object=tokenizer, model_max_length=window, padding_side="left" if pad_left else "right"
        ).save_pretrained(folder / "bert")
        torch.manual_seed(7)
        config = BertConfig(
            vocab_size=len(tokens),
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=64,
            initializer_range=0.5,
        )
        BertModel(config).save_pretrained(folder / "bert")
        transformer = Transformer(str(folder / "bert"))
        modules = [transformer, Pooling(32, pooling, include_prompt=include_prompt)]
        SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(
            str(folder / "whole"), create_model_card=False
        )
        return folder / "whole"

    return make


@pytest.fixture(scope="session")
def fast(encoder_cache):
    """The packaged model on OpenVINO."""
    return open_encoder(cache_dir=encoder_cache, backend=Backend.OPENVINO)


@pytest.fixture(scope="session")
def plain(encoder_cache):
    """The packaged model on torch."""
    return open_encoder(cache_dir=encoder_cache, backend=Backend.TORCH)


@pytest.fixture(scope="session")
def prompted_model(make_model):
    """A tiny model that pools the first token and asks for prompts."""
    return make_model("cls", prompts={"query": "query: ", "passage": "passage: "})
