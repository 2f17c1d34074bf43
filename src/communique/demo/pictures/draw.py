"""Draws the demo's linocuts: `python -m communique.demo.pictures.draw [NAME …]` writes NAME.svg and NAME.webp beside it.

For those who change a picture; the demo itself only reads the WebP files. Needs Chromium (CHROMIUM=/path, or what
playwright installed), which turns SVG into pixels, and Pillow, which makes WebP of them.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

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

HERE = Path(__file__).parent
LIMIT_BYTES = 120_000


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
    b.flat([p(-0.035, 0.085), p(-0.035, 0.098), p(0.94, 0.098), p(1.045, 0.13), p(1.045, 0.116), p(0.94, 0.085)], WHITE, 0.7)
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
        b.flat([p(0.16 + n * 0.055, 0.275), p(0.205 + n * 0.055, 0.275), p(0.198 + n * 0.055, 0.253), p(0.167 + n * 0.055, 0.253)], OCHRE, 0.5)
    for n in range(26):
        b.gouge(*p(0.02 + n * 0.036, 0.02 + b.jitter(0.012)), 0.03 * s, 1.1, DEEP, b.jitter(3))


def ferry(b: Block) -> None:
    """The Morrowtern off Skelmar Point."""
    b.disc(1210, 250, 96, OCHRE)
    for n in range(9):
        b.gouge(1210 + b.jitter(12), 190 + n * 21, 150 - n * 5 + b.jitter(40), 1.8, CREAM, b.jitter(1))
    b.sky(30, 470, SAND, 58, [(1210, 250, 185)])
    b.soft([(330, 560), (470, 486), (590, 430), (680, 448), (800, 505), (930, 548), (1000, 560)], SAGE)
    for n in range(40):
        x = 420 + n * 13
        b.gouge(x, 545 - 70 * max(0.0, 1 - abs(x - 610) / 300) + b.jitter(14), 40, 1.6, MIST, 28 if x > 610 else -28)
    b.soft([(950, 562), (1120, 520), (1290, 508), (1450, 522), (1640, 512), (1640, 562)], MIST)
    b.flat([(-12, 556), (1612, 552), (1612, 975), (-12, 975)], DEEP, 2)
    b.water(566, 960, [NIGHT, NIGHT, "#3F7688", "#6E9AA0", NIGHT, MIST], 21)
    for n in range(15):
        y = 572 + n * 11
        b.gouge(1216 + b.jitter(26), y, 150 - n * 5 + b.jitter(30), 2.6, OCHRE if n % 3 else HONEY, b.jitter(2))
    b.soft([(-40, 590), (-40, 420), (40, 392), (130, 396), (215, 410), (300, 452), (352, 508), (440, 556), (470, 590)], NIGHT)
    for n in range(48):
        x = b.chance.uniform(-10, 380)
        low = 418 + max(0, x - 160) * 0.42
        b.gouge(x, b.chance.uniform(low, 566), b.chance.uniform(26, 70), 1.9, DEEP if n % 4 else SAGE, 22 + b.jitter(12), b.jitter(4))
    lighthouse(b, 142, 402, 208, 70)
    for n, (dx, wall) in enumerate([(222, WHITE), (268, HONEY), (312, WHITE)]):
        house(b, dx, 446 + n * 27, 38, 28, wall, BRICK, NIGHT)
    for n in range(9):
        b.gouge(40 + n * 52 + b.jitter(14), 590 + b.jitter(6), 66, 3, WHITE, b.jitter(4), -4)
    b.soft([(766, 452), (770, 420), (800, 396), (842, 388), (866, 366), (858, 340), (890, 318), (930, 320), (902, 338),
            (902, 366), (880, 396), (836, 410), (806, 424), (792, 452)], MIST)
    for n in range(6):
        b.gouge(812 + n * 14, 408 - n * 12, 36, 1.7, CREAM, -40, 4)
    ferry_ship(b, 560, 740, 760)
    for n in range(34):
        u = n / 34
        b.gouge(560 + 760 * u + b.jitter(20), 742 + b.jitter(5), 50 + b.jitter(24), 3.4, WHITE if n % 3 else MIST, b.jitter(3), -3)
    for n in range(44):
        u = b.chance.random() ** 0.8
        b.gouge(545 - 520 * u, 748 + 110 * u * b.chance.uniform(0.25, 1), 34 + 70 * u, 2.4 + 1.6 * u, WHITE if n % 3 else MIST, -9 + b.jitter(5), -3)
    for n in range(18):
        b.gouge(1330 + n * 8 + b.jitter(8), 738 + n * 2.2 + b.jitter(6), 40, 3, WHITE, 12 + b.jitter(8), 3)
    for n in range(10):
        b.gouge(700 + n * 58 + b.jitter(16), 772 + b.jitter(8), 60, 3, BLACK, b.jitter(3), 3)
    for x, y, size, tilt in [(470, 200, 1.25, -8), (556, 158, 1.0, 6), (420, 280, 0.85, 4), (990, 150, 0.8, -4), (1058, 196, 1.0, 8), (1400, 380, 1.1, -6), (1472, 420, 0.75, 5)]:
        b.bird(x, y, size, BLACK, tilt)


def harbour(b: Block) -> None:
    """Tessmark at sunrise: boats, the crane, houses on the hill."""
    b.disc(700, 470, 150, OCHRE)
    for n in range(14):
        b.gouge(700 + b.jitter(10), 345 + n * 17, 250 - abs(n - 7) * 12 + b.jitter(40), 2.0, CREAM if n % 2 else HONEY, b.jitter(0.8))
    b.sky(24, 460, SAND, 52, [(700, 470, 250)])
    for n in range(26):
        a = -172 + n * 6.3
        r = 210 + (n % 2) * 26
        b.gouge(700 + r * math.cos(math.radians(a)), 470 + r * math.sin(math.radians(a)), 60, 2.6, OCHRE, a)
    b.soft([(-60, 570), (-60, 500), (120, 482), (300, 472), (470, 500), (640, 546), (660, 570)], MIST)
    b.soft([(820, 540), (930, 470), (1020, 380), (1150, 300), (1290, 236), (1440, 208), (1660, 190), (1660, 620), (820, 620)], NIGHT)
    for n in range(80):
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
        b.gouge(700 + b.jitter(34), y, 280 - n * 6 + b.jitter(70), 3.4, [OCHRE, HONEY, CREAM][n % 3], b.jitter(1.5), b.jitter(4))
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
    for x, y, s, hull, cabin in [(360, 700, 1.0, BRICK, WHITE), (1060, 690, 0.86, BLACK, WHITE), (600, 838, 1.42, BLACK, OCHRE), (1290, 800, 1.2, BRICK, CREAM)]:
        def q(u: float, v: float, x: float = x, y: float = y, s: float = s) -> tuple[float, float]:
            return x + u * s, y + v * s

        b.box(*q(108, -176), 4 * s, 150 * s, BLACK, 0.4)
        b.box(*q(24, -130), 3.4 * s, 104 * s, BLACK, 0.4)
        b.raw(f'<path d="M{q(110, -172)[0]:.0f} {q(110, -172)[1]:.0f}L{q(210, -44)[0]:.0f} {q(210, -44)[1]:.0f}M{q(110, -172)[0]:.0f} {q(110, -172)[1]:.0f}L{q(6, -36)[0]:.0f} {q(6, -36)[1]:.0f}" stroke="{BLACK}" stroke-width="{2 * s:.1f}" fill="none"/>')
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
    for x, y, size, tilt in [(520, 220, 1.2, -10), (600, 176, 0.9, 8), (880, 190, 1.3, 4), (960, 248, 0.8, -6), (300, 150, 0.8, 6), (760, 262, 0.7, 0)]:
        b.bird(x, y, size, BLACK, tilt)


def reading_room(b: Block) -> None:
    """The common reading room: windows on the sea, shelves, tables, lamps, readers."""
    # far wall and windows
    b.flat([(380, 150), (1220, 150), (1220, 640), (380, 640)], SAND, 2)
    for n in range(3):
        x = 446 + n * 252
        b.raw(f'<path d="M{x} 600V300C{x} 190 {x + 204} 190 {x + 204} 300V600Z" fill="{WHITE}"/>')
        b.raw(f'<clipPath id="w{n}"><path d="M{x + 12} 590V302C{x + 12} 206 {x + 192} 206 {x + 192} 302V590Z"/></clipPath>')
        b.raw(f'<g clip-path="url(#w{n})">')
        b.box(x, 190, 204, 410, HONEY, 0)
        for k in range(12):
            b.gouge(x + 100 + b.jitter(50), 230 + k * 16, 120 + b.jitter(60), 1.8, CREAM, b.jitter(1))
        b.box(x, 440, 204, 170, DEEP, 0)
        for k in range(26):
            b.gouge(x + b.chance.uniform(0, 204), 448 + k * 6, 40 + k, 1.4 + k * 0.06, [MIST, NIGHT, "#5B8B97"][k % 3], b.jitter(2))
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
    for n in range(46):
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
        b.gouge(b.chance.uniform(400 - (y - 640) * 1.15, 1200 + (y - 640) * 1.15), y, 40 + (y - 640) * 0.28, 1.5, "#B9773A" if n % 3 else HONEY, b.jitter(1))
    # readers and tables, from the back to the front
    for y, s, seats in [(640, 0.62, 4), (738, 0.9, 4), (880, 1.3, 4)]:
        left, right = 800 - 430 * s, 800 + 430 * s
        for n in range(seats):
            x = left + (n + 0.5) * (right - left) / seats + b.jitter(10 * s)
            if (n + round(s * 10)) % 5 == 3:
                continue
            coat = [NIGHT, BRICK, DEEP, SAGE][(n + round(s * 7)) % 4]
            b.soft([(x - 44 * s, y), (x - 40 * s, y - 52 * s), (x - 20 * s, y - 72 * s), (x + 20 * s, y - 72 * s), (x + 40 * s, y - 52 * s), (x + 44 * s, y)], coat)
            b.disc(x + 3 * s, y - 92 * s, 19 * s, "#C98F66" if n % 2 else "#8A5A3C", 0.5)
            b.soft([(x - 20 * s, y - 92 * s), (x - 14 * s, y - 116 * s), (x + 12 * s, y - 118 * s), (x + 24 * s, y - 98 * s), (x + 8 * s, y - 106 * s), (x - 8 * s, y - 100 * s)], BLACK if n % 3 else "#6B3A22")
            for k in range(4):
                b.gouge(x - 20 * s + k * 13 * s, y - 34 * s, 34 * s, 1.4 * s, CREAM if coat != SAGE else NIGHT, 78 + k * 8)
        b.flat([(left - 24 * s, y - 10 * s), (right + 24 * s, y - 10 * s), (right + 52 * s, y + 26 * s), (left - 52 * s, y + 26 * s)], BRICK, 1)
        b.flat([(left - 52 * s, y + 26 * s), (right + 52 * s, y + 26 * s), (right + 52 * s, y + 38 * s), (left - 52 * s, y + 38 * s)], BLACK, 0.8)
        for n in range(round(26 * s)):
            b.gouge(b.chance.uniform(left, right), y + b.chance.uniform(-4, 22) * s, 70 * s, 1.3, "#7E2A1B", b.jitter(1))
        for n in range(seats):
            x = left + (n + 0.5) * (right - left) / seats
            b.flat([(x - 34 * s, y + 12 * s), (x - 26 * s, y - 4 * s), (x, y - 1 * s), (x + 26 * s, y - 4 * s), (x + 34 * s, y + 12 * s), (x, y + 15 * s)], WHITE, 0.6)
            for k in range(3):
                b.gouge(x - 14 * s, y + (1 + 4 * k) * s, 20 * s, 0.9, SAGE, 3)
                b.gouge(x + 14 * s, y + (1 + 4 * k) * s, 20 * s, 0.9, SAGE, -3)
        for n in range(seats - 1):
            x = left + (n + 1) * (right - left) / seats
            b.flat([(x - 60 * s, y + 16 * s), (x, y - 2 * s), (x + 60 * s, y + 16 * s)], OCHRE, 0.6)
            b.box(x - 2.5 * s, y - 56 * s, 5 * s, 62 * s, HONEY, 0.3)
            b.flat([(x - 34 * s, y - 50 * s), (x - 22 * s, y - 72 * s), (x + 22 * s, y - 72 * s), (x + 34 * s, y - 50 * s)], "#2F6B5A", 0.7)
            b.box(x - 28 * s, y - 51 * s, 56 * s, 6 * s, HONEY, 0.4)
            b.box(x - 16 * s, y + 4 * s, 32 * s, 6 * s, BLACK, 0.4)
        for u in (left - 30 * s, right + 30 * s - 12 * s):
            b.box(u, y + 38 * s, 14 * s, 66 * s, BLACK, 0.5)
    for x in (674, 926):
        b.box(x - 2, 60, 4, 110, HONEY, 0.3)
        b.disc(x, 190, 26, WHITE, 0.8)
        b.gouge(x, 190, 34, 3, HONEY)
        b.box(x - 18, 162, 36, 8, HONEY, 0.4)


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
            gable = [(x, top), (x, top - 26), (x + w * 0.2, top - 26), (x + w * 0.2, top - 58), (x + w * 0.38, top - 58), (x + w * 0.38, top - 92),
                     (x + w * 0.62, top - 92), (x + w * 0.62, top - 58), (x + w * 0.8, top - 58), (x + w * 0.8, top - 26), (x + w, top - 26), (x + w, top)]
        elif n % 3 == 1:
            gable = [(x, top), (x + w / 2, top - 84), (x + w, top)]
        else:
            gable = [(x, top), (x + 10, top - 56), (x + w - 10, top - 56), (x + w, top)]
        b.box(x + w * 0.68, top - 96, 20, 70, BLACK, 0.6)
        b.flat(gable, ink if n % 3 == 0 else BLACK, 1)
        b.box(x, top - 2, w, h + 2, ink, 1)
        for _ in range(24):
            mark = BLACK if ink not in (DEEP, "#7E2F20", BRICK) else NIGHT
            b.gouge(b.chance.uniform(x + 10, x + w - 10), b.chance.uniform(top + 10, base - 10), 24, 1.1, mark, b.jitter(2))
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
        b.gouge(b.chance.uniform(0, 1600), base + b.chance.uniform(8, 50), 34, 1.5, NIGHT if n % 3 else MIST, b.jitter(2))
    for n in range(5):
        lx = 150 + n * 330
        b.box(lx - 3, base - 110, 6, 128, BLACK, 0.4)
        b.flat([(lx - 14, base - 112), (lx - 18, base - 146), (lx + 18, base - 146), (lx + 14, base - 112)], HONEY, 0.6)
        b.flat([(lx - 24, base - 146), (lx, base - 170), (lx + 24, base - 146)], BLACK, 0.6)
        b.box(lx - 16, base - 114, 32, 5, BLACK, 0.3)
    for x, coat, h in [(420, BRICK, 62), (446, NIGHT, 70), (1010, OCHRE, 64)]:
        b.soft([(x - 13, base + 24), (x - 11, base - h * 0.45), (x, base - h * 0.6), (x + 11, base - h * 0.45), (x + 13, base + 24)], coat)
        b.disc(x, base - h * 0.62, 9, "#C98F66", 0.4)
        b.box(x - 8, base + 22, 5, 12, BLACK, 0.2)
        b.box(x + 3, base + 22, 5, 12, BLACK, 0.2)
    # water with reflections
    b.flat([(-12, 684), (1612, 684), (1612, 975), (-12, 975)], BLACK, 1.5)
    for x, w, h, ink in fronts:
        for k in range(15):
            y = 692 + k * 16
            b.gouge(x + w / 2 + b.jitter(14), y, w * (0.86 - k * 0.03) + b.jitter(24), 3.6, ink if k % 3 else HONEY, b.jitter(1.4), b.jitter(3))
    for n in range(5):
        for k in range(14):
            b.gouge(150 + n * 330 + b.jitter(10), 694 + k * 18, 52 - k * 1.6 + b.jitter(12), 4, HONEY if k % 4 else CREAM, b.jitter(2), b.jitter(3))
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
        b.gouge(560 + 640 * u, 428 + 640 * u * a, 60 + 110 * u, 2.6, [OCHRE, NIGHT, WHITE, OCHRE][n % 4], math.degrees(a))
    b.flat([(560, 420), (-20, 330), (-20, 520), (560, 438)], "#2C6276", 1)
    for n in range(16):
        u = b.chance.uniform(0.1, 1)
        b.gouge(560 - 560 * u, 428 + b.jitter(80 * u), 90, 2, NIGHT, b.jitter(6))
    # rock
    b.soft([(60, 1500), (90, 1260), (200, 1120), (330, 1040), (440, 1010), (760, 1004), (900, 1010), (980, 1080), (1050, 1180), (1120, 1320), (1160, 1500)], BLACK)
    for n in range(150):
        x = b.chance.uniform(110, 1090)
        top = 1024 + abs(x - 570) * 0.42
        b.gouge(x, b.chance.uniform(top, 1330), b.chance.uniform(28, 78), 2.2, [DEEP, "#3F7688", SAGE, DEEP][n % 4], (38 if x > 570 else -38) + b.jitter(16), b.jitter(5))
    # keeper's house
    b.box(690, 926, 190, 110, WHITE, 1)
    b.flat([(670, 928), (726, 858), (846, 858), (902, 928)], BRICK, 1)
    b.box(832, 836, 22, 46, BLACK, 0.6)
    for n in range(30):
        b.gouge(b.chance.uniform(704, 870), b.chance.uniform(868, 922), 26, 1.5, "#7E2A1B", b.jitter(2))
    b.window(716, 954, 38, 40, HONEY, BLACK)
    b.window(826, 954, 38, 40, HONEY, BLACK)
    b.box(774, 964, 32, 72, DEEP, 0.6)
    lighthouse(b, 560, 1020, 520, 158, 6)
    b.box(543, 940, 34, 66, BLACK, 0.6)
    for n in (0.36, 0.66):
        b.box(552, 1020 - 520 * n - 20, 16, 28, BLACK, 0.5)
    # sea
    b.flat([(-12, 1300), (120, 1286), (300, 1310), (470, 1290), (640, 1316), (820, 1292), (1000, 1312), (1212, 1288), (1212, 1515), (-12, 1515)], DEEP, 3)
    for crest, y in ((WHITE, 1306), (MIST, 1368), (WHITE, 1440)):
        for n in range(13):
            x = n * 98 + b.jitter(26)
            b.soft([(x - 62, y + 20), (x - 26, y - 16), (x + 8, y - 34), (x + 40, y - 24), (x + 34, y - 8), (x + 12, y - 12), (x, y + 4), (x + 20, y + 20)], NIGHT if crest == MIST else "#2C6276")
            b.gouge(x - 4, y - 22, 84, 5, crest, -22 + b.jitter(6), -8)
            b.gouge(x + 26, y + 2, 44, 3, crest, 10, 5)
    b.water(1320, 1500, [NIGHT, "#6E9AA0", NIGHT, MIST], 8)
    for n in range(46):
        b.gouge(b.chance.uniform(60, 330), b.chance.uniform(1190, 1300), 22, 3, WHITE, -60 + b.jitter(34))
    for n in range(36):
        b.gouge(b.chance.uniform(900, 1130), b.chance.uniform(1200, 1300), 22, 3, WHITE, 50 + b.jitter(34))
    for x, y, size, tilt in [(250, 250, 1.5, -12), (350, 190, 1.1, 8), (880, 700, 1.4, 10), (980, 640, 1.0, -6), (760, 160, 1.2, -4)]:
        b.bird(x, y, size, WHITE, tilt)


def tides(b: Block) -> None:
    """Low and high water at the harbour wall, with the curve between them and the moon above."""
    b.sky(20, 520, SAND, 50, [])
    for n, lit in enumerate((0.0, 0.35, 0.7, 1.0, 0.7, 0.35, 0.0)):
        x = 200 + n * 200
        y = 150 - 46 * math.sin(math.pi * n / 6)
        b.disc(x, y, 44, NIGHT, 0.9)
        if lit == 1.0:
            b.disc(x, y, 41, HONEY, 0.8)
            for k in range(4):
                b.gouge(x, y - 22 + k * 15, 50, 1.7, OCHRE, b.jitter(2))
        elif lit:
            side = 1 if n < 3 else -1
            inner = 41 * (1 - 2 * lit) * side
            b.raw(f'<path d="M{x} {y - 41:.1f}A41 41 0 0 {1 if side == 1 else 0} {x} {y + 41:.1f}A{abs(inner):.1f} 41 0 0 {int((inner > 0) != (side == 1)) if False else (1 if inner < 0 else 0)} {x} {y - 41:.1f}Z" fill="{HONEY}"/>')
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
            b.gouge(x, level(x) + off + b.jitter(5), length * b.chance.uniform(0.6, 1.2), 1.8 + row * 0.16, [NIGHT, "#6E9AA0", NIGHT, "#3F7688", MIST][b.chance.randrange(5)], slope, b.jitter(5))
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
        b.raw(f'<text x="{gx + 16}" y="{372 + n * 100}" font-family="Georgia, serif" font-weight="700" font-size="42" fill="{NIGHT}">{digit}</text>')
    b.raw(f'<g opacity="0.93"><path d="M{gx - 46} {level(gx - 46):.0f}L{gx + 46} {level(gx + 46):.0f}V1020H{gx - 46}Z" fill="{DEEP}"/></g>')
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
    for x, y, size, tilt in [(600, 330, 1.1, 8), (670, 290, 0.8, -8), (1010, 380, 1.2, -4), (1090, 430, 0.8, 8), (1420, 330, 1.0, 4), (130, 330, 1.0, -8)]:
        b.bird(x, y, size, BLACK, tilt)


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
        b.flat([(x - 4, 540 - h), (x + w / 2, 540 - h - 50), (x + w + 4, 540 - h)], SAGE if ink == MIST else "#6F8F90", 1)
        for k in range(6):
            b.box(x + w * (0.2 + 0.42 * (k % 2)), 540 - h + 20 + 44 * (k // 2), w * 0.16, 22, CREAM if (n + k) % 3 else HONEY, 0.5)
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
        b.gouge(360 + b.jitter(30), 590 + n * 17, 190 - n * 4 + b.jitter(50), 3.2, BRICK if n % 3 else OCHRE, b.jitter(2), b.jitter(4))

    def deck(x: float) -> float:
        return 560 - 92 * math.sin(math.pi * min(1.0, max(0.0, (x + 60) / 1720)))

    top = [(x, deck(x)) for x in range(-20, 1641, 20)]
    under = [(x, deck(x) + 54) for x in range(1640, -21, -20)]
    spans = [(70, 420), (500, 1100), (1180, 1530)]
    body = [*top, (1640, 760), (-20, 760)]
    holes = ""
    for left, right in spans:
        mid, rise = (left + right) / 2, deck((left + right) / 2) + 66
        holes += f"M{left} 760C{left} {rise - 20:.0f} {mid - (right - left) * 0.2:.0f} {rise:.0f} {mid} {rise:.0f}C{mid + (right - left) * 0.2:.0f} {rise:.0f} {right} {rise - 20:.0f} {right} 760Z"
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
            b.gouge((left + right) / 2 + b.jitter(30), 778 + n * 15, right - left + b.jitter(24), 4, BLACK, b.jitter(2), b.jitter(4))
        for n in range(6):
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
        b.soft([(x - 14, y - 82), (x - 10, y - 98), (x + 10, y - 98), (x + 14, y - 82), (x, y - 88)], BLACK if coat != BLACK else BRICK)
        for k in range(3):
            b.gouge(x - 6 + k * 6, y - 26, 30, 1.5, CREAM if coat not in (WHITE, OCHRE) else NIGHT, 86)
    # the cyclist
    cx, cy = 838, deck(838) - 34
    for u in (-44, 44):
        b.raw(f'<circle cx="{cx + u}" cy="{cy}" r="30" fill="none" stroke="{BLACK}" stroke-width="5"/>')
        for k in range(4):
            b.gouge(cx + u, cy, 56, 1.2, BLACK, k * 45 + 12)
    b.raw(f'<path d="M{cx - 44} {cy}L{cx - 14} {cy - 46}H{cx + 30}L{cx - 4} {cy}ZM{cx + 44} {cy}L{cx + 26} {cy - 60}L{cx + 42} {cy - 66}M{cx - 18} {cy - 52}H{cx - 34}" fill="none" stroke="{BRICK}" stroke-width="6" stroke-linejoin="round"/>')
    b.soft([(cx - 30, cy - 58), (cx - 22, cy - 104), (cx + 6, cy - 128), (cx + 20, cy - 112), (cx + 4, cy - 80), (cx - 4, cy - 52)], DEEP)
    b.raw(f'<path d="M{cx + 4} {cy - 112}L{cx + 34} {cy - 82}L{cx + 38} {cy - 66}" fill="none" stroke="{DEEP}" stroke-width="9" stroke-linecap="round" stroke-linejoin="round"/>')
    b.raw(f'<path d="M{cx - 16} {cy - 58}L{cx + 8} {cy - 30}L{cx - 2} {cy + 4}" fill="none" stroke="{BLACK}" stroke-width="10" stroke-linecap="round" stroke-linejoin="round"/>')
    b.disc(cx + 18, cy - 140, 14, "#C98F66", 0.5)
    b.soft([(cx + 2, cy - 142), (cx + 6, cy - 160), (cx + 28, cy - 160), (cx + 36, cy - 146), (cx + 18, cy - 148)], BLACK)
    b.flat([(cx - 62, cy - 66), (cx - 30, cy - 66), (cx - 32, cy - 40), (cx - 60, cy - 40)], OCHRE, 0.8)
    for k, ink in enumerate((BRICK, WHITE, DEEP)):
        b.box(cx - 58 + k * 9, cy - 84, 7, 20, ink, 0.4)
    for x, y, size, tilt in [(560, 190, 1.2, -8), (630, 232, 0.9, 6), (1180, 180, 1.1, 4), (1260, 222, 0.8, -8), (960, 130, 0.8, 8), (150, 200, 0.9, -4)]:
        b.bird(x, y, size, BLACK, tilt)


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
        b.gouge(330 + b.jitter(16), 322 + n * 14, 90 - n * 3 + b.jitter(20), 3, CREAM if n % 2 else MIST, b.jitter(2), 2)

    def fish(x: float, y: float, s: float, a: float, ink: str, belly: str) -> None:
        b.raw(f'<g transform="translate({x:.1f} {y:.1f}) rotate({a:.1f}) scale({s:.2f})">'
              f'<path d="M-46 0C-30 -19 14 -21 46 -1C14 19 -28 17 -46 0Z" fill="{ink}"/>'
              f'<path d="M-44 2C-28 15 14 17 44 1C14 8 -26 10 -44 2Z" fill="{belly}"/>'
              f'<path d="M-40 0L-66 -17L-59 0L-66 17Z" fill="{ink}"/><path d="M-4 -15L8 -26L16 -14Z" fill="{ink}"/>'
              f'<path d="M4 14L-4 24L-10 13Z" fill="{ink}"/><circle cx="33" cy="-4" r="3.6" fill="{BLACK}"/>'
              f'<path d="M-24 -6Q-2 -11 20 -7Q-2 -8 -24 -6ZM-28 -1Q-4 -5 22 -1.500Q-4 -2.500 -28 -1ZM24 -11Q18 -1 24 9Q20 -1 24 -11Z" fill="{BLACK}"/></g>')

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
        b.raw(f'<path d="M{q(151, -148)[0]:.0f} {q(151, -148)[1]:.0f}L{q(end, -40)[0]:.0f} {q(end, -40)[1]:.0f}" stroke="{MIST}" stroke-width="2"/>')
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
        b.raw(f'<path d="M{u:.0f} {v:.0f}l-12 {84 + n % 3 * 6}M{u - 34:.0f} {v:.0f}l22 {84 + n % 2 * 6}" stroke="{MIST}" stroke-width="1.300"/>')
    for u, v in floats:
        b.disc(u, v, 7, OCHRE, 0.3)
    for bx, by, size, tilt in [(640, 170, 1.2, -8), (720, 120, 0.9, 8), (1300, 150, 1.1, 6), (1380, 200, 0.8, -6)]:
        b.bird(bx, by, size, CREAM, tilt)


PICTURES: dict[str, tuple[Callable[[Block], None], int, int, str]] = {
    "ferry": (ferry, 1600, 960, CREAM),
    "harbour": (harbour, 1600, 960, CREAM),
    "reading-room": (reading_room, 1600, 960, SAND),
    "quay": (quay, 1600, 960, NIGHT),
    "keepers": (keepers, 1200, 1500, NIGHT),
    "tides": (tides, 1600, 1000, CREAM),
    "bridge": (bridge, 1600, 960, CREAM),
    "herring": (herring, 1600, 1000, NIGHT),
}


def main(names: list[str]) -> None:
    """Draw the named pictures, or all; says the size of each."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"])
        for number, (name, (cut, width, height, ground)) in enumerate(PICTURES.items()):
            if names and name not in names:
                continue
            block = Block(width, height, seed=1000 + number)
            cut(block)
            (HERE / f"{name}.svg").write_text(block.svg(ground), "utf-8")
            page = browser.new_page(viewport={"width": width, "height": height})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{block.svg(ground)}")
            size = _save(page.screenshot(), HERE / f"{name}.webp")
            page.close()
            print(f"{name}: {width} × {height}, {size:,} bytes")
        browser.close()


def _save(png: bytes, target: Path) -> int:
    """The picture as WebP in the best quality that fits the limit; returns its bytes."""
    image = Image.open(BytesIO(png)).convert("RGB")
    for quality in range(88, 20, -4):
        image.save(target, "WEBP", quality=quality, method=6)
        if target.stat().st_size <= LIMIT_BYTES:
            break
    return target.stat().st_size


if __name__ == "__main__":
    main(sys.argv[1:])
