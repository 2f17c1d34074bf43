"""An office's own colour, made readable: its lightness moves until words in it stand out on the paper.

Hue and saturation stay as the office chose them, as far as a screen can show them; only the lightness moves, in OKLab
(Björn Ottosson, 2020), because there equal steps look equal. Contrast is that of WCAG 2.2. 7:1 is asked on paper and on
the wash of fields, by day and by night.

    >>> readable("#124559", LIGHT)
    '#124559'
    >>> contrast(readable("#ffd700", LIGHT), LIGHT[0]) >= 7
    True
"""

from __future__ import annotations

from math import atan2 as angle_of
from math import cbrt, cos, hypot, sin

LIGHT = ("#fdfcfa", "#f4f2ec")
DARK = ("#15181b", "#1e2226")
"""paper and wash, as in `assets/tokens.css`"""
ENOUGH = 7.0
LINE = 3.0
"""what a line needs to be seen (WCAG 2.2, 1.4.11)"""
DEFAULT = "#124559"
DEFAULT_DARK = "#8fc3d6"
STEP = 0.005
"""of OKLab lightness, which runs from 0 to 1"""

Triple = tuple[float, float, float]


def readable(colour: str, papers: tuple[str, ...], enough: float = ENOUGH) -> str:
    """The colour nearest in lightness that has `enough` contrast on every paper."""
    darker = luminance(papers[0]) > 0.5
    lightness, chroma, hue = _to_lch(_from_hex(colour))
    found = colour.lower()
    while any(contrast(found, paper) < enough for paper in papers):
        lightness += -STEP if darker else STEP
        if not 0 <= lightness <= 1:
            return "#000000" if darker else "#ffffff"
        found = _to_hex(_shown((lightness, chroma, hue)))
    return found


def washed(colour: str, paper: str, share: float = 0.09) -> str:
    """The paper with a little of the colour in it."""
    pairs = zip(_from_hex(colour), _from_hex(paper), strict=True)
    mixed = [part * share + ground * (1 - share) for part, ground in pairs]
    return _to_hex((mixed[0], mixed[1], mixed[2]))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(part) for part in _from_hex(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _shown(lch: Triple) -> Triple:
    """The colour with as much of its chroma as a screen can show at this lightness."""
    lightness, chroma, hue = lch
    while True:
        rgb = _from_lch((lightness, chroma, hue))
        if chroma <= 0 or all(-0.0005 <= part <= 1.0005 for part in rgb):
            return rgb
        chroma = max(0.0, chroma - 0.004)


def _to_lch(rgb: Triple) -> Triple:
    red, green, blue = (_linear(part) for part in rgb)
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, hypot(a, b), angle_of(b, a)


def _from_lch(lch: Triple) -> Triple:
    lightness, chroma, hue = lch
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return _encoded(red), _encoded(green), _encoded(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def _from_hex(colour: str) -> Triple:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _to_hex(rgb: Triple) -> str:
    return "#" + "".join(f"{round(min(max(part, 0.0), 1.0) * 255):02x}" for part in rgb)
