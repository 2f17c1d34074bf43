"""Cuts the press's fonts out of their npm packages: instances of variable fonts, one file for each slice of letters.

    uv run --no-project --with fonttools==4.60.1 --with brotli==1.2.0 python docs/running/fonts.py

Run it only to change a font: the files it writes are part of the project, in src/communique/press/assets/fonts/, each
family with its licence. It needs npm and the network. Packages and versions are in `PACKAGES`; the same versions of
packages, fonttools and brotli give the same bytes.

A slice is what one script needs, so that a reader in Tessmark loads no Greek. A cut file takes a name of its own inside
("Communique Text"), because a changed font may not go under the name that its makers reserved.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).parents[2] / "src/communique/press/assets/fonts"

PACKAGES = {
    "source-serif-4": "@fontsource-variable/source-serif-4@5.3.1",
    "source-sans-3": "@fontsource-variable/source-sans-3@5.3.1",
    "noto-naskh-arabic": "@fontsource/noto-naskh-arabic@5.3.0",
    "ibm-plex-sans-arabic": "@fontsource/ibm-plex-sans-arabic@5.3.0",
}

SLICES = {
    "latin": "0-FF 131 152-153 2BB-2BC 2C6 2DA 2DC 2002-200A 200B-200F 2010-2015 2018-201E 2020-2022 2026 202F 2030 "
    "2032-2033 2039-203A 2044 2060 2066-2069 20AC 2116 2122 2190-2193 2212 2215 FEFF FFFD",
    "latin-ext": "100-130 132-151 154-2BA 2BD-2C5 2C7-2CC 2CE-2D7 2DD-2FF 304 308 329 1D00-1DBF 1E00-1E9F 1EF2-1EFF "
    "20A0-20AB 20AD-20C0 2113 2C60-2C7F A720-A7FF",
    "cyrillic": "301 400-52F 1C80-1C88 20B4 20BD 2DE0-2DFF A640-A69F FE2E-FE2F",
    "greek": "370-3FF 1F00-1FFF",
    "arabic": "600-605 60C 60E-61B 61F-64A 64B-655 660-66D 670-671 200C-200E 2010-2011 204F 2E41 FDF2 FDFC FD3E-FD3F",
    "arabic-ext": "606-60B 60D 61C-61E 656-65F 66E-66F 672-6FF 750-77F 870-88E 890-891 897-8E1 8E3-8FF FB50-FDF1 "
    "FDF3-FDFB FDFD FE70-FE74 FE76-FEFC",
}
EUROPE = ("latin", "latin-ext", "cyrillic", "greek")
ARABIC = ("arabic", "arabic-ext")

FEATURES = [
    *("kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "clig", "rlig", "tnum", "lnum", "sups", "subs"),
    *("init", "medi", "fina", "isol", "rclt", "curs", "cswh"),
]


@dataclass(frozen=True)
class Cut:
    """One weight of one family: its file name's beginning, its name inside, where it comes from, where on its axes."""

    folder: str
    name: str
    inside: str
    source: str
    slices: tuple[str, ...]
    axes: tuple[tuple[str, float], ...] = ()


CUTS = (
    Cut("source-serif-4", "title-480", "Communique Title", "opsz-normal", EUROPE, (("opsz", 48), ("wght", 480))),
    Cut("source-serif-4", "text-400", "Communique Text", "opsz-normal", EUROPE, (("opsz", 18), ("wght", 400))),
    Cut("source-serif-4", "text-600", "Communique Text", "opsz-normal", EUROPE, (("opsz", 18), ("wght", 600))),
    Cut("source-serif-4", "text-italic", "Communique Text", "opsz-italic", EUROPE, (("opsz", 18), ("wght", 400))),
    Cut("source-sans-3", "sans-400", "Communique Sans", "wght-normal", EUROPE, (("wght", 400),)),
    Cut("source-sans-3", "sans-600", "Communique Sans", "wght-normal", EUROPE, (("wght", 600),)),
    Cut("noto-naskh-arabic", "naskh-400", "Communique Naskh", "400-normal", ARABIC),
    Cut("noto-naskh-arabic", "naskh-600", "Communique Naskh", "600-normal", ARABIC),
    Cut("ibm-plex-sans-arabic", "plex-400", "Communique Arabic", "400-normal", ARABIC),
    Cut("ibm-plex-sans-arabic", "plex-600", "Communique Arabic", "600-normal", ARABIC),
)


def main() -> None:
    """Fetch the packages, cut every slice, write files and licences, say how large they are."""
    with tempfile.TemporaryDirectory() as place:
        folders = {folder: unpacked(package, Path(place)) for folder, package in PACKAGES.items()}
        for folder, package in folders.items():
            shutil.rmtree(FONTS / folder, ignore_errors=True)
            (FONTS / folder).mkdir(parents=True)
            shutil.copyfile(package / "LICENSE", FONTS / folder / "LICENSE")
        for cut in CUTS:
            for slice_name in cut.slices:
                write_slice(cut, slice_name, folders[cut.folder])


def unpacked(package: str, place: Path) -> Path:
    """The folder of an npm package, unpacked below `place`."""
    done = subprocess.run(
        ["npm", "pack", package, "--silent", "--pack-destination", str(place)], check=True, stdout=subprocess.PIPE
    )
    archive = place / done.stdout.decode().strip().splitlines()[-1]
    folder = place / archive.stem
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


def write_slice(cut: Cut, slice_name: str, package: Path) -> None:
    """One slice of one cut. A slice may lie in several of the package's files; the first that has its letters is used,
    so Greek with accents and Cyrillic of other languages come from their own files."""
    wanted = letters(SLICES[slice_name])
    best: TTFont | None = None
    found: set[int] = set()
    for path in sorted((package / "files").glob(f"{cut.folder}-*-{cut.source}.woff2")):
        font = TTFont(path, recalcTimestamp=False)
        has = wanted & set(font.getBestCmap())
        if len(has) > len(found):
            best, found = font, has
    if best is None:
        print(f"{cut.name}-{slice_name}: no letters")
        return
    if cut.axes:
        best = instantiateVariableFont(best, dict(cut.axes), inplace=True, updateFontNames=False)
    named(best, cut)
    options = Options(
        layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=["*"], drop_tables=["DSIG"]
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=found)
    subsetter.subset(best)
    best.flavor = "woff2"
    target = FONTS / cut.folder / f"{cut.name}-{slice_name}.woff2"
    best.save(target, reorderTables=True)
    print(f"{target.name}: {target.stat().st_size / 1000:.1f} kB, {len(found)} letters")


def named(font: TTFont, cut: Cut) -> None:
    """The font's names inside, its makers' copyright and licence kept."""
    style = cut.name.split("-", 1)[1]
    written = {1: cut.inside, 2: "Regular", 3: f"{cut.inside} {style}", 4: f"{cut.inside} {style}"}
    written |= {6: f"{cut.inside.replace(' ', '')}-{style}", 16: cut.inside, 17: style}
    for number in (*written, 21, 22, 25):
        font["name"].removeNames(nameID=number)
    for number, words in written.items():
        font["name"].setName(words, number, 3, 1, 0x409)


def letters(ranges: str) -> set[int]:
    """Code points of a list of hexadecimal ranges."""
    found: set[int] = set()
    for span in ranges.split():
        first, _, last = span.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


if __name__ == "__main__":
    main()
