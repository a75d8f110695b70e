"""Builds of the index: nothing changed, ten articles changed, and from nothing, split into embedding and the rest.

    python benchmarks/rebuild.py --content content [--index var/index] [--rounds 5] [--full | --full --embed]

Everything happens on copies in a temporary folder; content, index and vectors given are only read. Without `--index`
the copy is built first. Rebuilds are runs of `quicktakes index build`, start of Python included. A changed article has
a word put into nearly every sentence, other words each round, so that nearly all its sections must be embedded anew.
Copies have new times, so every file is read where nothing changed: the worst case of that.

`--full` also measures a build from nothing. With known vectors it takes them from the cache, and the share of the rest
is worked out with the speed at which a sample is embedded in the same run; with `--embed` everything is really
embedded.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import frontmatter
from common import (
    add_common_options,
    describe_machine,
    folder_megabytes,
    machine,
    print_table,
    run_quicktakes,
    settings_for,
    write_json,
)

from bot.bootstrap import make_encoder, make_store, open_index_operations
from embeddings.cached import iter_encode
from retrieval.building.report import BuildStage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.settings import Settings

_CHANGED = 10
_SAMPLE = 1_000
_SEED = 7


def main() -> None:
    """Measure, print, write."""
    arguments = _arguments()
    facts = machine()
    print(describe_machine(facts), flush=True)
    with tempfile.TemporaryDirectory(dir=arguments.temporary) as folder:
        workplace = Path(folder)
        settings = copies_of(arguments.content, arguments.index, arguments.data_dir, workplace)
        figures: dict[str, Any] = {"machine": facts}
        if arguments.full:
            figures["full"] = full_build(settings, workplace, embed=arguments.embed)
        if not arguments.index:
            _quicktakes_build(settings)
        figures |= rebuilds(settings, arguments.rounds)
        figures["index_mib"] = folder_megabytes(_current_folder(settings))
    show(figures)
    write_json(arguments.json, figures)


def copies_of(content: Path, index: Path | None, data_dir: Path | None, workplace: Path) -> Settings:
    """Settings that lead to copies of content, index and vectors; the converted model is only linked.

    Args:
        content: Folder of the articles.
        index: Folder of their index, if there is one.
        data_dir: Where converted models and vectors are kept; by default as the settings say.
        workplace: An empty folder.

    Raises:
        SystemExit: The folder of the index holds none.
    """
    given = settings_for(index or workplace / "index", data_dir, content)
    copies = settings_for(workplace / "index", workplace / "data", workplace / "content")
    copy_content(content, workplace / "content")
    copies.data_dir.mkdir()
    given.encoder_cache_dir.mkdir(parents=True, exist_ok=True)
    copies.encoder_cache_dir.symlink_to(given.encoder_cache_dir.absolute(), target_is_directory=True)
    if given.vector_cache_path.is_dir():
        shutil.copytree(given.vector_cache_path, copies.vector_cache_path)
    if index:
        current = make_store(given).current_id()
        if current is None:
            sys.exit(f"there is no index in {index}; leave --index out to build one")
        shutil.copytree(given.index_dir / current, copies.index_dir / current)
        shutil.copy2(given.index_dir / "current", copies.index_dir)
    return copies


def copy_content(source: Path, target: Path, files: Sequence[Path] | None = None) -> None:
    """The same tree of articles, or some files of it, as hard links where the file system allows; times are kept."""
    for path in sorted(source.rglob("*.md")) if files is None else files:
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, copy)
        except OSError:  # another file system
            shutil.copy2(path, copy)


def full_build(settings: Settings, workplace: Path, *, embed: bool) -> dict[str, Any]:
    """Build from nothing in this process, and tell what each step took."""
    group = settings.index.model_copy(update={"dir": workplace / "full"})
    changes: dict[str, Any] = {"index": group}
    if embed:
        changes["data_dir"] = workplace / "fresh"
        (workplace / "fresh").mkdir()
        (workplace / "fresh" / settings.encoder_cache_dir.name).symlink_to(settings.encoder_cache_dir)
    here = settings.model_copy(update=changes)
    report = open_index_operations(here).rebuild("benchmark", full=True, confirmed=True, on_progress=_tell).report
    seconds = {stage.value: report.seconds.get(stage, 0.0) for stage in BuildStage}
    rest = sum(seconds.values()) - report.embedding_seconds
    figures = {
        "articles": report.articles,
        "sections": report.sections,
        "embedded": report.embedded,
        "from_cache": report.from_cache,
        "steps_s": seconds,
        "rest_s": rest,
    }
    embedding = report.embedding_seconds
    if report.from_cache:
        figures["texts_per_second"] = rate = _embedding_rate(here)
        embedding += report.from_cache / rate
    shutil.rmtree(workplace / "full")
    return {**figures, "embedding_s": embedding, "rest_share": rest / (rest + embedding)}


def _embedding_rate(settings: Settings) -> float:
    """Texts a second, on sections chosen by a fixed seed from the current generation."""
    encoder = make_encoder(settings)
    with make_store(settings).current(encoder) as generation:
        rows = generation.article_rows.tolist()
        random.Random(_SEED).shuffle(rows)  # noqa: S311  # a sample, not a secret
        texts: list[str] = []
        while rows and len(texts) < _SAMPLE:
            texts += [section.passage_text for section in generation.sections(rows.pop())]
    started = time.perf_counter()
    for _ in iter_encode(encoder, texts):
        pass
    return len(texts) / (time.perf_counter() - started)


def rebuilds(settings: Settings, rounds: int) -> dict[str, Any]:
    """Seconds of `quicktakes index build` where nothing, and where ten articles changed."""
    _quicktakes_build(settings)  # an index of another version is made anew
    same = [_quicktakes_build(settings, expect_new=False) for _ in range(rounds)]
    changed = []
    for number in range(rounds):
        _change_articles(settings, number)
        changed.append(_quicktakes_build(settings, expect_new=True))
    return {
        "unchanged_s": statistics.median(same),
        "unchanged_all_s": same,
        "changed_s": statistics.median(changed),
        "changed_all_s": changed,
    }


def _quicktakes_build(settings: Settings, *, expect_new: bool | None = None) -> float:
    """One build as a user runs it.

    Raises:
        SystemExit: Something else happened than what is measured.
    """
    before = make_store(settings).current_id()
    content, index = settings.index.content_dir, settings.index_dir
    command: list[str | Path] = ["index", "build", "--content", content or "", "--index", index]
    seconds, output = run_quicktakes(command, settings.data_dir)
    is_new = make_store(settings).current_id() != before
    if expect_new is not None and is_new is not expect_new:
        sys.exit(f"a {'new' if is_new else 'missing new'} generation was not expected:\n{output}")
    return seconds


def _change_articles(settings: Settings, number: int) -> None:
    """Change ten articles, other ones each round. Files are replaced: a hard link's other end stays as it was."""
    files = sorted((settings.index.content_dir or Path()).rglob("*.md"))
    for path in random.Random(_SEED + number).sample(files, min(_CHANGED, len(files))):  # noqa: S311  # as above
        post = frontmatter.load(str(path))
        post["answer"] = str(post["answer"]).replace(" the ", f" the {number}-th ").replace(" a ", f" a {number}-th ")
        path.unlink()
        path.write_text(frontmatter.dumps(post), encoding="utf-8")


