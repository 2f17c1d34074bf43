"""The Morrowtern off Skelmar Point."""

from __future__ import annotations

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
from communique.demo.pictures.things import ferry_ship, house, lighthouse


def ferry(b: Block) -> None:
    """The Morrowtern off Skelmar Point."""
    b.disc(1210, 250, 96, OCHRE)
    for n in range(9):
        b.gouge(1210 + b.jitter(12), 190 + n * 21, 150 - n * 5 + b.jitter(40), 1.8, CREAM, b.jitter(1))
    b.sky(30, 470, SAND, 58, [(1210, 250, 185)])
    b.soft([(330, 560), (470, 486), (590, 430), (680, 448), (800, 505), (930, 548), (1000, 560)], SAGE)
    for n in range(40):
        x = 420.0 + n * 13
        b.gouge(x, 545 - 70 * max(0.0, 1 - abs(x - 610) / 300) + b.jitter(14), 40, 1.6, MIST, 28 if x > 610 else -28)
    b.soft([(950, 562), (1120, 520), (1290, 508), (1450, 522), (1640, 512), (1640, 562)], MIST)
    b.flat([(-12, 556), (1612, 552), (1612, 975), (-12, 975)], DEEP, 2)
    b.water(566, 960, [NIGHT, NIGHT, "#3F7688", "#6E9AA0", NIGHT, MIST], 21)
    for n in range(15):
        y = 572 + n * 11
        b.gouge(1216 + b.jitter(26), y, 150 - n * 5 + b.jitter(30), 2.6, OCHRE if n % 3 else HONEY, b.jitter(2))
    b.soft(
        [(-40, 590), (-40, 420), (40, 392), (130, 396), (215, 410), (300, 452), (352, 508), (440, 556), (470, 590)],
        NIGHT,
    )
    for n in range(48):
        x = b.chance.uniform(-10, 380)
        low = 418 + max(0, x - 160) * 0.42
        b.gouge(
            x,
            b.chance.uniform(low, 566),
            b.chance.uniform(26, 70),
            1.9,
            DEEP if n % 4 else SAGE,
            22 + b.jitter(12),
            b.jitter(4),
        )
    lighthouse(b, 142, 402, 208, 70)
    for n, (dx, wall) in enumerate([(222, WHITE), (268, HONEY), (312, WHITE)]):
        house(b, dx, 446 + n * 27, 38, 28, wall, BRICK, NIGHT)
    for n in range(9):
        b.gouge(40 + n * 52 + b.jitter(14), 590 + b.jitter(6), 66, 3, WHITE, b.jitter(4), -4)
    b.soft(
        [
            (766, 452),
            (770, 420),
            (800, 396),
            (842, 388),
            (866, 366),
            (858, 340),
            (890, 318),
            (930, 320),
            (902, 338),
            (902, 366),
            (880, 396),
            (836, 410),
            (806, 424),
            (792, 452),
        ],
        MIST,
    )
    for n in range(6):
        b.gouge(812 + n * 14, 408 - n * 12, 36, 1.7, CREAM, -40, 4)
    ferry_ship(b, 560, 740, 760)
    for n in range(34):
        u = n / 34
        b.gouge(
            560 + 760 * u + b.jitter(20),
            742 + b.jitter(5),
            50 + b.jitter(24),
            3.4,
            WHITE if n % 3 else MIST,
            b.jitter(3),
            -3,
        )
    for n in range(44):
        u = b.chance.random() ** 0.8
        b.gouge(
            545 - 520 * u,
            748 + 110 * u * b.chance.uniform(0.25, 1),
            34 + 70 * u,
            2.4 + 1.6 * u,
            WHITE if n % 3 else MIST,
            -9 + b.jitter(5),
            -3,
        )
    for n in range(18):
        b.gouge(1330 + n * 8 + b.jitter(8), 738 + n * 2.2 + b.jitter(6), 40, 3, WHITE, 12 + b.jitter(8), 3)
    for n in range(10):
        b.gouge(700 + n * 58 + b.jitter(16), 772 + b.jitter(8), 60, 3, BLACK, b.jitter(3), 3)
    for x, y, size, tilt in [
        (470, 200, 1.25, -8),
        (556, 158, 1.0, 6),
        (420, 280, 0.85, 4),
        (990, 150, 0.8, -4),
        (1058, 196, 1.0, 8),
        (1400, 380, 1.1, -6),
        (1472, 420, 0.75, 5),
    ]:
        b.bird(x, y, size, BLACK, tilt)
