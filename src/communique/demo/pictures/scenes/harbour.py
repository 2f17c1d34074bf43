"""Tessmark at sunrise."""

from __future__ import annotations

import math

from communique.demo.pictures.carving import (
    BLACK,
    BRICK,
    CREAM,
    DEEP,
    HONEY,
    MIST,
    NIGHT,
    OCHRE,
    SAGE,
    SAND,
    WHITE,
    Block,
)
from communique.demo.pictures.things import house, lighthouse


def harbour(b: Block) -> None:
    """Tessmark at sunrise: boats, the crane, houses on the hill."""
    b.disc(700, 470, 150, OCHRE)
    for n in range(14):
        b.gouge(
            700 + b.jitter(10),
            345 + n * 17,
            250 - abs(n - 7) * 12 + b.jitter(40),
            2.0,
            CREAM if n % 2 else HONEY,
            b.jitter(0.8),
        )
    b.sky(24, 460, SAND, 52, [(700, 470, 250)])
    for n in range(26):
        a = -172 + n * 6.3
        r = 210 + (n % 2) * 26
        b.gouge(700 + r * math.cos(math.radians(a)), 470 + r * math.sin(math.radians(a)), 60, 2.6, OCHRE, a)
    b.soft([(-60, 570), (-60, 500), (120, 482), (300, 472), (470, 500), (640, 546), (660, 570)], MIST)
    b.soft(
        [
            (820, 540),
            (930, 470),
            (1020, 380),
            (1150, 300),
            (1290, 236),
            (1440, 208),
            (1660, 190),
            (1660, 620),
            (820, 620),
        ],
        NIGHT,
    )
    for _ in range(80):
        x = b.chance.uniform(960, 1600)
        top = 520 - (x - 860) * 0.42
        b.gouge(x, b.chance.uniform(max(230, top), 560), 46, 1.8, DEEP, -26 + b.jitter(10))
    rows = [(292, 1280, 1600, 56), (362, 1140, 1600, 62), (440, 1030, 1600, 68), (526, 930, 1600, 76)]
    walls = [WHITE, HONEY, SAND, BRICK, SAGE, OCHRE, CREAM]
    for base, left, right, w in rows:
        x = left + b.jitter(10)
        while x < right:
            ww = w * b.chance.uniform(0.72, 1.05)
            wall = walls[b.chance.randrange(len(walls))]
            roof = BLACK if wall == BRICK else (BRICK if b.chance.random() < 0.6 else DEEP)
            house(b, x, base + 30, ww, w * b.chance.uniform(0.75, 1.0), wall, roof, NIGHT if wall != BRICK else HONEY)
            x += ww * b.chance.uniform(1.05, 1.35)
    lighthouse(b, 1500, 250, 120, 38, 3)
    b.flat([(-12, 548), (1612, 548), (1612, 975), (-12, 975)], DEEP, 2)
    b.box(860, 548, 760, 46, SAGE, 2)
    for n in range(40):
        b.gouge(880 + n * 19, 560 + (n % 3) * 13, 22, 1.6, NIGHT, 90 if n % 4 == 0 else 0)
    b.water(604, 960, [NIGHT, "#3F7688", NIGHT, "#6E9AA0"], 17)
    for n in range(26):
        y = 556 + n * 15
        b.gouge(
            700 + b.jitter(34),
            y,
            280 - n * 6 + b.jitter(70),
            3.4,
            [OCHRE, HONEY, CREAM][n % 3],
            b.jitter(1.5),
            b.jitter(4),
        )
    # crane
    b.box(-12, 600, 312, 375, BLACK, 2)
    b.box(-12, 592, 330, 16, SAGE, 1)
    for n in range(34):
        b.gouge(14 + (n % 6) * 52 + (n // 6 % 2) * 22, 640 + (n // 6) * 54, 46, 2, DEEP, b.jitter(2))
    b.flat([(96, 594), (126, 300), (150, 300), (180, 594), (160, 594), (138, 350), (116, 594)], BLACK, 1)
    for n in range(6):
        b.gouge(138, 560 - n * 42, 56 - n * 6, 3, BLACK, 24 if n % 2 else -24)
    b.flat([(96, 262), (184, 262), (184, 304), (96, 304)], BRICK, 1)
    b.box(146, 272, 26, 18, HONEY, 0.6)
    b.flat([(150, 276), (430, 118), (438, 128), (176, 300)], BLACK, 1)
    for n in range(8):
        b.gouge(196 + n * 28, 262 - n * 16, 26, 2, SAND, 40 if n % 2 else -60)
    b.box(430, 122, 3.4, 190, BLACK, 0.3)
    b.flat([(414, 312), (450, 312), (446, 352), (418, 352)], OCHRE, 1)
    b.gouge(432, 332, 26, 2, BLACK)
    # boats
    for x, y, s, hull, cabin in [
        (360, 700, 1.0, BRICK, WHITE),
        (1060, 690, 0.86, BLACK, WHITE),
        (600, 838, 1.42, BLACK, OCHRE),
        (1290, 800, 1.2, BRICK, CREAM),
    ]:

        def q(u: float, v: float, x: float = x, y: float = y, s: float = s) -> tuple[float, float]:
            return x + u * s, y + v * s

        b.box(*q(108, -176), 4 * s, 150 * s, BLACK, 0.4)
        b.box(*q(24, -130), 3.4 * s, 104 * s, BLACK, 0.4)
        b.line([q(210, -44), q(110, -172), q(6, -36)], BLACK, 2 * s)
        b.flat([q(40, -34), q(40, -80), q(92, -80), q(98, -34)], cabin, 0.9)
        b.box(*q(34, -86), 66 * s, 8 * s, BLACK, 0.5)
        for n in range(2):
            b.box(*q(50 + n * 22, -70), 14 * s, 16 * s, NIGHT, 0.4)
        b.flat([q(0, -38), q(204, -52), q(226, -58), q(196, 10), q(22, 10)], hull, 1.2)
        b.flat([q(-1, -39), q(205, -53), q(226, -59), q(223, -50), q(204, -44), q(1, -30)], WHITE, 0.5)
        for n in range(7):
            b.gouge(*q(34 + n * 24, -8 + b.jitter(6)), 22 * s, 1.4 * s, DEEP if hull == BLACK else HONEY, -3)
        for n in range(9):
            b.gouge(*q(18 + n * 22, 14 + b.jitter(4)), 36 * s, 2.8 * s, WHITE if n % 2 else BLACK, b.jitter(3), 3)
        for n in range(5):
            b.gouge(*q(108 + b.jitter(14), 34 + n * 15), 54 * s - n * 6, 2.4 * s, BLACK, b.jitter(2), 4)
    for x, y, size, tilt in [
        (520, 220, 1.2, -10),
        (600, 176, 0.9, 8),
        (880, 190, 1.3, 4),
        (960, 248, 0.8, -6),
        (300, 150, 0.8, 6),
        (760, 262, 0.7, 0),
    ]:
        b.bird(x, y, size, BLACK, tilt)
