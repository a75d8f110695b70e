"""All benchmarks of a corpus, one after another; `make bench` runs this.

    python benchmarks --content content [--index var/index] [--questions judged.jsonl …] [--everything]

The index is brought up to date first. Then come embedding speed, serving, and builds; with judged questions of this
corpus also the ranking and the excerpts; with `--everything` also the life of the index, growth and the
comparison with others, which take long. Nothing else should run on the machine meanwhile. Figures are printed, and
written as JSON to the folder `--out`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from common import run_quicktakes, run_script, settings_for


def main() -> None:
    """Run everything that was asked for."""
    arguments = _arguments()
    settings = settings_for(arguments.index, arguments.data_dir)
    index, content, out = settings.index_dir, arguments.content, arguments.out or settings.data_dir / "benchmarks"
    _title("the index")
    seconds, report = run_quicktakes(["index", "build", "--content", content, "--index", index], settings.data_dir)
    print(f"{report}brought up to date in {seconds:.1f} s", flush=True)
    data: list[str | Path] = ["--data-dir", settings.data_dir]
    questions: list[str | Path] = ["--questions", *arguments.questions] if arguments.questions else []
    steps: list[tuple[str, str, list[str | Path]]] = [
        ("embedding speed", "embedding_speed.py", ["--content", content, "--cache", settings.encoder_cache_dir]),
        ("serving", "serving.py", ["--index", index, *questions, *data, "--json", out / "serving.json"]),
        (
            "builds",
            "rebuild.py",
            ["--content", content, "--index", index, "--full", *data, "--json", out / "rebuild.json"],
        ),
    ]
    if arguments.questions:
        judged: list[str | Path] = [index, *arguments.questions, *data]
        steps.append(("ranking", "ranking.py", [*judged, "--json", out / "ranking.json"]))
        steps.append(("excerpts", "excerpts.py", [*judged, "--json", out / "excerpts.json"]))
    if arguments.everything:
        life: list[str | Path] = ["--content", content, "--index", index, *questions, *data]
        steps.append(("the life of the index", "life.py", [*life, "--json", out / "life.json"]))
        plot: list[str | Path] = ["--plot", out / "growth.png", "--json", out / "growth.json"]
        steps.append(("growth", "growth.py", ["--content", content, *questions, *data, *plot]))
        rivals: list[str | Path] = ["--rivals-python", arguments.rivals_python] if arguments.rivals_python else []
        systems: list[str | Path] = [] if rivals else ["--systems", "ours", "plain"]
        results: list[str | Path] = ["--json", out / "rivals.json"]
        steps.append(
            ("beside others", "rivals.py", ["--content", content, *questions, *rivals, *systems, *data, *results])
        )
    for title, script, options in steps:
        _title(title)
        run_script(script, options, show=True)


def _title(text: str) -> None:
    print(f"\n== {text} ==\n", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--content", type=Path, required=True, help="folder of the articles")
    parser.add_argument("--index", type=Path, help="folder of the index; the settings' if left out")
    parser.add_argument(
        "--questions", type=Path, nargs="+", default=[], help="judged questions; the sample's if left out"
    )
    parser.add_argument("--everything", action="store_true", help="all that takes long, too")
    parser.add_argument("--rivals-python", type=Path, help="Python with txtai and LangChain, see rivals.py")
    parser.add_argument("--data-dir", type=Path, help="where converted models and vectors are kept")
    parser.add_argument("--out", type=Path, help="folder for the figures; benchmarks below the data folder if left out")
    return parser.parse_args()


if __name__ == "__main__":
    main()
