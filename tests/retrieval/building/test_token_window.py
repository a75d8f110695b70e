"""Sections fit the window of the encoder that embeds them."""

from __future__ import annotations

import pickle
import tarfile
from itertools import islice

from embeddings.encoder import TokenWindow
from retrieval.articles.markdown.plain_text import WHOLE_KINDS, block_spans
from retrieval.building.reading import find_files, read_file
from retrieval.domain import Subject
from retrieval.generations.codec import decode_article
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.article_files import Corpus

SENTENCE = "The tide comes and goes twice a day because the moon pulls the sea towards itself. "


def sections_of(folder, window=None):
    """Every section of every article of a folder with its text, read for this window."""
    files, _ = find_files(folder)
    for file in files:
        stored = decode_article(read_file(file, folder, window=window).body, Subject("s", "S"))
        yield from ((each, stored.article.answer[each.start : each.end]) for each in stored.sections)


def test_no_passage_is_cut_by_a_model_of_half_the_window_but_blocks_that_stay_whole(sample_content, real_encoder):
    count = real_encoder.passage_window().count
    sections = list(sections_of(sample_content, TokenWindow(128, count)))
    sizes = count([section.passage_text for section, _ in sections])
    long = [text for (_, text), size in zip(sections, sizes, strict=True) if size > 128]
    assert len(long) < len(sections) / 100
    for text in long:
        (block,) = block_spans(text)
        assert block.kind in WHOLE_KINDS


def test_hardly_a_passage_of_the_real_corpus_is_cut_by_a_model_of_half_the_window(shared_dir, tmp_path, real_encoder):
    with tarfile.open(shared_dir / "corpus" / "learn.tar.xz", "r|xz") as archive:
        files = (member for member in archive if member.isfile() and member.name.endswith(".md"))
        for number, member in enumerate(islice(files, 200)):
            folder = tmp_path / "items"
            folder.mkdir(exist_ok=True)
            (folder / f"{number}.md").write_bytes(archive.extractfile(member).read())
    count = real_encoder.passage_window().count
    cut = {}
    for name, window in (("half", TokenWindow(128, count)), ("usual", None)):
        sizes = count([section.passage_text for section, _ in sections_of(tmp_path, window)])
        cut[name] = sum(size > 128 for size in sizes) / len(sizes)
    assert cut["half"] < 0.001
    assert cut["usual"] > 0.01


def test_the_packaged_model_cuts_as_its_estimate_does(sample_content, real_encoder):
    window = real_encoder.passage_window()
    assert window.max_tokens == 256
    assert list(sections_of(sample_content, window)) == list(sections_of(sample_content))


def test_a_build_cuts_for_the_encoder_that_it_is_given_and_anew_for_another_window(tmp_path):
    corpus = Corpus(tmp_path)
    corpus.write("items/short", "What are tides?", SENTENCE * 20)
    large = corpus.write("items/large", "Why are there tides?", SENTENCE * 900)
    assert large.stat().st_size > 1 << 16  # so large that another process reads it
    counts = {}
    for max_tokens in (40, 120):
        corpus.encoder = HashingEncoder(max_tokens=max_tokens)
        corpus.build()
        with corpus.store.current() as generation:
            sections = [each for row in generation.article_rows.tolist() for each in generation.sections(row)]
        tokens = corpus.encoder.passage_window().count([each.passage_text for each in sections])
        assert max_tokens / 3 < max(tokens) <= max_tokens
        counts[max_tokens] = len(tokens)
    assert counts[40] > 2 * counts[120]


def test_a_window_goes_to_another_process(real_encoder):
    window = real_encoder.passage_window()
    sent = pickle.loads(pickle.dumps(window))  # noqa: S301  # our own
    assert sent.max_tokens == window.max_tokens
    assert sent.count([SENTENCE, ""]) == window.count([SENTENCE, ""])
