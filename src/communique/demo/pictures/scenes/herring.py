"""A boat at night, and the herring below her."""

from __future__ import annotations

import math

from communique.demo.pictures.carving import BLACK, BRICK, CREAM, DEEP, HONEY, MIST, NIGHT, OCHRE, SAGE, WHITE, Block
from communique.demo.pictures.things import lighthouse


def herring(b: Block) -> None:
    """A boat at night, and below her more herring than she will ever need."""
    b.sky(16, 250, "#1D4B5E", 26, [(330, 130, 90)])
    b.disc(330, 130, 54, CREAM)
    for n in range(4):
        b.gouge(330, 108 + n * 16, 74, 1.7, MIST, b.jitter(1))
    for _ in range(26):
        b.gouge(b.chance.uniform(0, 1600), b.chance.uniform(14, 220), 6, 1.6, CREAM, b.chance.uniform(0, 180))
    b.soft([(-40, 330), (-40, 262), (140, 236), (300, 252), (430, 300), (520, 330)], BLACK)
    lighthouse(b, 150, 252, 84, 26, 3)
    wave = [(x, 306 + 9 * math.sin(x / 74)) for x in range(-20, 1641, 20)]
    b.flat([*wave, (1640, 1020), (-20, 1020)], DEEP, 0.8)
    b.flat([*[(x, y + 250 + 40 * math.sin(x / 190)) for x, y in wave], (1640, 1020), (-20, 1020)], NIGHT, 0.8)
    b.flat([*[(x, y + 470 + 30 * math.sin(x / 160 + 2)) for x, y in wave], (1640, 1020), (-20, 1020)], BLACK, 0.8)
    for n in range(32):
        b.gouge(n * 52 + b.jitter(12), 312 + 9 * math.sin(n * 52 / 74), 48, 4, WHITE, b.jitter(5), -3)
    for n in range(16):
        b.gouge(
            330 + b.jitter(16), 322 + n * 14, 90 - n * 3 + b.jitter(20), 3, CREAM if n % 2 else MIST, b.jitter(2), 2
        )

    def fish(x: float, y: float, s: float, a: float, ink: str, belly: str) -> None:
        b.raw(
            f'<g transform="translate({x:.1f} {y:.1f}) rotate({a:.1f}) scale({s:.2f})">'
            f'<path d="M-46 0C-30 -19 14 -21 46 -1C14 19 -28 17 -46 0Z" fill="{ink}"/>'
            f'<path d="M-44 2C-28 15 14 17 44 1C14 8 -26 10 -44 2Z" fill="{belly}"/>'
            f'<path d="M-40 0L-66 -17L-59 0L-66 17Z" fill="{ink}"/><path d="M-4 -15L8 -26L16 -14Z" fill="{ink}"/>'
            f'<path d="M4 14L-4 24L-10 13Z" fill="{ink}"/><circle cx="33" cy="-4" r="3.6" fill="{BLACK}"/>'
            f'<path d="M-24 -6Q-2 -11 20 -7Q-2 -8 -24 -6ZM-28 -1Q-4 -5 22 -1.500Q-4 -2.500 -28 -1Z" fill="{BLACK}"/>'
            f'<path d="M24 -11Q18 -1 24 9Q20 -1 24 -11Z" fill="{BLACK}"/></g>'
        )

    placed: list[tuple[float, float]] = []
    tries = 0
    while len(placed) < 150 and tries < 9000:
        tries += 1
        t = b.chance.uniform(0, 1)
        x = 60 + 1500 * t
        mid = 690 - 150 * math.sin(t * math.pi * 1.15) + 60 * math.sin(t * 7)
        y = mid + b.chance.gauss(0, 120)
        if not 440 < y < 965 or any(abs(x - u) < 84 and abs(y - v) < 36 for u, v in placed):
            continue
        placed.append((x, y))
        a = -18 * math.cos(t * math.pi * 1.15) + b.jitter(9)
        k = len(placed)
        if k % 23 == 0:
            ink, belly = OCHRE, HONEY
        elif k % 37 == 0:
            ink, belly = BRICK, OCHRE
        else:
            ink, belly = [(MIST, WHITE), (SAGE, CREAM), (CREAM, WHITE), ("#6E9AA0", MIST)][k % 4]
        fish(x, y, b.chance.uniform(0.8, 1.02), a, ink, belly)
    for _ in range(60):
        x, y = b.chance.uniform(0, 1600), b.chance.uniform(360, 980)
        if not any(abs(x - u) < 80 and abs(y - v) < 30 for u, v in placed):
            b.gouge(x, y, 60, 2, "#3F7688" if y < 760 else DEEP, b.jitter(6), b.jitter(4))
    x, y, s = 820, 306, 1.5

    def q(u: float, v: float) -> tuple[float, float]:
        return x + u * s, y + v * s

    b.box(*q(150, -150), 5, 170, BLACK, 0.4)
    b.box(*q(28, -120), 4, 130, BLACK, 0.4)
    for end in (250, 40):
        b.line([q(151, -148), q(end, -40)], MIST, 2)
    b.flat([q(54, -34), q(54, -88), q(112, -88), q(120, -34)], WHITE, 0.9)
    b.box(*q(48, -96), 110, 12, BRICK, 0.5)
    for n in range(2):
        b.box(*q(64 + n * 26, -78), 25, 26, HONEY, 0.4)
    b.flat([q(0, -36), q(230, -50), q(262, -60), q(228, 10), q(26, 10)], BRICK, 1.2)
    b.flat([q(-1, -38), q(231, -52), q(263, -62), q(259, -52), q(230, -43), q(2, -28)], WHITE, 0.5)
    for n in range(9):
        b.gouge(*q(36 + n * 23, -8 + b.jitter(7)), 34, 2, "#7E2A1B", -3)
    for n in range(12):
        b.gouge(*q(8 + n * 20, 12 + b.jitter(3)), 52, 4, WHITE, b.jitter(4), 2)
    b.disc(*q(151, -158), 9, HONEY, 0.4)
    floats = [(806 - 34 * n, 312 + 9 * math.sin((806 - 34 * n) / 74)) for n in range(10)]
    line = "L".join(f"{u:.0f} {v:.0f}" for u, v in [q(20, -24), *floats])
    b.raw(f'<path d="M{line}L{floats[-1][0] - 18:.0f} 420" stroke="{HONEY}" stroke-width="2.500" fill="none"/>')
    for n in range(9):
        u, v = floats[n]
        b.line([(u, v), (u - 12, v + 84 + n % 3 * 6)], MIST, 1.3)
        b.line([(u - 34, v), (u - 12, v + 84 + n % 2 * 6)], MIST, 1.3)
    for u, v in floats:
        b.disc(u, v, 7, OCHRE, 0.3)
    for bx, by, size, tilt in [(640, 170, 1.2, -8), (720, 120, 0.9, 8), (1300, 150, 1.1, 6), (1380, 200, 0.8, -6)]:
        b.bird(bx, by, size, CREAM, tilt)
