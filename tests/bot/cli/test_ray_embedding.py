"""`quicktakes index embed --ray`: stopped half-way it goes on, and the vectors are those of one process."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from embeddings.factory import open_encoder
from embeddings.vector_cache import VectorCache
from retrieval.articles.limits import ReadingLimits
from retrieval.building.vectors.embedding_ahead import NextBuild
from retrieval.generations.store import GenerationStore
from retrieval.progress import ignore_progress

ROOT = Path(__file__).resolve().parents[3]
needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="needs the extra `ray`: pip install 'quicktakes-bot[ray]'"
)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot", "index", *arguments, "--content", str(ROOT / "content")]


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "QUICKTAKES_DATA_DIR": str(folder)}


def listeners() -> set[tuple[str, str]]:
    """Addresses and ports that somebody listens at, as the kernel writes them."""
    found = set()
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{name}").read_text(encoding="ascii").splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            if state == "0A":
                found.add(tuple(local.split(":")))
    return found


LOOPBACKS = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}


@needs_ray
@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads who listens from Linux's /proc")
def test_two_workers_stopped_half_way_go_on_and_give_the_same_vectors(tmp_path, encoder_cache):
    (tmp_path / "encoder").symlink_to(encoder_cache, target_is_directory=True)
    encoder = open_encoder(cache_dir=encoder_cache)
    before = listeners()
    ray = ["embed", "--ray", "--workers", "2"]
    with VectorCache(tmp_path / "vectors", encoder.fingerprint, encoder.dimension) as cache:
        first = subprocess.Popen(command(*ray), env=environment(tmp_path), cwd=tmp_path, start_new_session=True)
        try:
            deadline = time.monotonic() + 240
            while not len(cache) and first.poll() is None and time.monotonic() < deadline:
                time.sleep(0.02)
        finally:
            heard = {address for address, _ in listeners() - before}
            first.kill()
            first.wait()
        kept = len(cache)
        assert kept
        assert heard
        assert heard <= LOOPBACKS
        done = subprocess.run(
            command(*ray, "--json"),
            env=environment(tmp_path),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert f'"from_cache": {kept}' in done.stdout
        built = subprocess.run(
            command("build", "--json"),
            env=environment(tmp_path),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        assert '"embedded": 0' in built.stdout
        texts = sample_texts(encoder)
        vectors, missing = cache.get_many(texts)
        assert kept < len(cache)
        assert not missing.any()
        assert np.sum(vectors * encoder.encode_passages(texts), axis=1).min() > 0.9999


def sample_texts(encoder) -> list[str]:
    following = NextBuild(ROOT / "content", GenerationStore(Path("nowhere")), encoder, ReadingLimits(), 1)
    return [text for texts in following.texts(ignore_progress) for text in texts]
