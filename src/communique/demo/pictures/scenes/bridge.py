"""The footbridge at the Lower Quays."""

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


def bridge(b: Block) -> None:
    """The footbridge at the Lower Quays: stone arches, a cyclist, people, evening water."""
    b.disc(360, 330, 92, BRICK)
    for n in range(8):
        b.gouge(360 + b.jitter(8), 270 + n * 19, 140 + b.jitter(30), 1.9, CREAM, b.jitter(1))
    b.sky(20, 480, SAND, 56, [(360, 330, 160)])
    x = -20.0
    n = 0
    while x < 1620:
        w = b.chance.uniform(70, 120)
        h = b.chance.uniform(90, 190)
        ink = [MIST, SAGE, MIST][n % 3]
        b.box(x, 540 - h, w, h + 40, ink, 1)
        b.flat(
            [(x - 4, 540 - h), (x + w / 2, 540 - h - 50), (x + w + 4, 540 - h)], SAGE if ink == MIST else "#6F8F90", 1
        )
        for k in range(6):
            b.box(
                x + w * (0.2 + 0.42 * (k % 2)),
                540 - h + 20 + 44 * (k // 2),
                w * 0.16,
                22,
                CREAM if (n + k) % 3 else HONEY,
                0.5,
            )
        x += w + 4
        n += 1
    b.box(700, 230, 64, 330, SAGE, 1)
    b.flat([(690, 232), (732, 110), (774, 232)], DEEP, 1)
    b.disc(732, 290, 21, WHITE, 0.5)
    b.gouge(732, 284, 22, 2.4, BLACK, 90)
    b.gouge(738, 291, 18, 2.4, BLACK)
    b.flat([(-12, 570), (1612, 566), (1612, 975), (-12, 975)], DEEP, 2)
    b.water(580, 960, [NIGHT, "#3F7688", NIGHT, "#6E9AA0", MIST], 18)
    for n in range(22):
        b.gouge(
            360 + b.jitter(30),
            590 + n * 17,
            190 - n * 4 + b.jitter(50),
            3.2,
            BRICK if n % 3 else OCHRE,
            b.jitter(2),
            b.jitter(4),
        )

    def deck(x: float) -> float:
        return 560 - 92 * math.sin(math.pi * min(1.0, max(0.0, (x + 60) / 1720)))

    top = [(x, deck(x)) for x in range(-20, 1641, 20)]
    under = [(x, deck(x) + 54) for x in range(1640, -21, -20)]
    spans = [(70, 420), (500, 1100), (1180, 1530)]
    body = [*top, (1640, 760), (-20, 760)]
    holes = ""
    for left, right in spans:
        mid, rise = (left + right) / 2, deck((left + right) / 2) + 66
        bow = (right - left) * 0.2
        holes += f"M{left} 760C{left} {rise - 20:.0f} {mid - bow:.0f} {rise:.0f} {mid} {rise:.0f}"
        holes += f"C{mid + bow:.0f} {rise:.0f} {right} {rise - 20:.0f} {right} 760Z"
    outline = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in body) + "Z"
    b.raw(f'<path fill-rule="evenodd" d="{outline}{holes}" fill="{NIGHT}"/>')
    b.flat([*[(x, y - 2) for x, y in top], *[(x, y - 40) for x, y in under]], HONEY, 0.6)
    for left, right in spans:
        mid, rise, half = (left + right) / 2, deck((left + right) / 2) + 66, (right - left) / 2
        for k in range(15):
            t = math.pi * (k + 0.5) / 15
            u, v = mid - math.cos(t) * (half + 16), 764 - math.sin(t) ** 0.8 * (764 - rise + 16)
            b.gouge(u, v, 26, 5, SAGE, math.degrees(math.atan2(v - 764, u - mid)))
    for n in range(150):
        x = b.chance.uniform(0, 1600)
        y = b.chance.uniform(deck(x) + 26, 748)
        inside = False
        for left, right in spans:
            mid, rise = (left + right) / 2, deck((left + right) / 2) + 40
            inside |= abs(x - mid) < (right - left) / 2 + 26 and y > rise
        if not inside:
            b.gouge(x, y, 30, 2, DEEP if n % 3 else SAGE, b.jitter(3))
    for left, right in ((-20, 70), (420, 500), (1100, 1180), (1530, 1640)):
        b.box(left - 6, 742, right - left + 12, 30, BLACK, 1)
        for n in range(9):
            b.gouge(
                (left + right) / 2 + b.jitter(30),
                778 + n * 15,
                right - left + b.jitter(24),
                4,
                BLACK,
                b.jitter(2),
                b.jitter(4),
            )
        for _ in range(6):
            b.gouge((left + right) / 2 + b.jitter(20), 774 + b.jitter(3), 60, 3, WHITE, b.jitter(3))
    # railing
    for n in range(82):
        x = n * 20
        b.box(x, deck(x) - 42, 3, 44, BLACK, 0.2)
    b.flat([*[(x, y - 46) for x, y in top], *[(x, deck(x) - 40) for x, _ in reversed(top)]], BLACK, 0.4)
    # people, behind the railing
    walkers = [(300, BRICK, 0), (352, DEEP, 1), (640, OCHRE, 0), (1060, BLACK, 1), (1102, BRICK, 0), (1350, WHITE, 1)]
    for x, coat, hat in walkers:
        y = deck(x) - 40
        b.soft([(x - 19, y), (x - 17, y - 50), (x - 8, y - 70), (x + 8, y - 70), (x + 17, y - 50), (x + 19, y)], coat)
        b.disc(x, y - 80, 12, "#C98F66" if hat else "#8A5A3C", 0.5)
        b.soft(
            [(x - 14, y - 82), (x - 10, y - 98), (x + 10, y - 98), (x + 14, y - 82), (x, y - 88)],
            BLACK if coat != BLACK else BRICK,
        )
        for k in range(3):
            b.gouge(x - 6 + k * 6, y - 26, 30, 1.5, CREAM if coat not in (WHITE, OCHRE) else NIGHT, 86)
    # the cyclist
    cx, cy = 838, deck(838) - 34
    for u in (-44, 44):
        b.raw(f'<circle cx="{cx + u}" cy="{cy}" r="30" fill="none" stroke="{BLACK}" stroke-width="5"/>')
        for k in range(4):
            b.gouge(cx + u, cy, 56, 1.2, BLACK, k * 45 + 12)
    frame: list[tuple[float, float]] = [
        (cx - 4, cy),
        (cx - 44, cy),
        (cx - 14, cy - 46),
        (cx + 30, cy - 46),
        (cx - 4, cy),
        (cx - 14, cy - 46),
    ]
    b.line(frame, BRICK, 6)
    b.line([(cx + 44, cy), (cx + 26, cy - 60), (cx + 42, cy - 66)], BRICK, 6)
    b.line([(cx - 18, cy - 52), (cx - 34, cy - 52)], BRICK, 6)
    b.soft(
        [
            (cx - 30, cy - 58),
            (cx - 22, cy - 104),
            (cx + 6, cy - 128),
            (cx + 20, cy - 112),
            (cx + 4, cy - 80),
            (cx - 4, cy - 52),
        ],
        DEEP,
    )
    b.line([(cx + 4, cy - 112), (cx + 34, cy - 82), (cx + 38, cy - 66)], DEEP, 9)
    b.line([(cx - 16, cy - 58), (cx + 8, cy - 30), (cx - 2, cy + 4)], BLACK, 10)
    b.disc(cx + 18, cy - 140, 14, "#C98F66", 0.5)
    b.soft(
        [(cx + 2, cy - 142), (cx + 6, cy - 160), (cx + 28, cy - 160), (cx + 36, cy - 146), (cx + 18, cy - 148)], BLACK
    )
    b.flat([(cx - 62, cy - 66), (cx - 30, cy - 66), (cx - 32, cy - 40), (cx - 60, cy - 40)], OCHRE, 0.8)
    for k, ink in enumerate((BRICK, WHITE, DEEP)):
        b.box(cx - 58 + k * 9, cy - 84, 7, 20, ink, 0.4)
    for x, y, size, tilt in [
        (560, 190, 1.2, -8),
        (630, 232, 0.9, 6),
        (1180, 180, 1.1, 4),
        (1260, 222, 0.8, -8),
        (960, 130, 0.8, 8),
        (150, 200, 0.9, -4),
    ]:
        b.bird(x, y, size, BLACK, tilt)
