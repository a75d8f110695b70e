"""Chemical formulas in the mhchem notation: each documented kind is shown as it is meant, or as its source."""

import pytest

from bot.rendering.math.images import draw_formula
from bot.rendering.math.tree import FormulaError
from bot.rendering.math.unicode import unicode_math

SHOWN = [
    ("H2O", "H₂O"),
    ("H_2O", "H₂O"),
    ("Sb2O3", "Sb₂O₃"),
    ("C6H12O6", "C₆H₁₂O₆"),
    ("Al2(SO4)3", "Al₂(SO₄)₃"),
    ("(NH4)2S", "(NH₄)₂S"),
    (r"[\{(X2)3\}2]^3+", "[{(X₂)₃}₂]³⁺"),
    # charges
    ("H+", "H⁺"),
    ("Na+", "Na⁺"),
    ("Cl-", "Cl⁻"),
    ("NH4+", "NH₄⁺"),
    ("e-", "e⁻"),
    ("Ca^2+", "Ca²⁺"),
    ("SO4^2-", "SO₄²⁻"),
    ("CrO4^2-", "CrO₄²⁻"),
    ("SO4^{2-}", "SO₄²⁻"),
    ("[AgCl2]-", "[AgCl₂]⁻"),
    ("[Fe(CN)6]^{3-}", "[Fe(CN)₆]³⁻"),
    ("Y^99+", "Y⁹⁹⁺"),
    ("Y^{99+}", "Y⁹⁹⁺"),
    ("Fe^n+", "Feⁿ⁺"),
    # isotopes
    ("^{227}_{90}Th+", "²²⁷₉₀Th⁺"),
    ("^227_90Th+", "²²⁷₉₀Th⁺"),
    ("^{0}_{-1}n^{-}", "⁰₋₁n⁻"),
    ("^0_-1n-", "⁰₋₁n⁻"),
    ("^{14}_{6}C", "¹⁴₆C"),
    ("H{}^3HO", "H³HO"),
    ("H^3HO", "H³HO"),
    ("U-235", "U−235"),
    # numbers of molecules
    ("2 H2O", "2 H₂O"),
    ("2H2O", "2H₂O"),
    ("0.5 H2O", "0.5 H₂O"),
    ("1/2 H2O", "1/2 H₂O"),
    ("(1/2) H2O", "(1/2) H₂O"),
    ("$n$ H2O", "n H₂O"),
    ("x NH3", "x NH₃"),
    ("NO_x", "NOₓ"),
    ("C_nH_{2n+2}", "CₙH₂ₙ₊₂"),
    # states of aggregation
    ("CO2(g)", "CO₂(g)"),
    ("H2(aq)", "H₂(aq)"),
    ("HCl (aq)", "HCl (aq)"),
    ("H2O_{(l)}", "H₂O₍ₗ₎"),
    ("CO3^2-_{(aq)}", "CO₃²⁻_(aq)"),
    (r"NaOH(aq,$\infty$)", "NaOH(aq, ∞)"),
    ("ZnS($c$)", "ZnS(c)"),
    (r"ZnS(\ca$c$)", "ZnS(~c)"),
    # arrows
    ("A -> B", "A → B"),
    ("A <- B", "A ← B"),
    ("A<-B", "A ← B"),
    ("A <-> B", "A ↔ B"),
    ("A <--> B", "A ⇄ B"),
    ("A <=> B", "A ⇌ B"),
    ("A <=>> B", "A ⥂ B"),
    ("A <<=> B", "A ⥄ B"),
    ("Zn + Cu^{2+} → Zn^{2+} + Cu", "Zn + Cu²⁺ → Zn²⁺ + Cu"),
    ("A ->[heat] B", "A →[heat] B"),
    (r"A ->[\text{heat}] B", "A →[heat] B"),
    (r"A ->[\Delta] B", "A →[Δ] B"),
    ("A ->[H2O] B", "A →[H₂O] B"),
    ("A ->[heat][Pt] B", "A →[heat; Pt] B"),
    ("A ->[{text above}][{text below}] B", "A →[text above; text below] B"),
    ("A ->[$x$][$x_i$] B", "A →[x; xᵢ] B"),
    ("A <=>[k1] B", "A ⇌[k₁] B"),
    ("Hg^2+ ->[I-] HgI2 ->[I-] [Hg^{II}I4]^2-", "Hg²⁺ →[I⁻] HgI₂ →[I⁻] [HgᴵᴵI₄]²⁻"),
    ("Zn^2+ <=>[+ 2OH-][+ 2H+] Zn(OH)2 v", "Zn²⁺ ⇌[+2OH⁻][+2H⁺] Zn(OH)₂ ↓"),
    # gas and precipitate
    ("CaCO3 -> CaO + CO2 ^", "CaCO₃ → CaO + CO₂ ↑"),
    ("SO4^2- + Ba^2+ -> BaSO4 v", "SO₄²⁻ + Ba²⁺ → BaSO₄ ↓"),
    ("A v B (v) -> B ^ B (^)", "A ↓ B (↓) → B ↑ B (↑)"),
    # signs between the parts
    ("CO2 + C -> 2 CO", "CO₂ + C → 2 CO"),
    ("2H2 + O2 -> 2H2O", "2H₂ + O₂ → 2H₂O"),
    ("N2 + 3H2 <=> 2NH3", "N₂ + 3H₂ ⇌ 2NH₃"),
    ("A - B", "A − B"),
    ("A = B", "A = B"),
    (r"A \pm B", "A ± B"),
    ("A, B, C; F", "A, B, C; F"),
    # bonds
    ("C6H5-CHO", "C₆H₅−CHO"),
    ("A-B=C#D", "A−B=C≡D"),
    (r"A\bond{-}B\bond{=}C\bond{#}D", "A−B=C≡D"),
    (r"A\bond{1}B\bond{2}C\bond{3}D", "A−B=C≡D"),
    (r"A\bond{->}B\bond{<-}C", "A→B←C"),
    ("H2C=CH2", "H₂C=CH₂"),
    (r"\mu-Cl", "μ−Cl"),
    (r"[Pt(\eta^2-C2H4)Cl3]-", "[Pt(η²−C₂H₄)Cl₃]⁻"),
    ("1s^2-N", "1s²−N"),
    # added molecules
    ("CuSO4.5H2O", "CuSO₄·5H₂O"),
    ("CuSO4*5H2O", "CuSO₄·5H₂O"),
    (r"CuSO4 \cdot 5H2O", "CuSO₄·5H₂O"),
    ("Fe2O3.nH2O", "Fe₂O₃·nH₂O"),
    ("CuSO4.x H2O", "CuSO₄·x H₂O"),
    ("Fe2O3.$n$H2O", "Fe₂O₃·nH₂O"),
    ("CaSO4.½H2O", "CaSO₄·½H₂O"),
    ("KCr(SO4)2*12H2O", "KCr(SO₄)₂·12H₂O"),
    ("KCr(SO4)2.12H2O", "KCr(SO₄)₂·12H₂O"),
    ("KCr(SO4)2 * 12 H2O", "KCr(SO₄)₂·12 H₂O"),
    # oxidation numbers, radicals, defects
    ("Fe^{II}Fe^{III}2O4", "FeᴵᴵFe₂ᴵᴵᴵO₄"),
    ("Fe(II)", "Fe(II)"),
    ("OCO^{.-}", "OCO^(•−)"),
    ("NO^{(2.)-}", "NO^((2•)−)"),
    ("NO^*", "NO*"),
    ("O''_{i,x}", "O_(i,x)′′"),
    ("M^{..}_i", "Mᵢ^(••)"),
    ("$V$^{4'}_{Ti}", "V_(Ti)⁴′"),
    ("V_{V,1}C_{C,0.8}$V$_{C,0.2}", "V_(V,1)C_(C,0.8)V_(C,0.2)"),
    # text, formulas and Greek letters in it
    ("{Gluconic Acid} + H2O2", "Gluconic Acid + H₂O₂"),
    ("X_{{red}}", "X_(red)"),
    ("{(+)}_589{-}[Co(en)3]Cl3", "(+)₅₈₉-[Co(en)₃]Cl₃"),
    ("$cis${-}[PtCl2(NH3)2]", "cis-[PtCl₂(NH₃)₂]"),
    (r"Fe(CN)_{$\frac{6}{2}$}", "Fe(CN)_(6/2)"),
    ("X_{$i$}^{$x$}", "Xᵢˣ"),
    ("X_$i$^$x$", "Xᵢˣ"),
    (r"^40_18Ar + \gamma{} + \nu_e", "⁴⁰₁₈Ar + γ + νₑ"),
    (r"CH4 + 2 $\left( \ce{O2 + 79/21 N2} \right)$", "CH₄ + 2 (O₂ + 79/21 N₂)"),
    (r"$K = \frac{[\ce{Hg^2+}][\ce{Hg}]}{[\ce{Hg2^2+}]}$", "K = [Hg²⁺][Hg]/[Hg₂²⁺]"),
    (r"$K = \ce{\frac{[Hg^2+][Hg]}{[Hg2^2+]}}$", "K = [Hg²⁺][Hg]/[Hg₂²⁺]"),
    ("sp^3", "sp³"),
    ("n-Pr", "n−Pr"),
    ("iPr", "iPr"),
]


