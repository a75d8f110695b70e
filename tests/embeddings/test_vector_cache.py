import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.errors import VectorCacheError, VectorCacheWarning
from embeddings.vector_cache import VectorCache, stored_form, text_key
from tests.hashing_encoder import HashingEncoder

ENCODER = HashingEncoder(dimension=16)


def open_cache(folder, fingerprint="an encoder"):
    return VectorCache(folder, fingerprint, ENCODER.dimension)


def fill(cache, *texts):
    cache.put_many(texts, ENCODER.encode_passages(texts))


def assert_holds(cache, *texts):
    vectors, missing = cache.get_many(texts)
    assert not missing.any()
    np.testing.assert_array_equal(vectors, stored_form(ENCODER.encode_passages(texts)))


def test_a_text_gets_its_own_vector_back_and_an_unknown_one_is_missing(tmp_path):
    with open_cache(tmp_path) as cache:
        fill(cache, "cells divide", "prices rise")
        vectors, missing = cache.get_many(["prices rise", "never seen", "cells divide"])
    assert missing.tolist() == [False, True, False]
    assert not vectors[1].any()
    expected = ENCODER.encode_passages(["prices rise", "cells divide"])
    np.testing.assert_allclose(vectors[[0, 2]], expected, atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(vectors[[0, 2]], axis=1), 1, atol=1e-6)


def test_vectors_survive_closing(tmp_path):
    with open_cache(tmp_path) as cache:
        fill(cache, "one", "two")
    with open_cache(tmp_path) as cache:
        assert len(cache) == 2
        assert_holds(cache, "two", "one")


def test_another_encoder_or_dimension_shares_nothing(tmp_path):
    with open_cache(tmp_path) as cache:
        fill(cache, "one")
    with open_cache(tmp_path, "another encoder") as other:
        assert other.get_many(["one"])[1].tolist() == [True]
    with pytest.warns(VectorCacheWarning, match="moved to"), VectorCache(tmp_path, "an encoder", 8) as narrow:
        assert narrow.get_many(["one"])[1].tolist() == [True]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(codec=None, exclude_categories=[])), unique=True, max_size=30))
def test_any_text_is_a_key_lone_surrogates_and_nul_included(tmp_path_factory, texts):
    with open_cache(tmp_path_factory.mktemp("cache")) as cache:
        fill(cache, *texts)
        assert_holds(cache, *texts)
        assert len(cache) == len(texts)


def test_a_later_vector_replaces_an_earlier_one(tmp_path):
    with open_cache(tmp_path) as cache:
        cache.put_many(["text"], ENCODER.encode_passages(["old words"]))
        cache.put_many(["text"], ENCODER.encode_passages(["new ones"]))
        np.testing.assert_array_equal(cache.get_many(["text"])[0], stored_form(ENCODER.encode_passages(["new ones"])))


def test_vectors_that_do_not_fit_the_texts_are_refused(tmp_path):
    with open_cache(tmp_path) as cache, pytest.raises(ValueError, match="2 texts of dimension 16"):
        cache.put_many(["a", "b"], ENCODER.encode_passages(["a"]))


def test_an_unfinished_last_record_is_ignored_and_cut_off_by_the_next_write(tmp_path):
    with open_cache(tmp_path) as cache:
        fill(cache, "whole", "torn")
        size = cache.path.stat().st_size
    os.truncate(cache.path, size - 5)
    with open_cache(tmp_path) as cache:
        assert cache.get_many(["whole", "torn"])[1].tolist() == [False, True]
        fill(cache, "next", "torn")
        assert_holds(cache, "whole", "next", "torn")
        assert len(cache) == 3


@pytest.mark.parametrize("place", [3, 9, 17, 20, 30, 47, 49, 51])
def test_a_flipped_bit_in_a_record_costs_that_vector_only(place, tmp_path):
    with open_cache(tmp_path) as cache:
        fill(cache, "first", "second", "third")
        header = len(cache._header)
        record = cache._record.itemsize
    data = bytearray(cache.path.read_bytes())
    data[header + record + place] ^= 0x10
    cache.path.write_bytes(data)
    with open_cache(tmp_path) as cache:
        assert_holds(cache, "first", "third")
        if place < 16:  # the key itself: nothing is found under it any more
            assert cache.get_many(["second"])[1].tolist() == [True]
        else:
            with pytest.warns(VectorCacheWarning, match="1 vectors are damaged"):
                assert cache.get_many(["second"])[1].tolist() == [True]
        fill(cache, "second")
        assert_holds(cache, "second")


