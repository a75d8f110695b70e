import pytest

from bot.rendering.math_unicode import unicode_math


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("H2O", "H₂O"),
        ("H_2O", "H₂O"),
        ("C6H12O6", "C₆H₁₂O₆"),
        ("Al2(SO4)3", "Al₂(SO₄)₃"),
        ("Na+", "Na⁺"),
        ("Cl-", "Cl⁻"),
        ("Ca^2+", "Ca²⁺"),
        ("SO4^2-", "SO₄²⁻"),
        ("SO4^{2-}", "SO₄²⁻"),
        ("[Fe(CN)6]^{3-}", "[Fe(CN)₆]³⁻"),
        ("^{14}_{6}C", "¹⁴₆C"),
        ("sp^3", "sp³"),
        ("CO2(g)", "CO₂(g)"),
        ("HCl (aq)", "HCl (aq)"),
        ("2H2 + O2 -> 2H2O", "2H₂ + O₂ → 2H₂O"),
        ("N2 + 3H2 <=> 2NH3", "N₂ + 3H₂ ⇌ 2NH₃"),
        ("A<-B", "A ← B"),
        ("A ->[heat] B", "A →[heat] B"),
        ("A ->[heat][Pt] B", "A →[heat; Pt] B"),
        ("A <=>[k1] B", "A ⇌[k₁] B"),
        ("Zn + Cu^{2+} → Zn^{2+} + Cu", "Zn + Cu²⁺ → Zn²⁺ + Cu"),
    ],
)
def test_chemical_formulas(formula, shown):
    assert unicode_math(rf"\ce{{{formula}}}") == shown


def test_chemistry_stands_between_other_math():
    assert unicode_math(r"2\,\ce{NaOH} \to [\ce{OH-}] = 0.1") == "2 NaOH → [OH⁻] = 0.1"
