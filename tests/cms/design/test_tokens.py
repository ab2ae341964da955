"""Every mode keeps the contrast that the tokens promise (WCAG 2.2 AA)."""

import re

import pytest
from django.conf import settings

TOKENS = settings.BASE_DIR / "site" / "static" / "tokens.css"
PAPERS = ("paper", "paper-raised", "paper-sunken")
TINTED = ("brand", "accent", "ok", "warn", "stop")

TEXT_PAIRS = (
    [(text, paper) for text in ("ink", "ink-soft", "seal", *TINTED) for paper in PAPERS]
    + [(text, f"{name}-tint") for name in TINTED for text in (name, "ink", "ink-soft")]
    + [("on-brand", "brand-fill"), ("on-brand", "brand-fill-strong")]
)
CONTROL_PAIRS = [(edge, paper) for edge in ("line-strong", "focus") for paper in PAPERS]


def colours_by_mode() -> dict[str, dict[str, str]]:
    """Colour tokens of each mode, the standard ones filled in where a mode is silent."""
    text = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.S)
    found: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r"(:root[^{]*)\{([^}]*)\}", text):
        named = re.search(r'data-mode="(\w+)"', selector)
        mode = {None: "standard", "standard": "dark"}.get(named and named[1], named and named[1])
        found.setdefault(mode, {}).update(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", body))
    return {mode: found["standard"] | own for mode, own in found.items()}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_there_are_four_modes_and_dark():
    assert set(colours_by_mode()) == {"standard", "large", "eyecare", "contrast", "dark"}


@pytest.mark.parametrize("mode", ["standard", "large", "eyecare", "contrast", "dark"])
def test_text_has_4_5_to_1_and_controls_3_to_1(mode):
    colours = colours_by_mode()[mode]
    too_faint = [
        (front, back, round(contrast(colours[front], colours[back]), 2))
        for pairs, least in ((TEXT_PAIRS, 4.5), (CONTROL_PAIRS, 3))
        for front, back in pairs
        if contrast(colours[front], colours[back]) < least
    ]
    assert not too_faint


def test_high_contrast_has_7_to_1():
    colours = colours_by_mode()["contrast"]
    assert min(contrast(colours[front], colours[back]) for front, back in TEXT_PAIRS) >= 7
