"""The light of Skelmar Point at night."""

from __future__ import annotations

import math

from communique.demo.pictures.carving import BLACK, BRICK, CREAM, DEEP, HONEY, MIST, NIGHT, OCHRE, SAGE, WHITE, Block
from communique.demo.pictures.things import lighthouse


def keepers(b: Block) -> None:
    """The light of Skelmar Point at night, with rain on the one side and the beam on the other."""
    b.sky(20, 900, "#1D4B5E", 70, [(560, 420, 120)])
    for n in range(190):
        x, y = b.chance.uniform(0, 430), b.chance.uniform(40, 980)
        b.gouge(x, y, b.chance.uniform(26, 60), 1.5, "#3F7688" if n % 3 else SAGE, 72)
    b.flat([(560, 418), (1220, 190), (1220, 560), (560, 440)], HONEY, 1)
    b.flat([(560, 424), (1220, 270), (1220, 470), (560, 434)], CREAM, 1)
    for n in range(44):
        u = b.chance.uniform(0.08, 1)
        a = b.chance.uniform(-0.33, 0.18)
        b.gouge(
            560 + 640 * u, 428 + 640 * u * a, 60 + 110 * u, 2.6, [OCHRE, NIGHT, WHITE, OCHRE][n % 4], math.degrees(a)
        )
    b.flat([(560, 420), (-20, 330), (-20, 520), (560, 438)], "#2C6276", 1)
    for _ in range(16):
        u = b.chance.uniform(0.1, 1)
        b.gouge(560 - 560 * u, 428 + b.jitter(80 * u), 90, 2, NIGHT, b.jitter(6))
    # rock
    b.soft(
        [
            (60, 1500),
            (90, 1260),
            (200, 1120),
            (330, 1040),
            (440, 1010),
            (760, 1004),
            (900, 1010),
            (980, 1080),
            (1050, 1180),
            (1120, 1320),
            (1160, 1500),
        ],
        BLACK,
    )
    for n in range(150):
        x = b.chance.uniform(110, 1090)
        top = 1024 + abs(x - 570) * 0.42
        b.gouge(
            x,
            b.chance.uniform(top, 1330),
            b.chance.uniform(28, 78),
            2.2,
            [DEEP, "#3F7688", SAGE, DEEP][n % 4],
            (38 if x > 570 else -38) + b.jitter(16),
            b.jitter(5),
        )
    # keeper's house
    b.box(690, 926, 190, 110, WHITE, 1)
    b.flat([(670, 928), (726, 858), (846, 858), (902, 928)], BRICK, 1)
    b.box(832, 836, 22, 46, BLACK, 0.6)
    for _ in range(30):
        b.gouge(b.chance.uniform(704, 870), b.chance.uniform(868, 922), 26, 1.5, "#7E2A1B", b.jitter(2))
    b.window(716, 954, 38, 40, HONEY, BLACK)
    b.window(826, 954, 38, 40, HONEY, BLACK)
    b.box(774, 964, 32, 72, DEEP, 0.6)
    lighthouse(b, 560, 1020, 520, 158, 6)
    b.box(543, 940, 34, 66, BLACK, 0.6)
    for up in (0.36, 0.66):
        b.box(552, 1020 - 520 * up - 20, 16, 28, BLACK, 0.5)
    # sea
    b.flat(
        [
            (-12, 1300),
            (120, 1286),
            (300, 1310),
            (470, 1290),
            (640, 1316),
            (820, 1292),
            (1000, 1312),
            (1212, 1288),
            (1212, 1515),
            (-12, 1515),
        ],
        DEEP,
        3,
    )
    for crest, y in ((WHITE, 1306), (MIST, 1368), (WHITE, 1440)):
        for n in range(13):
            x = n * 98 + b.jitter(26)
            b.soft(
                [
                    (x - 62, y + 20),
                    (x - 26, y - 16),
                    (x + 8, y - 34),
                    (x + 40, y - 24),
                    (x + 34, y - 8),
                    (x + 12, y - 12),
                    (x, y + 4),
                    (x + 20, y + 20),
                ],
                NIGHT if crest == MIST else "#2C6276",
            )
            b.gouge(x - 4, y - 22, 84, 5, crest, -22 + b.jitter(6), -8)
            b.gouge(x + 26, y + 2, 44, 3, crest, 10, 5)
    b.water(1320, 1500, [NIGHT, "#6E9AA0", NIGHT, MIST], 8)
    for _ in range(46):
        b.gouge(b.chance.uniform(60, 330), b.chance.uniform(1190, 1300), 22, 3, WHITE, -60 + b.jitter(34))
    for _ in range(36):
        b.gouge(b.chance.uniform(900, 1130), b.chance.uniform(1200, 1300), 22, 3, WHITE, 50 + b.jitter(34))
    for x, y, size, tilt in [
        (250, 250, 1.5, -12),
        (350, 190, 1.1, 8),
        (880, 700, 1.4, 10),
        (980, 640, 1.0, -6),
        (760, 160, 1.2, -4),
    ]:
        b.bird(x, y, size, WHITE, tilt)