def _current_folder(settings: Settings) -> Path:
    return settings.index_dir / (make_store(settings).current_id() or "")


def _tell(stage: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{stage} {done:,} of {total:,}  ", end="", file=sys.stderr, flush=True)


def show(figures: dict[str, Any]) -> None:
    """Print the figures as tables."""
    print(f"\nindex of {figures['index_mib']:,.0f} MiB; process start included")
    print_table(
        [
            ("build", "median s", "longest s", "bar s"),
            ("nothing changed", figures["unchanged_s"], max(figures["unchanged_all_s"]), 5),
            ("10 articles changed", figures["changed_s"], max(figures["changed_all_s"]), 12),
        ]
    )
    if "full" not in figures:
        return
    full = figures["full"]
    print(
        f"\nfrom nothing: {full['articles']:,} articles, {full['sections']:,} sections; {full['embedded']:,} embedded"
    )
    rows = [(step, seconds) for step, seconds in full["steps_s"].items()]
    print_table([("step", "s"), *rows])
    how = "measured" if not full["from_cache"] else f"worked out at {full['texts_per_second']:.0f} texts/s"
    print(
        f"embedding {full['embedding_s']:,.0f} s ({how}), the rest {full['rest_s']:,.1f} s: "
        f"{full['rest_share']:.1%} of the build (bar: under 20 %)"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--content", type=Path, required=True, help="folder of the articles")
    parser.add_argument("--index", type=Path, help="an index of these articles; built anew if left out")
    parser.add_argument("--rounds", type=int, default=5, help="how often each rebuild is measured")
    parser.add_argument("--full", action="store_true", help="also build from nothing")
    parser.add_argument("--embed", action="store_true", help="with --full: embed everything, however long it takes")
    parser.add_argument("--temporary", type=Path, help="folder for the copies; the same file system saves time")
    add_common_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
