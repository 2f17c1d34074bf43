"""Tools of a linocut: gouges, wavering edges, printed layers, as SVG text.

A linocut knows flat inks and what a gouge takes out of them. So a picture here is a stack of flat shapes, whose edges
waver a little as a hand's do, and of gouges: slim marks, pointed at both ends, in the colour of the paper or of the ink
below. Chance comes from a seed, so a picture is drawn the same every time.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

Point = tuple[float, float]

CREAM = "#ECE3CF"
SAND = "#DCCFB2"
DEEP = "#1F5266"
NIGHT = "#123646"
BLACK = "#0E2632"
SAGE = "#8CA5A3"
MIST = "#B9C6BF"
BRICK = "#AE402B"
OCHRE = "#E0A057"
HONEY = "#EBC27F"
WHITE = "#F6F1E4"


@dataclass
class Block:
    """A block being cut: its size, its chance and the marks made so far."""

    width: int
    height: int
    seed: int
    marks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - drawing, not secrecy

    def raw(self, svg: str) -> None:
        """Print a piece of SVG as it is."""
        self.marks.append(svg)

    def flat(self, points: list[Point], ink: str, waver: float = 1.6, closed_gap: float = 46) -> None:
        """A flat shape with straight edges, cut by hand."""
        self.raw(f'<path d="{self._wavering(points, waver, closed_gap)}" fill="{ink}"/>')

    def box(self, x: float, y: float, w: float, h: float, ink: str, waver: float = 1.2) -> None:
        """An upright box."""
        self.flat([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], ink, waver)

    def disc(self, x: float, y: float, r: float, ink: str, waver: float = 1.4) -> None:
        """A round shape that is nearly a circle."""
        points = [
            (x + (r + self.jitter(waver)) * math.cos(a), y + (r + self.jitter(waver)) * math.sin(a))
            for a in (2 * math.pi * n / 40 for n in range(40))
        ]
        self.raw(f'<path d="{_smooth(points)}" fill="{ink}"/>')

    def soft(self, points: list[Point], ink: str) -> None:
        """A flat shape with a flowing edge through all points."""
        self.raw(f'<path d="{_smooth(points)}" fill="{ink}"/>')

    def gouge(
        self, x: float, y: float, length: float, width: float, ink: str, angle: float = 0, bend: float = 0
    ) -> None:
        """One mark of the gouge, pointed at both ends, about (x, y); angle in degrees."""
        a = math.radians(angle)
        c, s = math.cos(a), math.sin(a)

        def at(u: float, v: float) -> str:
            return f"{x + u * c - v * s:.1f} {y + u * s + v * c:.1f}"

        half = length / 2
        d = f"M{at(-half, 0)}Q{at(0, bend - width)} {at(half, 0)}Q{at(0, bend + width)} {at(-half, 0)}Z"
        self.raw(f'<path d="{d}" fill="{ink}"/>')

    def line(self, points: list[Point], ink: str, width: float) -> None:
        """A line of even width through all points: a rope, a rail, an arm."""
        d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        ends = 'stroke-linecap="round" stroke-linejoin="round"'
        self.raw(f'<path d="{d}" fill="none" stroke="{ink}" stroke-width="{width:.1f}" {ends}/>')

    def jitter(self, by: float) -> float:
        """A small step to either side."""
        return self.chance.uniform(-by, by)

    def sky(self, top: float, bottom: float, ink: str, marks: int, keep: list[tuple[float, float, float]]) -> None:
        """Long lines that the roller left, in bundles; `keep` are circles (x, y, r) that stay clear."""
        for _ in range(marks):
            x, y = self.chance.uniform(0, self.width), self.chance.uniform(top, bottom)
            for step in range(self.chance.randint(2, 5)):
                u, v = x + self.jitter(70), y + step * 11
                if v < bottom and all(math.hypot(u - a, v - b) > r for a, b, r in keep):
                    self.gouge(u, v, self.chance.uniform(70, 240), self.chance.uniform(1.4, 2.6), ink, self.jitter(0.8))

    def water(
        self, top: float, bottom: float, inks: list[str], rows: int, left: float = 0, right: float | None = None
    ) -> None:
        """Waves as rows of gouges, fine at the horizon and broad in front."""
        right = self.width if right is None else right
        for row in range(rows):
            depth = (row + 0.5) / rows
            y = top + (bottom - top) * depth**1.55
            length, width = 26 + 120 * depth, 1.1 + 3.6 * depth
            x = left + self.chance.uniform(0, length)
            while x < right:
                ink = inks[self.chance.randrange(len(inks))]
                bend = self.jitter(1) * (2 + 9 * depth)
                self.gouge(
                    x,
                    y + self.jitter(4 + 9 * depth),
                    length * self.chance.uniform(0.5, 1.2),
                    width,
                    ink,
                    self.jitter(3),
                    bend,
                )
                x += length * self.chance.uniform(1.1, 2.3)

    def bird(self, x: float, y: float, size: float, ink: str = BLACK, tilt: float = 0) -> None:
        """A gull far away: two strokes of the wing."""
        self.raw(
            f'<path transform="translate({x:.0f} {y:.0f}) rotate({tilt:.0f}) scale({size:.2f})" '
            f'd="M-20 -2C-13 -12 -6 -10 0 0C6 -11 14 -12 21 -4C13 -7 7 -4 0 6C-6 -4 -13 -6 -20 -2Z" fill="{ink}"/>'
        )

    def window(self, x: float, y: float, w: float, h: float, ink: str, bars: str | None = None) -> None:
        """A window, with bars where an ink for them is given."""
        self.box(x, y, w, h, ink, 0.6)
        if bars:
            self.box(x + w / 2 - 1.2, y, 2.4, h, bars, 0.2)
            self.box(x, y + h * 0.42, w, 2.4, bars, 0.2)

    def svg(self, ground: str) -> str:
        """The whole picture on its ground."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}">'
        ground_rect = f'<rect width="{self.width}" height="{self.height}" fill="{ground}"/>'
        return "\n".join([head, ground_rect, *self.marks, "</svg>", ""])

    def _wavering(self, points: list[Point], waver: float, gap: float) -> str:
        found: list[str] = []
        for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
            steps = max(1, round(math.hypot(x1 - x0, y1 - y0) / gap))
            for n in range(steps):
                t = n / steps
                by = waver if n else waver * 0.4
                found.append(f"{x0 + (x1 - x0) * t + self.jitter(by):.1f} {y0 + (y1 - y0) * t + self.jitter(by):.1f}")
        return "M" + "L".join(found) + "Z"


def _smooth(points: list[Point]) -> str:
    """A closed curve through the middles of all edges, drawn towards the points."""
    middles = [
        ((x0 + x1) / 2, (y0 + y1) / 2) for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True)
    ]
    d = f"M{middles[-1][0]:.1f} {middles[-1][1]:.1f}"
    for (x, y), (u, v) in zip(points, middles, strict=True):
        d += f"Q{x:.1f} {y:.1f} {u:.1f} {v:.1f}"
    return d + "Z"
