"""Characters that stand for raised, lowered, accented and styled ones."""

# ruff: noqa: RUF001  mathematical characters are what this is about

from __future__ import annotations

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθφχ′″‴∘°*∗†",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᵠᵡ′″‴°°**†",
        strict=True,
    )
)
"""Character → its raised form."""

SUBSCRIPTS = dict(
    zip(
        "0123456789+-−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
"""Character → its lowered form."""

ACCENTS = {
    "^": "\u0302", "ˆ": "\u0302", "¯": "\u0304", "‾": "\u0305", "―": "\u0305", "_": "\u0332",
    "~": "\u0303", "˜": "\u0303", "→": "\u20d7", "⃗": "\u20d7", "←": "\u20d6", "↔": "\u20e1", "˙": "\u0307",
    "¨": "\u0308", "⃛": "\u20db", "˘": "\u0306", "ˇ": "\u030c", "´": "\u0301", "`": "\u0300", "˚": "\u030a",
}  # fmt: skip
"""Accent as MathML writes it above or below a letter → the combining character."""

LINES = {"\u0304": "\u0305", "\u0305": "\u0305", "\u0332": "\u0332"}
"""Accent that is a line → the combining character that, one on each letter, joins to a longer line."""

_STYLES = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE),
    "bold-italic": (0x1D468, 0x1D482, None),
    "script": (0x1D49C, 0x1D4B6, None),
    "double-struck": (0x1D538, 0x1D552, 0x1D7D8),
    "fraktur": (0x1D504, 0x1D51E, None),
}
_BOLD_GREEK = {"bold": (0x1D6A8, 0x1D6C2), "bold-italic": (0x1D71C, 0x1D736)}
_LETTERLIKE = {  # of these, Unicode had letters before it had the alphabets
    ("script", "B"): "ℬ", ("script", "E"): "ℰ", ("script", "F"): "ℱ", ("script", "H"): "ℋ", ("script", "I"): "ℐ",
    ("script", "L"): "ℒ", ("script", "M"): "ℳ", ("script", "R"): "ℛ", ("script", "e"): "ℯ", ("script", "g"): "ℊ",
    ("script", "o"): "ℴ", ("double-struck", "C"): "ℂ", ("double-struck", "H"): "ℍ", ("double-struck", "N"): "ℕ",
    ("double-struck", "P"): "ℙ", ("double-struck", "Q"): "ℚ", ("double-struck", "R"): "ℝ", ("double-struck", "Z"): "ℤ",
    ("fraktur", "C"): "ℭ", ("fraktur", "H"): "ℌ", ("fraktur", "I"): "ℑ", ("fraktur", "R"): "ℜ", ("fraktur", "Z"): "ℨ",
}  # fmt: skip


_SMALL = frozenset((*SUPERSCRIPTS.values(), *SUBSCRIPTS.values())) - set("*†")


def raised(text: str) -> str | None:
    """The text in raised characters, or nothing where one of them has no raised form."""
    return _mapped(text, SUPERSCRIPTS)


def lowered(text: str) -> str | None:
    """The text in lowered characters, or nothing where one of them has no lowered form."""
    return _mapped(text, SUBSCRIPTS)


def is_script(character: str) -> bool:
    """Whether the character is a raised or lowered one."""
    return character in _SMALL


def styled(text: str, variant: str) -> str:
    """The text in a mathematical alphabet; characters that are not in it stay."""
    return "".join(_styled(character, variant) for character in text)


def _mapped(text: str, table: dict[str, str]) -> str | None:
    compact = text.replace(" ", "")
    return "".join(table[character] for character in compact) if compact and set(compact) <= set(table) else None


def _styled(character: str, variant: str) -> str:
    if (variant, character) in _LETTERLIKE:
        return _LETTERLIKE[variant, character]
    upper, lower, digit = _STYLES.get(variant, (None, None, None))
    for first, last, start in (("A", "Z", upper), ("a", "z", lower), ("0", "9", digit)):
        if start is not None and first <= character <= last:
            return chr(start + ord(character) - ord(first))
    greek_upper, greek_lower = _BOLD_GREEK.get(variant, (None, None))
    for first, last, start in (("Α", "Ω", greek_upper), ("α", "ω", greek_lower)):
        if start is not None and first <= character <= last:
            return chr(start + ord(character) - ord(first))
    return character
