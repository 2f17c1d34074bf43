"""Skelmar Point in the fog of an early morning: no linocut but a photograph, computed from noise and light."""

from __future__ import annotations

from communique.demo.pictures.carving import Block, Point

WIDE, HIGH = 1600, 960
HORIZON = 600
SUN = (470, 452)
LAMP = (1188, 270)

ATMOSPHERE = f"""<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#5d7884"/>
<stop offset=".34" stop-color="#93a8a8"/><stop offset=".58" stop-color="#d3c6ae"/>
<stop offset=".64" stop-color="#e6d0ab"/></linearGradient>
<linearGradient id="sea" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#d9c7a8"/>
<stop offset=".12" stop-color="#a9b1a8"/><stop offset=".5" stop-color="#57727c"/>
<stop offset="1" stop-color="#1d3641"/></linearGradient>
<radialGradient id="glow"><stop offset="0" stop-color="#fff6df"/>
<stop offset=".1" stop-color="#fdeac2" stop-opacity=".8"/><stop offset=".4"
stop-color="#f4d7a2" stop-opacity=".32"/><stop offset="1" stop-color="#f4d7a2" stop-opacity="0"/>
</radialGradient>
<radialGradient id="lamp"><stop offset="0" stop-color="#fffdf3"/>
<stop offset=".12" stop-color="#fff4da" stop-opacity=".85"/><stop offset=".4" stop-color="#fbe8c4" stop-opacity=".24"/>
<stop offset="1" stop-color="#f6e3c2" stop-opacity="0"/></radialGradient>
<linearGradient id="beam" x1="1" y1="0" x2="0" y2="0"><stop offset="0" stop-color="#fff1cb" stop-opacity=".55"/>
<stop offset="1" stop-color="#fff1cb" stop-opacity="0"/></linearGradient>
<linearGradient id="bank" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#e9dcc2" stop-opacity="0"/>
<stop offset=".62" stop-color="#e9dcc2" stop-opacity=".82"/><stop offset="1" stop-color="#e9dcc2" stop-opacity="0"/>
</linearGradient>
<linearGradient id="shore" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#1c333d"/>
<stop offset=".5" stop-color="#2c4650"/><stop offset="1" stop-color="#5d7378"/></linearGradient>
<linearGradient id="near" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#000"/>
<stop offset=".26" stop-color="#fff"/><stop offset="1" stop-color="#000"/></linearGradient>
<mask id="far"><rect y="{HORIZON - 60}" width="{WIDE}" height="330" fill="url(#near)"/></mask>
<radialGradient id="edge" cx=".45" cy=".48" r=".78"><stop offset=".55" stop-color="#0a1c26" stop-opacity="0"/>
<stop offset="1" stop-color="#0a1c26" stop-opacity=".5"/></radialGradient>
<filter id="cloud" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".0016 .006"
numOctaves="7" seed="11"/><feColorMatrix values="0 0 0 0 .93  0 0 0 0 .88  0 0 0 0 .79  1.7 .5 0 0 -.86"/></filter>
<filter id="drift" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".0022 .014"
numOctaves="6" seed="29"/><feColorMatrix values="0 0 0 0 .91  0 0 0 0 .87  0 0 0 0 .79  1.9 .3 0 0 -.8"/></filter>
<filter id="swell" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".006 .085"
numOctaves="5" seed="4" result="waves"/><feDiffuseLighting in="waves" surfaceScale="9" diffuseConstant="1.15"
lighting-color="#e9d9bb"><feDistantLight azimuth="262" elevation="46"/></feDiffuseLighting></filter>
<filter id="glitter" x="-.2" y="-.2" width="1.4" height="1.4"><feTurbulence type="fractalNoise"
baseFrequency=".012 .16" numOctaves="4" seed="7" result="waves"/><feDisplacementMap in="SourceGraphic" in2="waves"
scale="90" xChannelSelector="R" yChannelSelector="B"/><feGaussianBlur stdDeviation=".7"/></filter>
<filter id="rough" x="-.1" y="-.1" width="1.2" height="1.2"><feTurbulence type="fractalNoise" baseFrequency=".035"
numOctaves="5" seed="17" result="stone"/><feDisplacementMap in="SourceGraphic" in2="stone" scale="26"
xChannelSelector="R" yChannelSelector="G"/></filter>
<filter id="stone" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".02 .05"
numOctaves="6" seed="23" result="grit"/><feDiffuseLighting in="grit" surfaceScale="7" lighting-color="#8ea0a0">
<feDistantLight azimuth="205" elevation="32"/></feDiffuseLighting><feComposite in2="SourceGraphic" operator="in"/>
</filter>
<filter id="soft1"><feGaussianBlur stdDeviation="1.2"/></filter>
<filter id="soft3"><feGaussianBlur stdDeviation="3"/></filter>
<filter id="soft20" x="-.3" y="-.6" width="1.6" height="2.2"><feGaussianBlur stdDeviation="18"/></filter>
<filter id="grain" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".55" numOctaves="3"
seed="3"/><feColorMatrix type="saturate" values="0"/></filter>
</defs>"""


