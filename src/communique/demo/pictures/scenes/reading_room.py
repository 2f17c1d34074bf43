"""The common reading room."""

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
from communique.demo.pictures.things import lighthouse


def reading_room(b: Block) -> None:
    """The common reading room: windows on the sea, shelves, tables, lamps, readers."""
    # far wall and windows
    b.flat([(380, 150), (1220, 150), (1220, 640), (380, 640)], SAND, 2)
    for n in range(3):
        x = 446.0 + n * 252
        b.raw(f'<path d="M{x} 600V300C{x} 190 {x + 204} 190 {x + 204} 300V600Z" fill="{WHITE}"/>')
        pane = f"M{x + 12} 590V302C{x + 12} 206 {x + 192} 206 {x + 192} 302V590Z"
        b.raw(f'<clipPath id="w{n}"><path d="{pane}"/></clipPath>')
        b.raw(f'<g clip-path="url(#w{n})">')
        b.box(x, 190, 204, 410, HONEY, 0)
        for k in range(12):
            b.gouge(x + 100 + b.jitter(50), 230 + k * 16, 120 + b.jitter(60), 1.8, CREAM, b.jitter(1))
        b.box(x, 440, 204, 170, DEEP, 0)
        for k in range(26):
            b.gouge(
                x + b.chance.uniform(0, 204),
                448 + k * 6,
                40 + k,
                1.4 + k * 0.06,
                [MIST, NIGHT, "#5B8B97"][k % 3],
                b.jitter(2),
            )
        if n == 1:
            b.disc(x + 112, 370, 40, OCHRE)
            for k in range(5):
                b.gouge(x + 112, 345 + k * 14, 66 + b.jitter(14), 1.6, HONEY)
            for k in range(6):
                b.gouge(x + 112 + b.jitter(8), 450 + k * 13, 56, 2, OCHRE)
        if n == 0:
            lighthouse(b, x + 60, 442, 120, 34, 3)
            b.soft([(x - 10, 446), (x + 20, 428), (x + 80, 426), (x + 120, 446)], NIGHT)
        if n == 2:
            b.flat([(x + 60, 452), (x + 50, 436), (x + 150, 434), (x + 142, 452)], BLACK, 0.6)
            b.flat([(x + 96, 430), (x + 96, 340), (x + 146, 426)], BRICK, 0.8)
            b.flat([(x + 92, 430), (x + 92, 356), (x + 56, 428)], WHITE, 0.8)
        for k in range(2):
            b.box(x + 66 + k * 66, 194, 5, 406, WHITE, 0.4)
        for k in range(3):
            b.box(x + 8, 330 + k * 90, 188, 5, WHITE, 0.4)
        b.raw("</g>")
        b.box(x - 8, 594, 220, 18, BRICK, 0.9)
    # ceiling
    b.flat([(-12, -10), (1612, -10), (1222, 150), (378, 150)], NIGHT, 2)
    for n in range(9):
        x0, x1 = n * 200, 380 + n * 105
        b.raw(f'<path d="M{x0} 0L{x1} 150L{x1 + 9} 150L{x0 + 18} 0Z" fill="{DEEP}"/>')
    for _ in range(46):
        y = b.chance.uniform(8, 140)
        b.gouge(b.chance.uniform(80 + y * 2, 1520 - y * 2), y, 60, 1.6, DEEP, b.jitter(2))
    # side walls of shelves, drawn in perspective
    inks = [BRICK, OCHRE, SAGE, WHITE, DEEP, HONEY, BRICK, SAND, OCHRE]
    for side in (0, 1):

        def at(u: float, v: float, side: int = side) -> tuple[float, float]:
            x, y = u * 392 - 12, v * 970 * (1 - u) + (150 + v * 490) * u
            return (x, y) if side == 0 else (1600 - x, y)

        b.flat([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], BLACK, 1.5)
        shelves = 7
        for row in range(shelves):
            v0, v1 = 0.045 + row * 0.128, 0.045 + row * 0.128 + 0.108
            u = 0.02
            while u < 0.97:
                step = b.chance.uniform(0.022, 0.046) * (1 - u * 0.45)
                if b.chance.random() < 0.07:
                    u += step * 1.6
                    continue
                tall = v0 + b.chance.uniform(0.0, 0.028)
                ink = inks[b.chance.randrange(len(inks))]
                b.flat([at(u, tall), at(u + step * 0.86, tall), at(u + step * 0.86, v1), at(u, v1)], ink, 0.7, 300)
                mid = (tall + v1) / 2
                mx, my = at(u + step * 0.43, mid - 0.012)
                b.gouge(mx, my, max(5.0, step * 210), 1.6, BLACK if ink not in (DEEP, BRICK) else HONEY)
                u += step
            b.flat([at(0, v1), at(1, v1), at(1, v1 + 0.012), at(0, v1 + 0.012)], SAGE, 0.6)
    # floor
    b.flat([(380, 638), (1220, 638), (1612, 975), (-12, 975)], OCHRE, 1.5)
    for n in range(90):
        y = b.chance.uniform(648, 956)
        b.gouge(
            b.chance.uniform(400 - (y - 640) * 1.15, 1200 + (y - 640) * 1.15),
            y,
            40 + (y - 640) * 0.28,
            1.5,
            "#B9773A" if n % 3 else HONEY,
            b.jitter(1),
        )
    # readers and tables, from the back to the front
    for y, s, seats in [(640, 0.62, 4), (738, 0.9, 4), (880, 1.3, 4)]:
        left, right = 800 - 430 * s, 800 + 430 * s
        for n in range(seats):
            x = left + (n + 0.5) * (right - left) / seats + b.jitter(10 * s)
            if (n + round(s * 10)) % 5 == 3:
                continue
            coat = [NIGHT, BRICK, DEEP, SAGE][(n + round(s * 7)) % 4]
            b.soft(
                [
                    (x - 44 * s, y),
                    (x - 40 * s, y - 52 * s),
                    (x - 20 * s, y - 72 * s),
                    (x + 20 * s, y - 72 * s),
                    (x + 40 * s, y - 52 * s),
                    (x + 44 * s, y),
                ],
                coat,
            )
            b.disc(x + 3 * s, y - 92 * s, 19 * s, "#C98F66" if n % 2 else "#8A5A3C", 0.5)
            b.soft(
                [
                    (x - 20 * s, y - 92 * s),
                    (x - 14 * s, y - 116 * s),
                    (x + 12 * s, y - 118 * s),
                    (x + 24 * s, y - 98 * s),
                    (x + 8 * s, y - 106 * s),
                    (x - 8 * s, y - 100 * s),
                ],
                BLACK if n % 3 else "#6B3A22",
            )
            for k in range(4):
                b.gouge(
                    x - 20 * s + k * 13 * s, y - 34 * s, 34 * s, 1.4 * s, CREAM if coat != SAGE else NIGHT, 78 + k * 8
                )
        b.flat(
            [
                (left - 24 * s, y - 10 * s),
                (right + 24 * s, y - 10 * s),
                (right + 52 * s, y + 26 * s),
                (left - 52 * s, y + 26 * s),
            ],
            BRICK,
            1,
        )
        b.flat(
            [
                (left - 52 * s, y + 26 * s),
                (right + 52 * s, y + 26 * s),
                (right + 52 * s, y + 38 * s),
                (left - 52 * s, y + 38 * s),
            ],
            BLACK,
            0.8,
        )
        for _ in range(round(26 * s)):
            b.gouge(
                b.chance.uniform(left, right), y + b.chance.uniform(-4, 22) * s, 70 * s, 1.3, "#7E2A1B", b.jitter(1)
            )
        for n in range(seats):
            x = left + (n + 0.5) * (right - left) / seats
            b.flat(
                [
                    (x - 34 * s, y + 12 * s),
                    (x - 26 * s, y - 4 * s),
                    (x, y - 1 * s),
                    (x + 26 * s, y - 4 * s),
                    (x + 34 * s, y + 12 * s),
                    (x, y + 15 * s),
                ],
                WHITE,
                0.6,
            )
            for k in range(3):
                b.gouge(x - 14 * s, y + (1 + 4 * k) * s, 20 * s, 0.9, SAGE, 3)
                b.gouge(x + 14 * s, y + (1 + 4 * k) * s, 20 * s, 0.9, SAGE, -3)
        for n in range(seats - 1):
            x = left + (n + 1) * (right - left) / seats
            b.flat([(x - 60 * s, y + 16 * s), (x, y - 2 * s), (x + 60 * s, y + 16 * s)], OCHRE, 0.6)
            b.box(x - 2.5 * s, y - 56 * s, 5 * s, 62 * s, HONEY, 0.3)
            b.flat(
                [
                    (x - 34 * s, y - 50 * s),
                    (x - 22 * s, y - 72 * s),
                    (x + 22 * s, y - 72 * s),
                    (x + 34 * s, y - 50 * s),
                ],
                "#2F6B5A",
                0.7,
            )
            b.box(x - 28 * s, y - 51 * s, 56 * s, 6 * s, HONEY, 0.4)
            b.box(x - 16 * s, y + 4 * s, 32 * s, 6 * s, BLACK, 0.4)
        for u in (left - 30 * s, right + 30 * s - 12 * s):
            b.box(u, y + 38 * s, 14 * s, 66 * s, BLACK, 0.5)
    for x in (674, 926):
        b.box(x - 2, 60, 4, 110, HONEY, 0.3)
        b.disc(x, 190, 26, WHITE, 0.8)
        b.gouge(x, 190, 34, 3, HONEY)
        b.box(x - 18, 162, 36, 8, HONEY, 0.4)
