"""List the licence of every package that the program runs with. Run by `make licences`.

Exits with 1 where a package states none, or one that would bind a program that uses it.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
UNKNOWN = "not stated"
# The GNU licences that bind what is combined with them; the lesser one and exceptions for compilers do not.
BINDING = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public", re.IGNORECASE)
_LONGEST = 60
_MIT = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"


def main() -> int:
    """Print a line a package."""
    names = re.findall(r"^([\w.\-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    found = {name: licence_of(metadata.distribution(name)) for name in names}
    for name in names:
        print(f"{name:<28} {metadata.version(name):<14} {found[name]}")
    refused = [name for name, licence in found.items() if licence == UNKNOWN or BINDING.search(licence)]
    if refused:
        print(f"look at these before they are shipped: {', '.join(refused)}", file=sys.stderr)
    return 1 if refused else 0


def licence_of(package: metadata.Distribution) -> str:
    """What a package states: its expression, its classifiers, the short text of its field, or the words of MIT."""
    told = package.metadata
    if told["License-Expression"]:
        return str(told["License-Expression"])
    classifiers = [each for each in told.get_all("Classifier") or () if each.startswith("License :: OSI Approved ::")]
    if classifiers:
        return ", ".join(each.rpartition(" :: ")[2] for each in classifiers)
    stated = (told["License"] or "").strip().partition("\n")[0]
    if 0 < len(stated) <= _LONGEST:
        return stated
    texts = [package.read_text(f"licenses/{name}") or "" for name in told.get_all("License-File") or ()]
    return "MIT (by its text)" if any(_MIT in " ".join(text.split()) for text in texts) else UNKNOWN


if __name__ == "__main__":
    sys.exit(main())
