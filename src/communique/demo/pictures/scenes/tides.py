"""The tide, its gauge and the moon."""

from __future__ import annotations

import math

from communique.demo.pictures.carving import BLACK, BRICK, DEEP, HONEY, MIST, NIGHT, OCHRE, SAGE, SAND, WHITE, Block


def tides(b: Block) -> None:
    """Low and high water at the harbour wall, with the curve between them and the moon above."""
    b.sky(20, 520, SAND, 50, [])
    for n, lit in enumerate((0.0, 0.35, 0.7, 1.0, 0.7, 0.35, 0.0)):
        x = 200.0 + n * 200
        y = 150 - 46 * math.sin(math.pi * n / 6)
        b.disc(x, y, 44, NIGHT, 0.9)
        if lit == 1.0:
            b.disc(x, y, 41, HONEY, 0.8)
            for k in range(4):
                b.gouge(x, y - 22 + k * 15, 50, 1.7, OCHRE, b.jitter(2))
        elif lit:
            side = 1 if n < 3 else -1
            inner = 41 * (1 - 2 * lit) * side
            limb = f"M{x} {y - 41:.1f}A41 41 0 0 {int(side == 1)} {x} {y + 41:.1f}"
            terminator = f"A{abs(inner):.1f} 41 0 0 {int(inner < 0)} {x} {y - 41:.1f}Z"
            b.raw(f'<path d="{limb}{terminator}" fill="{HONEY}"/>')
        for k in range(3):
            b.gouge(x + b.jitter(10), y + 66 + k * 9, 60 - k * 14, 1.5, SAGE, b.jitter(2))

    def level(x: float) -> float:
        return 610 - 150 * math.sin((x - 420) / 1600 * 2 * math.pi * 1.02)

    edge = [(x, level(x)) for x in range(-40, 1661, 20)]
    b.flat([*edge, (1660, 1020), (-60, 1020)], DEEP, 0.8)
    for row in range(15):
        off = 18 + row * 24 + row * row * 0.6
        x = b.chance.uniform(-40, 60)
        while x < 1620:
            slope = math.degrees(math.atan((level(x + 10) - level(x - 10)) / 20))
            length = 50 + row * 7
            b.gouge(
                x,
                level(x) + off + b.jitter(5),
                length * b.chance.uniform(0.6, 1.2),
                1.8 + row * 0.16,
                [NIGHT, "#6E9AA0", NIGHT, "#3F7688", MIST][b.chance.randrange(5)],
                slope,
                b.jitter(5),
            )
            x += length * b.chance.uniform(1.2, 2.2)
    for n in range(30):
        x = n * 55 + 10
        slope = math.degrees(math.atan((level(x + 10) - level(x - 10)) / 20))
        b.gouge(x, level(x) + 4, 52, 4, WHITE, slope, -2)
    # the gauge
    gx = 800
    b.box(gx - 46, 330, 92, 690, WHITE, 1)
    b.box(gx - 52, 318, 104, 16, BLACK, 0.6)
    for n in range(34):
        y = 352 + n * 20
        wide = n % 5 == 0
        b.box(gx - 46, y, 56 if wide else 30, 8 if wide else 4, BRICK if (n // 5) % 2 else NIGHT, 0.4)
    digits = "9876543"
    for n, digit in enumerate(digits):
        face = f'font-family="Georgia, serif" font-weight="700" font-size="42" fill="{NIGHT}"'
        b.raw(f'<text x="{gx + 16}" y="{372 + n * 100}" {face}>{digit}</text>')
    under = f"M{gx - 46} {level(gx - 46):.0f}L{gx + 46} {level(gx + 46):.0f}V1020H{gx - 46}Z"
    b.raw(f'<g opacity="0.93"><path d="{under}" fill="{DEEP}"/></g>')
    for n in range(26):
        b.gouge(gx + b.jitter(34), level(gx) + 20 + n * 14, 50, 2.2, [NIGHT, "#6E9AA0", "#2C6276"][n % 3], b.jitter(3))
    for n in range(4):
        y = level(gx) + 36 + n * 100
        b.box(gx - 44, y, 40, 6, "#3F7688", 0.5)
    # two boats: high on the left, low on the right
    for x, hull, sail, flip in ((360, BRICK, WHITE, 1), (1250, BLACK, OCHRE, -1)):
        y = level(x) + 6

        def q(u: float, v: float, x: float = x, y: float = y, flip: int = flip) -> tuple[float, float]:
            return x + u * flip, y + v

        slope = math.degrees(math.atan((level(x + 10) - level(x - 10)) / 20))
        b.raw(f'<g transform="rotate({slope * 0.72:.1f} {x} {y:.1f}) translate(0 4)">')
        b.flat([q(-96, -34), q(104, -44), q(84, 6), q(-72, 6)], hull, 1.1)
        b.flat([q(-98, -36), q(106, -46), q(102, -36), q(-94, -26)], WHITE, 0.5)
        b.box(x - 3 * flip - 2, y - 236, 5, 204, BLACK, 0.4)
        b.flat([q(6, -232), q(92, -62), q(6, -56)], sail, 1)
        b.flat([q(-8, -214), q(-8, -58), q(-74, -58)], sail if sail == OCHRE else HONEY, 1)
        for n in range(6):
            b.gouge(*q(34, -76 - n * 20), 54 - n * 7, 1.7, BRICK if sail == OCHRE else SAGE, 4 * flip)
        for n in range(8):
            b.gouge(*q(-70 + n * 22, 10 + b.jitter(4)), 40, 3, WHITE, b.jitter(4), 2)
        for n in range(6):
            b.gouge(*q(-56 + n * 22, -14 + b.jitter(6)), 30, 1.6, "#3F7688" if hull == BLACK else HONEY, -3 * flip)
        b.raw("</g>")
    for x, y, size, tilt in [
        (600, 330, 1.1, 8),
        (670, 290, 0.8, -8),
        (1010, 380, 1.2, -4),
        (1090, 430, 0.8, 8),
        (1420, 330, 1.0, 4),
        (130, 330, 1.0, -8),
    ]:
        b.bird(x, y, size, BLACK, tilt)
