"""Lampwrights’ Quay at dusk."""

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


def quay(b: Block) -> None:
    """Lampwrights' Quay at dusk."""
    b.sky(20, 430, "#1D4B5E", 46, [(1270, 170, 90)])
    b.disc(1270, 170, 58, HONEY)
    for n in range(4):
        b.gouge(1270, 146 + n * 18, 80 + b.jitter(14), 1.8, OCHRE)
    for _ in range(40):
        b.gouge(b.chance.uniform(0, 1600), b.chance.uniform(16, 280), 6, 1.6, CREAM, b.chance.uniform(0, 180))
    x, n = -30.0, 0
    inks = [BRICK, SAGE, OCHRE, DEEP, SAND, "#7E2F20", MIST]
    fronts = []
    while x < 1620:
        w = b.chance.uniform(112, 150)
        h = b.chance.uniform(250, 350)
        fronts.append((x, w, h, inks[n % len(inks)]))
        x += w + 3
        n += 1
    base = 628
    for n, (x, w, h, ink) in enumerate(fronts):
        top = base - h
        if n % 3 == 0:
            gable = [
                (x, top),
                (x, top - 26),
                (x + w * 0.2, top - 26),
                (x + w * 0.2, top - 58),
                (x + w * 0.38, top - 58),
                (x + w * 0.38, top - 92),
                (x + w * 0.62, top - 92),
                (x + w * 0.62, top - 58),
                (x + w * 0.8, top - 58),
                (x + w * 0.8, top - 26),
                (x + w, top - 26),
                (x + w, top),
            ]
        elif n % 3 == 1:
            gable = [(x, top), (x + w / 2, top - 84), (x + w, top)]
        else:
            gable = [(x, top), (x + 10, top - 56), (x + w - 10, top - 56), (x + w, top)]
        b.box(x + w * 0.68, top - 96, 20, 70, BLACK, 0.6)
        b.flat(gable, ink if n % 3 == 0 else BLACK, 1)
        b.box(x, top - 2, w, h + 2, ink, 1)
        for _ in range(24):
            mark = BLACK if ink not in (DEEP, "#7E2F20", BRICK) else NIGHT
            b.gouge(
                b.chance.uniform(x + 10, x + w - 10), b.chance.uniform(top + 10, base - 10), 24, 1.1, mark, b.jitter(2)
            )
        floors = 3 if h < 300 else 4
        for f in range(floors):
            for k in range(2 + (w > 132)):
                count = 2 + (w > 132)
                ww = w / (count + 0.9) * 0.62
                wx = x + w * (k + 0.5) / count - ww / 2
                wy = top + 18 + f * (h - 60) / floors
                wh = (h - 60) / floors * 0.62
                lit = b.chance.random() < 0.58
                b.box(wx - 4, wy - 4, ww + 8, wh + 8, WHITE, 0.6)
                b.window(wx, wy, ww, wh, HONEY if lit else NIGHT, WHITE)
        b.box(x + w * 0.36, base - 58, w * 0.28, 58, BLACK, 0.6)
        b.box(x + w * 0.41, base - 50, w * 0.18, 16, HONEY, 0.4)
    # the embassy's flag and lamps on the quay
    b.box(700, 118, 4, 116, BLACK, 0.3)
    b.flat([(704, 122), (776, 130), (766, 150), (776, 172), (704, 166)], DEEP, 0.8)
    b.flat([(718, 124), (730, 125), (730, 168), (718, 167)], WHITE, 0.4)
    b.box(-12, base, 1624, 56, SAGE, 1.6)
    for n in range(120):
        b.gouge(
            b.chance.uniform(0, 1600), base + b.chance.uniform(8, 50), 34, 1.5, NIGHT if n % 3 else MIST, b.jitter(2)
        )
    for n in range(5):
        lx = 150 + n * 330
        b.box(lx - 3, base - 110, 6, 128, BLACK, 0.4)
        b.flat([(lx - 14, base - 112), (lx - 18, base - 146), (lx + 18, base - 146), (lx + 14, base - 112)], HONEY, 0.6)
        b.flat([(lx - 24, base - 146), (lx, base - 170), (lx + 24, base - 146)], BLACK, 0.6)
        b.box(lx - 16, base - 114, 32, 5, BLACK, 0.3)
    for x, coat, h in [(420, BRICK, 62), (446, NIGHT, 70), (1010, OCHRE, 64)]:
        b.soft(
            [
                (x - 13, base + 24),
                (x - 11, base - h * 0.45),
                (x, base - h * 0.6),
                (x + 11, base - h * 0.45),
                (x + 13, base + 24),
            ],
            coat,
        )
        b.disc(x, base - h * 0.62, 9, "#C98F66", 0.4)
        b.box(x - 8, base + 22, 5, 12, BLACK, 0.2)
        b.box(x + 3, base + 22, 5, 12, BLACK, 0.2)
    # water with reflections
    b.flat([(-12, 684), (1612, 684), (1612, 975), (-12, 975)], BLACK, 1.5)
    for x, w, _, ink in fronts:
        for k in range(15):
            y = 692 + k * 16
            b.gouge(
                x + w / 2 + b.jitter(14),
                y,
                w * (0.86 - k * 0.03) + b.jitter(24),
                3.6,
                ink if k % 3 else HONEY,
                b.jitter(1.4),
                b.jitter(3),
            )
    for n in range(5):
        for k in range(14):
            b.gouge(
                150 + n * 330 + b.jitter(10),
                694 + k * 18,
                52 - k * 1.6 + b.jitter(12),
                4,
                HONEY if k % 4 else CREAM,
                b.jitter(2),
                b.jitter(3),
            )
    b.water(700, 960, [BLACK, NIGHT, BLACK], 10)
    # steps and boat
    for n in range(7):
        b.box(1150 - n * 9, 676 + n * 19, 170 + n * 18, 20, SAGE if n % 2 else MIST, 1)
        b.gouge(1235, 692 + n * 19, 120 + n * 12, 2.2, NIGHT)
    for n in range(9):
        b.gouge(1235 + b.jitter(60), 812 + b.jitter(4), 60, 3, NIGHT if n % 2 else HONEY, b.jitter(2), 2)
    b.flat([(800, 842), (1068, 832), (1096, 824), (1056, 884), (842, 888)], BRICK, 1.2)
    b.flat([(800, 842), (1068, 832), (1096, 824), (1092, 836), (1066, 844), (806, 854)], WHITE, 0.7)
    b.flat([(818, 846), (1066, 837), (1060, 842), (824, 851)], BLACK, 0.4)
    for u in (880, 960, 1030):
        b.flat([(u, 843), (u + 22, 842), (u + 22, 849), (u, 850)], OCHRE, 0.3)
    b.raw(f'<path d="M1094 826C1116 818 1122 800 1134 752" stroke="{HONEY}" stroke-width="4" fill="none"/>')
    b.raw(f'<path d="M860 838L760 800M858 846L752 826" stroke="{OCHRE}" stroke-width="6" stroke-linecap="round"/>')
    for n in range(12):
        b.gouge(816 + n * 22, 892 + b.jitter(5), 44, 3, WHITE if n % 3 == 0 else DEEP, b.jitter(3), 3)
    for n in range(6):
        b.gouge(860 + n * 34, 866 + b.jitter(4), 34, 1.6, "#7E2F20", -2)
