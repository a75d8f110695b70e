"""Write the table of docs/configuration.md anew from the definitions of the settings. Run by `make docs`."""

from __future__ import annotations

import re
from pathlib import Path

from bot.cli.views.settings_view import settings_table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "configuration.md"
TABLE = re.compile(r"^\| setting \|.*\n(?:\|.*\n)*", re.MULTILINE)


def main() -> None:
    """Replace the table."""
    table = "".join(f"{line}\n" for line in settings_table())
    text = PAGE.read_text(encoding="utf-8")
    if not TABLE.search(text):
        raise SystemExit(f"{PAGE} has no table that begins with | setting |")
    PAGE.write_text(TABLE.sub(lambda _: table, text, count=1), encoding="utf-8")
    print(f"{PAGE}: {table.count('QUICKTAKES_')} settings")


if __name__ == "__main__":
    main()
