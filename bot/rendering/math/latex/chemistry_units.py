r"""Numbers with units: what stands in ``\pu{…}``, as plain LaTeX."""

from __future__ import annotations

import re

from bot.rendering.math.latex.checks import UnsupportedLatexError

_TOKEN = re.compile(
    r"""
    (?P<number>[+\-±]?[0-9]{1,20}(?:[.,][0-9]{1,20})?)(?:[eE](?P<power>[+\-]?[0-9]{1,9}))?
    | (?P<unit>[A-Za-zµμΩÅ°℃%]+)(?:\^?\{?(?P<exponent>[+\-]?[0-9]{1,9})\}?)?
    | (?P<command>\\(?:mu|Omega|circ|alpha|beta|gamma|Delta|lambda|pi)(?![A-Za-z])|\\%)\s?
    | \s*(?P<product>[*·⋅]|\.(?=[A-Za-z])|\\cdot(?![A-Za-z])|\\times(?![A-Za-z]))\s*
    | (?P<range>\+-) | (?P<plain>[()/\-]) | (?P<space>\s+)
    """,
    re.VERBOSE,
)


def units_latex(quantity: str) -> str:
    r"""LaTeX for the argument of ``\pu``.

    Raises:
        UnsupportedLatexError: It holds what is neither a number nor a unit.
    """
    above, slashes, below = quantity.strip().partition("//")
    if slashes:
        number = re.match(r"[+\-±]?[0-9.,eE+\-]*\s", above)
        lead = above[: number.end()] if number else ""
        return rf"{_line(lead)}\frac{{{_line(above[len(lead) :])}}}{{{_line(below)}}}"
    return _line(quantity)


def _line(quantity: str) -> str:
    parts = []
    place = 0
    while place < len(quantity):
        match = _TOKEN.match(quantity, place)
        if match is None:
            raise UnsupportedLatexError(f"holds {quantity[place]!r} in a unit")
        parts.append(_latex(match))
        place = match.end()
    return "".join(parts)


def _latex(match: re.Match[str]) -> str:
    if match["number"]:
        number = match["number"].replace(",", "{,}").replace("±", r"\pm ")
        return number + (rf"\times 10^{{{match['power']}}}" if match["power"] else "")
    if match["unit"]:
        unit = match["unit"].replace("%", r"\%")
        return rf"\text{{{unit}}}" + (f"^{{{match['exponent']}}}" if match["exponent"] else "")
    if match["command"]:
        return match["command"] + " "
    if match["product"]:
        return r"\times " if match["product"] == r"\times" else r"\cdot "
    return {"+-": r"\pm "}.get(match[0], match[0] if match["plain"] else r"\,")
