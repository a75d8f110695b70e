r"""Every doubtful ``\n`` of a corpus and how it was read, with counts: python benchmarks/line_breaks.py CONTENT_DIR.

Two cross-checks follow. Of the pairs that stayed inside math, each must be a command; and no line of decoded math may
begin with what a broken command would leave behind (``abla``, ``eq``, ``otin``). Lines that begin with ``u``, ``i`` or
``e`` are listed to be read, for there a variable looks like the rest of a command.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from retrieval.articles.discovery import discover_article_files
from retrieval.articles.line_breaks import N_COMMANDS, Context, Ruling, decode_line_breaks, rulings

_AROUND = 45
_REMAINDERS = re.compile(
    rf"^[ \t>]*(?P<rest>{'|'.join(sorted((name[1:] for name in N_COMMANDS), key=len, reverse=True))})(?![A-Za-z])",
    re.MULTILINE,
)
_MATH = re.compile(r"\$\$.+?\$\$|\\\[.+?\\\]|\\\(.+?\\\)|\$[^$\n]+\$", re.DOTALL)


class _Handler(YAMLHandler):
    def load(self, fm: str, **_: object) -> dict[str, object]:
        """Read with libyaml."""
        return dict(yaml.load(fm, Loader=yaml.CSafeLoader))


def raw_answer(path: Path) -> str:
    """The answer of a file before its line breaks are decoded."""
    return str(frontmatter.parse(path.read_text(encoding="utf-8"), handler=_Handler())[0]["answer"])


def shown(raw: str, ruling: Ruling) -> str:
    """The place with some text around it, on one line."""
    before = raw[max(0, ruling.start - _AROUND) : ruling.start]
    after = raw[ruling.start + 2 : ruling.start + 2 + _AROUND]
    return f"{before}⟦{raw[ruling.start : ruling.start + 2]}⟧{after}".replace("\n", "↵")


def main() -> None:
    """List the places, then the counts and the cross-checks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("content", type=Path, help="folder that holds the subjects' folders")
    parser.add_argument("--counts", action="store_true", help="leave out the places")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    commands: Counter[str] = Counter()
    breaks = 0
    remainders = []
    for path in discover_article_files(options.content):
        raw = raw_answer(path)
        for ruling in rulings(raw):
            kept = "kept as written" if ruling.kept else "line break"
            counts[f"{ruling.context.value:6} {kept:16} {ruling.reason}"] += 1
            if ruling.kept and ruling.context is not Context.CODE:
                commands[re.match(r"\\+n[A-Za-z]*", raw[ruling.start :])[0]] += 1  # type: ignore[index]
            if not options.counts:
                print(f"{path.name}: {ruling.context.value}, {kept} ({ruling.reason}): {shown(raw, ruling)}")
        decoded = decode_line_breaks(raw)
        breaks += raw.count("\\n") - decoded.count("\\n")
        remainders += [
            f"{path.name}: {match['rest']}: {formula[match.start() : match.start() + 60]!r}"
            for formula in _MATH.findall(decoded)
            for match in _REMAINDERS.finditer(formula)
        ]
    print(f"\nline breaks decoded: {breaks:,}; doubtful places: {counts.total():,}")
    print("\n".join(f"{count:7,}  {kind}" for kind, count in counts.most_common()))
    print("kept outside code:", ", ".join(f"{name} {count}" for name, count in commands.most_common()))
    unknown = [name for name in commands if name.lstrip("\\") not in N_COMMANDS]
    print(f"kept without being a command: {len(unknown)} {unknown}")
    broken = [line for line in remainders if line.split(": ")[1] not in {"u", "i", "e"}]
    print(f"lines of math that begin with the rest of a command: {len(broken)}", *broken, sep="\n  ")
    variables = [line for line in remainders if line not in broken]
    print(f"lines of math that begin with the variable u, i or e, to be read: {len(variables)}", *variables, sep="\n  ")


if __name__ == "__main__":
    main()