def fog(b: Block) -> None:
    """Islands behind islands, each paler than the one before it, a low sun, and the light that is not yet put out."""
    b.raw(ATMOSPHERE)
    _rect(b, 0, HIGH, "url(#sky)")
    b.raw(f'<circle cx="{SUN[0]}" cy="{SUN[1]}" r="560" fill="url(#glow)"/>')
    b.raw(f'<circle cx="{SUN[0]}" cy="{SUN[1]}" r="37" fill="#fffaf0" filter="url(#soft1)"/>')
    _rect(b, 0, HORIZON, "#fff", 'filter="url(#cloud)" opacity=".75"')
    for top, left, right, ink, peaks in (
        (500, 560, 1700, "#b3b5a7", 60),
        (540, -200, 420, "#9fa8a0", 52),
        (560, 700, 1700, "#8c9a97", 34),
    ):
        _island(b, top, left, right, ink, peaks)
        _rect(b, HORIZON - 96, 150, "url(#bank)")
    _sea(b)
    _rect(b, HORIZON - 110, 210, "url(#bank)", 'opacity=".8"')
    _headland(b)
    _rect(b, HORIZON - 60, 330, "#fff", 'filter="url(#drift)" opacity=".72" mask="url(#far)"')
    for x, y, size, tilt in ((640, 262, 0.8, -6), (702, 240, 0.62, 8), (745, 281, 0.5, 4), (300, 330, 0.46, -9)):
        b.bird(x, y, size, "#31474f", tilt)
    _rect(b, 0, HIGH, "#fff", 'filter="url(#grain)" opacity=".1" style="mix-blend-mode:overlay"')
    _rect(b, 0, HIGH, "url(#edge)")


def _rect(b: Block, top: float, high: float, ink: str, more: str = "") -> None:
    b.raw(f'<rect y="{top}" width="{WIDE}" height="{high}" fill="{ink}" {more}/>')


def _ridge(b: Block, left: Point, right: Point, rise: float, depth: int = 7) -> list[Point]:
    """The line of hills between two points: halves of halves, each moved by less."""
    if not depth:
        return [left]
    middle = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2 + b.jitter(rise))
    return _ridge(b, left, middle, rise * 0.55, depth - 1) + _ridge(b, middle, right, rise * 0.55, depth - 1)


def _island(b: Block, top: float, left: float, right: float, ink: str, rise: float) -> None:
    crown = ((left + right) / 2 + b.jitter(120), top - rise)
    line = _ridge(b, (left, HORIZON + 6), crown, rise) + _ridge(b, crown, (right, HORIZON + 6), rise)
    d = "M" + "L".join(f"{x:.1f} {min(y, HORIZON + 6):.1f}" for x, y in [*line, (right, HORIZON + 6)]) + "Z"
    b.raw(f'<path d="{d}" fill="{ink}" filter="url(#soft1)"/>')


