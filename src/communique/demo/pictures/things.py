"""What stands in more than one picture: a lighthouse, a house, the ferry."""

from __future__ import annotations

from communique.demo.pictures.carving import BLACK, BRICK, DEEP, HONEY, NIGHT, OCHRE, SAGE, WHITE, Block


def lighthouse(b: Block, x: float, base: float, h: float, w: float, bands: int = 5, lit: str = HONEY) -> None:
    """A banded tower with gallery, lantern and cap; x is its middle, base its foot."""
    top_w = w * 0.62

    def half(t: float) -> float:
        return (w + (top_w - w) * t) / 2

    for n in range(bands):
        t0, t1 = n / bands, (n + 1) / bands
        y0, y1 = base - h * t0, base - h * t1
        ink = BRICK if n % 2 else WHITE
        b.flat([(x - half(t0), y0), (x + half(t0), y0), (x + half(t1), y1), (x - half(t1), y1)], ink, 0.9)
    for n in range(bands * 3):
        t = n / (bands * 3)
        b.gouge(x + half(t) * 0.55, base - h * t - 6, half(t) * 0.7, 1.1, SAGE if (n // 3) % 2 == 0 else BLACK)
    top = base - h
    b.box(x - top_w * 0.72, top - h * 0.035, top_w * 1.44, h * 0.035, BLACK, 0.5)
    b.box(x - top_w * 0.34, top - h * 0.16, top_w * 0.68, h * 0.125, lit, 0.5)
    for n in range(4):
        b.box(x - top_w * 0.34 + n * top_w * 0.68 / 3 - 1.5, top - h * 0.16, 3, h * 0.125, BLACK, 0.2)
    b.flat([(x - top_w * 0.46, top - h * 0.16), (x, top - h * 0.245), (x + top_w * 0.46, top - h * 0.16)], DEEP, 0.6)
    b.box(x - 1.6, top - h * 0.29, 3.2, h * 0.06, BLACK, 0.2)


def house(b: Block, x: float, base: float, w: float, h: float, wall: str, roof: str, lit: str, rows: int = 1) -> None:
    """A small gabled house seen from the front."""
    b.box(x, base - h, w, h, wall, 0.8)
    b.flat([(x - w * 0.1, base - h), (x + w / 2, base - h - w * 0.55), (x + w * 1.1, base - h)], roof, 0.8)
    for row in range(rows):
        y = base - h + h * (0.18 + row * 0.8 / rows)
        for n in range(2):
            b.box(x + w * (0.2 + 0.42 * n), y, w * 0.18, min(h * 0.3, h * 0.5 / rows), lit, 0.4)


def ferry_ship(b: Block, x: float, y: float, s: float) -> None:
    """The Morrowtern, bow to the right; (x, y) is her waterline at the stern, s her length."""

    def p(u: float, v: float) -> tuple[float, float]:
        return x + u * s, y - v * s

    b.flat([p(0.005, 0), p(-0.035, 0.085), p(0.94, 0.085), p(1.045, 0.118), p(0.965, 0)], BLACK, 1.4)
    b.flat([p(-0.022, 0.052), p(-0.026, 0.066), p(0.985, 0.066), p(0.978, 0.052)], BRICK, 0.7)
    b.flat(
        [p(-0.035, 0.085), p(-0.035, 0.098), p(0.94, 0.098), p(1.045, 0.13), p(1.045, 0.116), p(0.94, 0.085)],
        WHITE,
        0.7,
    )
    b.flat([p(0.05, 0.098), p(0.05, 0.172), p(0.8, 0.172), p(0.872, 0.098)], WHITE, 1.0)
    b.flat([p(0.12, 0.178), p(0.12, 0.24), p(0.66, 0.24), p(0.715, 0.178)], WHITE, 1.0)
    b.box(*p(0.045, 0.18), 0.77 * s, 0.008 * s, SAGE, 0.4)
    b.flat([p(0.5, 0.246), p(0.5, 0.305), p(0.605, 0.305), p(0.64, 0.246)], WHITE, 0.8)
    b.flat([p(0.525, 0.262), p(0.525, 0.292), p(0.602, 0.292), p(0.62, 0.262)], NIGHT, 0.6)
    b.box(*p(0.115, 0.248), 0.56 * s, 0.008 * s, SAGE, 0.4)
    for n in range(17):
        b.box(*p(0.085 + n * 0.042, 0.152), 0.022 * s, 0.026 * s, NIGHT, 0.5)
    for n in range(11):
        b.box(*p(0.15 + n * 0.046, 0.222), 0.026 * s, 0.026 * s, NIGHT, 0.5)
    b.flat([p(0.27, 0.248), p(0.285, 0.365), p(0.365, 0.365), p(0.375, 0.248)], BRICK, 0.9)
    b.flat([p(0.283, 0.35), p(0.285, 0.372), p(0.365, 0.372), p(0.366, 0.35)], BLACK, 0.5)
    b.flat([p(0.275, 0.305), p(0.277, 0.322), p(0.369, 0.322), p(0.371, 0.305)], WHITE, 0.5)
    b.box(*p(0.556, 0.4), 0.006 * s, 0.1 * s, BLACK, 0.3)
    b.flat([p(0.562, 0.4), p(0.615, 0.388), p(0.562, 0.37)], OCHRE, 0.6)
    b.box(*p(0.935, 0.175), 0.005 * s, 0.075 * s, BLACK, 0.3)
    for n in range(2):
        b.flat(
            [
                p(0.16 + n * 0.055, 0.275),
                p(0.205 + n * 0.055, 0.275),
                p(0.198 + n * 0.055, 0.253),
                p(0.167 + n * 0.055, 0.253),
            ],
            OCHRE,
            0.5,
        )
    for n in range(26):
        b.gouge(*p(0.02 + n * 0.036, 0.02 + b.jitter(0.012)), 0.03 * s, 1.1, DEEP, b.jitter(3))