@pytest.mark.parametrize("content", [b"x", b"not a cache at all" * 50, b"QTVEC\x00\x00\x01"])
def test_a_damaged_file_is_moved_aside_with_a_warning(content, tmp_path):
    with open_cache(tmp_path) as cache:
        fill(cache, "one")
    cache.path.write_bytes(content)
    with pytest.warns(VectorCacheWarning, match=r"moved to vectors-\w+\.damaged-1"):
        cache = open_cache(tmp_path)
    with cache:
        assert cache.get_many(["one"])[1].tolist() == [True]
        fill(cache, "one")
        assert_holds(cache, "one")
    assert cache.path.with_suffix(".damaged-1").read_bytes() == content


def test_an_empty_file_is_a_new_cache(tmp_path):
    with open_cache(tmp_path) as cache:
        pass
    cache.path.write_bytes(b"")
    with open_cache(tmp_path) as cache:
        fill(cache, "one")
    with open_cache(tmp_path) as cache:
        assert_holds(cache, "one")


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path):
    (tmp_path / "occupied").write_text("")
    with pytest.raises(VectorCacheError, match=r"vector cache cannot be opened .*occupied"):
        open_cache(tmp_path / "occupied")


def test_a_full_disk_is_a_clear_error_and_keeps_what_was_there(tmp_path):
    with open_cache(tmp_path) as cache:
        fill(cache, "one")
        os.close(cache._file)
        cache._file = os.open(cache.path, os.O_RDONLY)  # writing fails from here on
        with pytest.raises(VectorCacheError, match="vectors cannot be written"):
            fill(cache, "two")
        assert_holds(cache, "one")


def test_two_caches_on_one_file_see_each_others_vectors(tmp_path):
    with open_cache(tmp_path) as one, open_cache(tmp_path) as two:
        fill(one, "from one")
        fill(two, "from two")
        assert_holds(one, "from two", "from one")
        assert_holds(two, "from one", "from two")


def test_prune_keeps_what_it_is_told_and_shrinks_the_file(tmp_path):
    with open_cache(tmp_path) as cache, open_cache(tmp_path) as other:
        fill(cache, "kept", "dropped", "also kept")
        before = cache.path.stat().st_size
        assert cache.prune({text_key("kept"), text_key("also kept"), text_key("unknown")}) == 1
        assert cache.path.stat().st_size < before
        assert cache.get_many(["kept", "dropped", "also kept"])[1].tolist() == [False, True, False]
        fill(other, "written by one that had the old file open")
        assert_holds(cache, "kept", "also kept", "written by one that had the old file open")
        assert_holds(other, "kept", "also kept")
    assert not cache.path.with_suffix(".new").exists()


def test_threads_may_read_and_write_at_once(tmp_path):
    with open_cache(tmp_path) as cache:
        failures = []

        def work(number):
            try:
                for step in range(20):
                    fill(cache, f"thread {number} step {step}")
                    assert_holds(cache, *(f"thread {number} step {past}" for past in range(step + 1)))
            except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
                failures.append(error)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        assert len(cache) == 80


WRITER = """
import sys
from pathlib import Path
from embeddings.vector_cache import VectorCache
from tests.hashing_encoder import HashingEncoder
encoder = HashingEncoder(dimension=16)
cache = VectorCache(Path(sys.argv[1]), "an encoder", 16)
for batch in range(100_000):
    texts = [f"{sys.argv[2]} {batch} {place}" for place in range(7)]
    cache.put_many(texts, encoder.encode_passages(texts))
    print(batch, flush=True)
"""


def test_writers_killed_at_any_moment_lose_nothing_that_was_written(tmp_path):
    """Two processes write at once and are killed; whatever they reported as written must be there and be right."""
    for round_number in range(3):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, str(tmp_path), f"writer {round_number}.{number}"],
                stdout=subprocess.PIPE,
                text=True,
                cwd=Path(__file__).parents[2],
            )
            for number in range(2)
        ]
        try:
            for writer in writers:
                assert writer.stdout.readline() == "0\n"
            time.sleep(0.07 * round_number)
        finally:
            for writer in writers:
                writer.send_signal(signal.SIGKILL)
        for number, writer in enumerate(writers):
            reported, _ = writer.communicate(timeout=60)
            done = [0, *(int(line) for line in reported.splitlines(keepends=True) if line.endswith("\n"))]
            with open_cache(tmp_path) as cache:
                name = f"writer {round_number}.{number}"
                assert_holds(cache, *(f"{name} {batch} {place}" for batch in done for place in range(7)))