def _sea(b: Block) -> None:
    _rect(b, HORIZON, HIGH - HORIZON, "url(#sea)")
    _rect(b, HORIZON, HIGH - HORIZON, "#fff", 'filter="url(#swell)" opacity=".5" style="mix-blend-mode:soft-light"')
    b.raw('<g filter="url(#glitter)" style="mix-blend-mode:screen">')
    for n in range(90):
        far = (n / 90) ** 1.5
        y = HORIZON + 6 + far * 330
        wide = b.chance.uniform(0.2, 1) * (26 + 120 * far)
        x = SUN[0] + 20 + b.jitter(20 + 90 * far)
        light = 0.75 * (1 - far) + 0.08
        b.raw(f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{wide:.1f}" ry="{1.2 + 3.4 * far:.1f}" fill="#ffe9bd"'
              f' opacity="{light:.2f}"/>')  # fmt: skip
    b.raw("</g>")


def _headland(b: Block) -> None:
    """The point, its tower and its lamp, whose beam stands in the fog."""
    x, y = LAMP
    b.raw(f'<path d="M{x} {y - 5}L120 {y - 128}L60 {y + 60}L{x} {y + 7}Z" fill="url(#beam)" filter="url(#soft20)"/>')
    b.raw(f'<path d="M{x} {y - 4}L1640 {y - 40}L1640 {y + 34}L{x} {y + 6}Z" fill="#fff1cb" opacity=".3"'
          ' filter="url(#soft20)"/>')  # fmt: skip
    line = _ridge(b, (905, 668), (1100, 532), 22) + _ridge(b, (1100, 532), (1262, 512), 6)
    line += _ridge(b, (1262, 512), (1640, 560), 34)
    shape = "M" + "L".join(f"{u:.1f} {v:.1f}" for u, v in [*line, (1640, 760), (1180, 742), (905, 684)]) + "Z"
    b.raw('<g filter="url(#soft1)">')
    tower = f"M{x - 27} 524L{x - 17} {y + 34}L{x + 17} {y + 34}L{x + 27} 524Z"
    b.raw(f'<path d="{tower}" fill="#c9c5b6"/>')
    for top, low in ((0.18, 0.4), (0.62, 0.84)):  # its bands, which the fog has made nearly grey
        a, c = (y + 34 + (490 - y) * at for at in (top, low))
        u, v = (17 + 10 * at for at in (top, low))
        b.raw(f'<path d="M{x - u:.1f} {a:.1f}L{x + u:.1f} {a:.1f}L{x + v:.1f} {c:.1f}L{x - v:.1f} {c:.1f}Z"'
              ' fill="#8f5f52"/>')  # fmt: skip
    b.raw(f'<path d="M{x + 4} 524L{x + 3} {y + 34}L{x + 17} {y + 34}L{x + 27} 524Z" fill="#22363f" opacity=".35"/>')
    b.raw(f'<path d="M{x - 26} {y + 36}L{x + 26} {y + 36}L{x + 23} {y + 25}L{x - 23} {y + 25}Z" fill="#2c4049"/>')
    b.raw(f'<path d="M{x - 13} {y + 25}L{x - 13} {y - 16}L{x} {y - 34}L{x + 13} {y - 16}L{x + 13} {y + 25}Z"'
          ' fill="#38505a"/>')  # fmt: skip
    b.raw('<path d="M1246 530L1246 478L1284 452L1322 478L1322 530Z" fill="#4a5e63"/>')
    b.raw('<path d="M1272 508L1272 488L1284 488L1284 508Z" fill="#f3d79b"/>')
    b.raw("</g>")
    b.raw(f'<g filter="url(#rough)"><path d="{shape}" fill="url(#shore)"/></g>')
    b.raw(f'<g filter="url(#rough)"><path d="{shape}" fill="#fff" filter="url(#stone)" opacity=".5"'
          ' style="mix-blend-mode:multiply"/></g>')  # fmt: skip
    for n in range(9):
        u = 880 - n * 26 + b.jitter(14)
        v = 690 + n * 6 + b.jitter(8)
        w = b.chance.uniform(14, 40)
        b.raw(f'<path d="M{u - w:.0f} {v + 8:.0f}Q{u:.0f} {v - w * 0.7:.0f} {u + w:.0f} {v + 8:.0f}Z" fill="#33474e"'
              ' filter="url(#rough)"/>')  # fmt: skip
    b.raw(f'<circle cx="{x}" cy="{y + 2}" r="120" fill="url(#lamp)" opacity=".9"/>')