@pytest.mark.parametrize(("formula", "shown"), SHOWN)
def test_chemical_formulas(formula, shown):
    assert unicode_math(rf"\ce{{{formula}}}") == shown


def test_all_of_them_are_drawn():
    refused = []
    for formula, _ in SHOWN:
        try:
            assert draw_formula(rf"\ce{{{formula}}}")
        except FormulaError as error:
            refused.append(str(error))
    assert refused == []


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        (r"A\bond{~}B", "bond"),
        (r"A\bond{~--}B\bond{~=}C\bond{-~-}D", "bond"),
        ("Fe0.95O", "two ways"),
        ("A ->[heat B", "open"),
        ("A & B", "&"),
        (r"\foo{A}", r"\foo"),
        ("H2O_", "nothing"),
        (r"\ce{" * 20 + "A" + "}" * 20, "nested"),
    ],
)
def test_what_cannot_be_shown_truly_is_refused(formula, problem):
    with pytest.raises(FormulaError, match=r".*") as caught:
        draw_formula(rf"\ce{{{formula}}}")
    assert problem in caught.value.problem


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        ("123 kJ", "123 kJ"),
        ("123 kJ/mol", "123 kJ/mol"),
        ("123 kJ//mol", "123 kJ/mol"),
        ("123 kJ mol-1", "123 kJ mol⁻¹"),
        ("123 kJ*mol^{-1}", "123 kJ · mol⁻¹"),
        ("1.2e3 kJ", "1.2 × 10³ kJ"),
        ("1.2E-3 kJ", "1.2 × 10⁻³ kJ"),
        ("1,2e3 kJ", "1,2 × 10³ kJ"),
        ("-273.15 °C", "−273.15 °C"),
        (r"5 \mu m", "5 μm"),
        ("9.81 m//s2", "9.81 m/s²"),
        ("10 %", "10 %"),
    ],
)
def test_quantities_with_their_units(quantity, shown):
    source = rf"\pu{{{quantity}}}"
    assert unicode_math(source) == shown
    assert draw_formula(source)


def test_a_quantity_that_is_none_is_refused():
    with pytest.raises(FormulaError, match="unit"):
        unicode_math(r"\pu{5 {kg}}")


def test_chemistry_stands_between_other_math():
    assert unicode_math(r"2\,\ce{NaOH} \to [\ce{OH-}] = 0.1") == "2 NaOH → [OH⁻] = 0.1"
