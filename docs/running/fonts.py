"""Cuts the press's fonts out of their npm packages: instances of variable fonts, one file for each slice of letters.

Three sorts of files come out: the fonts; `assets/han.css`, `arabic.css`, `cyrillic.css` and so on, faces that only
pages of that script load; and `assets/fallbacks.css`, fonts that readers have already, stretched to the widths and
heights of ours, so that no line moves when ours arrives.

    uv run --no-project --with fonttools==4.60.1 --with brotli==1.2.0 --with uharfbuzz==0.57.0 \\
        python docs/running/fonts.py

Run it only to change a font: the files it writes are part of the project, in src/communique/press/assets/fonts/, each
family with its licence. It needs npm and the network. Packages and versions are in `PACKAGES`; the same versions of
packages and of the three libraries give the same bytes.

A slice is what one script needs, so that a reader in Tessmark loads no Greek; of Latin letters the first slice is what
English, French and German need, which keeps a message with its fonts under 50 kB. A slice of `ALONE` also has blanks,
digits and punctuation, drawn as its own family draws them, so that a page in that script asks for no Latin slice
(docs/decisions/0019). All but Chinese are made lighter: fewer points, a coarser grid, rounder kerning, which no screen
shows (0025). A cut file takes a name of its own inside ("Communique Text"), because a changed font may not go under the
name that its makers reserved.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz
from fontTools.merge import Merger
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.woff2 import WOFF2FlavorData
from fontTools.varLib.instancer import instantiateVariableFont

ASSETS = Path(__file__).parents[2] / "src/communique/press/assets"
FONTS = ASSETS / "fonts"

PACKAGES = {
    "source-serif-4": "@fontsource-variable/source-serif-4@5.3.1",
    "source-sans-3": "@fontsource-variable/source-sans-3@5.3.1",
    "noto-naskh-arabic": "@fontsource/noto-naskh-arabic@5.3.0",
    "ibm-plex-sans-arabic": "@fontsource/ibm-plex-sans-arabic@5.3.0",
    "noto-serif-hebrew": "@fontsource-variable/noto-serif-hebrew@5.3.0",
    "noto-sans-hebrew": "@fontsource-variable/noto-sans-hebrew@5.3.0",
    "noto-sans-devanagari": "@fontsource/noto-sans-devanagari@5.3.0",
    "noto-serif-sc": "@fontsource/noto-serif-sc@5.3.0",
    "noto-sans-sc": "@fontsource/noto-sans-sc@5.3.0",
}
MEASURED = {
    "gelasio": "@fontsource/gelasio@5.3.0",
    "tinos": "@fontsource/tinos@5.3.0",
    "arimo": "@fontsource/arimo@5.3.0",
    "roboto": "@fontsource/roboto@5.3.0",
    "noto-serif": "@fontsource/noto-serif@5.3.0",
}
"""not shipped: fonts as wide and high as those that readers have (Georgia, Times New Roman, Arial) or the same"""

SLICES = {
    "latin": "0-22 25-29 2B-3B 3D 3F-5B 5D 5F 61-7A A0 A7 A9 AB AD B7 BB C0 C4 C7-CA D6 DC DF-E0 E2 E4 E7-EB EE-EF F4 "
    "F6 F9 FB-FC 153 2002-2014 2018-201A 201C-201E 2026 202F 2060 2066-2069 2212 FEFF",
    "latin-west": "23-24 2A 3C 3E 5C 5E 60 7B-9F A1-A6 A8 AA AC AE-B6 B8-BA BC-BF C1-C3 C5-C6 CB-D5 D7-DB DD-DE E1 E3 "
    "E5-E6 EC-ED F0-F3 F5 F7-F8 FA FD-FF 131 152 2BB-2BC 2C6 2DA 2DC 2015 201B 2020-2022 2030 2032-2033 2039-203A 2044 "
    "20AC 2116 2122 2190-2193 2215 FFFD",
    "latin-word": "20-21 27-29 2C-2E 30-3B 3F 41-5A 61-7A A0 AB AD BB C4 C9 D6 DC DF-E0 E2 E4 E7-EB EE-EF F4 F6 F9 "
    "FB-FC 153 2009-2014 2018-2019 201C-201D 202F",
    "latin-rest": "0-1F 22-26 2A-2B 2F 3C-3E 40 5B-60 7B-9F A1-AA AC AE-BA BC-C3 C5-C8 CA-D5 D7-DB DD-DE E1 E3 "
    "E5-E6 EC-ED F0-F3 F5 F7-F8 FA FD-FF 131 152 2BB-2BC 2C6 2DA 2DC 2002-2008 200A-200F 2015 201A-201B 201E 2020-2022 "
    "2026 2030 2032-2033 2039-203A 2044 2060 2066-2069 20AC 2116 2122 2190-2193 2212 2215 FEFF FFFD",
    "latin-ext": "100-130 132-151 154-2BA 2BD-2C5 2C7-2CC 2CE-2D7 2DD-2FF 304 308 329 1D00-1DBF 1E00-1E9F 1EF2-1EFF "
    "20A0-20AB 20AD-20C0 2113 2C60-2C7F A720-A7FF",
    "cyrillic": "301 400-52F 1C80-1C88 20B4 20BD 2DE0-2DFF A640-A69F FE2E-FE2F",
    "cyrillic-alone": "401 404 406-407 40E 410-44F 451 454 456-457 45E 490-491 20B4 20BD",
    "greek": "370-3FF 1F00-1FFF",
    "greek-alone": "37E 384-38A 38C 38E-3A1 3A3-3CE",
    "arabic": "60C 61B 61F 621-63A 640-652 660-66C",
    "arabic-ext": "600-60B 60D-61A 61C-61E 620 63B-63F 653-65F 66D-6FF 750-77F 870-88E 890-891 897-8E1 8E3-8FF "
    "204F 2E41 FB50-FDFD FE70-FE74 FE76-FEFC",
    "names": "4E2D 4F53 65E5 6587 6C49 7B80 7E41 8A9E 8BED",
    "hebrew": "5B0-5C7 5D0-5EA 5EF-5F4 20AA",
    "hebrew-ext": "591-5AF 25CC FB1D-FB4F",
    "devanagari": "901-903 905-90B 90D 90F-911 913-928 92A-930 932-933 935-939 93C-943 945 947-949 94B-94D 958-95F "
    "964-970 972 20B9",
    "devanagari-ext": "900 904 90C 90E 912 929 931 934 93A-93B 944 946 94A 94E-957 960-963 971 973-97F 1CD0-1CFA 20A8 "
    "20F0 25CC A830-A839 A8E0-A8FF 11B00-11B09",
}
SIGNS = (
    "20-22 25-3B 3D 3F-40 5B 5D A0 A7 AB B7 BB 2002-2003 2009-2014 2018-201A 201C-201E 2026 202F 2060 2066-2069 "
    "2116 2212 FEFF"
)
"""blanks, digits and punctuation of the slices that do without Latin"""
SIGNS_OF_EUROPE = "26 2A 3D 40 A7 201A 201E 2116"
"""of these, what Arabic and Devanagari have no use for but in Latin words, which are set in another font there"""
ALONE = ("cyrillic-alone", "greek-alone", "arabic", "hebrew", "devanagari")
ASCII = "41-5A 61-7A"
LETTERED = ("sans-400-cyrillic-alone", "sans-400-greek-alone", "sans-400-hebrew")
"""what stands in these on every page is a mail address, too: of three scripts light enough to hold its letters"""
WHOLE = {"arabic-ext": ("arabic", "arabic-ext"), "devanagari-ext": ("devanagari", "devanagari-ext")}
"""a slice of marks that are set together with letters of another slice holds these, too"""
POINTS_MOVE = 3.0
"""how far an outline may move when it is drawn with fewer points, in units of 1/1000 em"""
GRID = 400
"""units of an em in which points and widths are given: a tenth of a pixel in the largest letters of a page"""
KEPT_NAMES = (0, 1, 2, 6, 14)
"""of the names inside a font: copyright, family, style, one for printing, the licence's address"""
UNUSED = ("BASE", "STAT", "gasp", "meta", "vhea", "vmtx")
UNUSED_IN_A_SPAN = ("GDEF", "HVAR", "MVAR", "avar")
"""a span's ends are where its axis says, its widths stand with its outlines, its kerning is that of its beginning"""
PAIRS, ADVANCE = 2, 4
"""the type of table in which kerning stands, and the number of the value it moves"""
KERN_STEP, KERN_LEAST = 3, 5
"""kerning in steps, and what is left away as less, in units of the grid: a seventh and a quarter of a pixel"""

VIRAMA, NUKTA, RA = "\u094d", "\u093c", "र"
CONSONANTS = [chr(point) for point in range(0x915, 0x93A) if point not in (0x929, 0x931, 0x934)]
ABOVE = ("", "\u0901", "\u0902")
HIGH = (*"\u093f\u0940\u0945\u0946\u0947\u0948\u0949\u094a\u094b\u094c", RA + VIRAMA)
"""what stands above the line: with it Hindi writes the dot alone, never the moon"""
VOWEL_SIGNS = ["", *(chr(point) for point in range(0x93E, 0x94D) if point not in (0x944, 0x946, 0x94A))]
CONJUNCTS = [
    word
    for line in (
        "क्ष ज्ञ त्र श्र द्य द्ध द्व द्द त्त क्त क्र प्र ग्र ब्र द्र",
        "भ्र ह्म ह्न ह्य ह्व ह्र न्न न्त न्द न्ध म्प म्ब म्भ स्त स्थ",
        "स्व स्म स्य ष्ट ष्ठ ष्ण श्च श्व श्न ट्ट ट्ठ ड्ड ट्र ड्र ल्ल",
        "क्क च्च च्छ ज्ज ज्व ब्द प्त प्प व्य त्व त्म त्य न्य ध्य ख्य",
        "ग्य च्य द्भ द्म ङ्क ङ्ग ञ्च ञ्ज ण्ड ण्ठ ण्ट क्य क्ल प्ल म्ल",
        "स्क स्प स्न ल्प ल्क ल्द ल्म र्य ध्र त्न ग्न",
    )
    for word in line.split()
]
"""consonants that Hindi often writes as one sign; of others the first takes its half form, as any font may do"""

MARKS_OF_VOWELS = [chr(point) for point in range(0x64B, 0x653)]

EUROPE = ("latin", "latin-west", "latin-ext", "cyrillic", "cyrillic-alone", "greek", "greek-alone")
ITALIC = ("latin-word", "latin-rest", *EUROPE[2:])
"""italics are words amid others: what a sentence needs first, the rest only where one has it"""
ARABIC = ("arabic", "arabic-ext")
HEBREW = ("hebrew", "hebrew-ext")
INDIA = ("devanagari", "devanagari-ext")
HAN = tuple(f"han-{number}" for number in range(15))
HAN_RARE = tuple(f"han-{number}" for number in range(15, 20))
"""in one face only: a reader who has no Chinese font at all sees a rare character in it rather than none"""
HAN_FIRST = 119
"""the package's slice with the most frequent characters of all; each below it has 188 rarer ones"""
HAN_SIGNS = "2014 2018-2019 201C-201D 2026 3000-3011 3014-301F FF01-FF0F FF1A-FF20 FF3B-FF3D FF5B-FF5E FFE5"
"""punctuation, which in Chinese is as wide as a character"""

FEATURES = [
    *("kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "clig", "rlig", "tnum", "lnum", "sups", "subs"),
    *("init", "medi", "fina", "isol", "rclt", "curs", "cswh"),
]
LATIN = ["kern", "liga", "clig", "calt", "tnum", "lnum"]
"""of the slice that every reader loads: its letters have no loose accents and no forms of a language's own"""
INDIC = [
    *("nukt", "akhn", "rphf", "rkrf", "blwf", "half", "vatu", "cjct", "pres", "abvs", "blws", "psts", "haln"),
    *("abvm", "blwm", "dist"),
]
LIGHT = {
    "cyrillic-alone": ["kern", "mark", "tnum"],
    "greek-alone": ["kern", "mark", "tnum"],
    "arabic": ["init", "medi", "fina", "isol", "rlig", "ccmp", "mark", "kern"],
    "hebrew": ["kern", "mark", "ccmp", "tnum"],
    "signs": ["kern", "tnum"],
    "devanagari": [*FEATURES, *INDIC],
    "devanagari-ext": [*FEATURES, *INDIC],
    "latin": LATIN,
    "latin-word": LATIN,
}
"""features by slice, where it does not have all"""


@dataclass(frozen=True)
class Cut:
    """One weight of one family, or a span of them: its file name's beginning, its name inside, where it comes from,
    where on its axes."""

    folder: str
    name: str
    inside: str
    source: str
    slices: tuple[str, ...]
    axes: tuple[tuple[str, float | tuple[float, float, float]], ...] = ()


CUTS = (
    Cut("source-serif-4", "text-400", "Communique Text", "opsz-normal", EUROPE, (("opsz", 18), ("wght", 400))),
    Cut("source-serif-4", "text-600", "Communique Text", "opsz-normal", EUROPE, (("opsz", 18), ("wght", 600))),
    Cut("source-serif-4", "text-italic", "Communique Text", "opsz-italic", ITALIC, (("opsz", 18), ("wght", 400))),
    Cut("source-sans-3", "sans", "Communique Sans", "wght-normal", ("latin",), (("wght", (400, 400, 600)),)),
    Cut("source-sans-3", "sans-400", "Communique Sans", "wght-normal", EUROPE[1:], (("wght", 400),)),
    Cut("source-sans-3", "sans-600", "Communique Sans", "wght-normal", EUROPE[1:], (("wght", 600),)),
    Cut("noto-naskh-arabic", "naskh-400", "Communique Naskh", "400-normal", ARABIC),
    Cut("ibm-plex-sans-arabic", "plex-400", "Communique Arabic", "400-normal", ARABIC),
    Cut("ibm-plex-sans-arabic", "plex-600", "Communique Arabic", "600-normal", ARABIC),
    Cut("noto-serif-hebrew", "serif-400", "Communique Hebrew", "wght-normal", HEBREW, (("wght", 400),)),
    Cut("noto-serif-hebrew", "serif-600", "Communique Hebrew", "wght-normal", HEBREW, (("wght", 600),)),
    Cut("noto-sans-hebrew", "sans-400", "Communique Sans Hebrew", "wght-normal", HEBREW, (("wght", 400),)),
    Cut("noto-sans-hebrew", "sans-600", "Communique Sans Hebrew", "wght-normal", HEBREW, (("wght", 600),)),
    Cut("noto-sans-devanagari", "deva-400", "Communique Devanagari", "400-normal", INDIA),
    Cut("noto-serif-sc", "song-400", "Communique Song", "400-normal", (*HAN, *HAN_RARE)),
    Cut("noto-sans-sc", "hei-400", "Communique Hei", "400-normal", HAN),
    Cut("noto-sans-sc", "names-400", "Communique Names", "400-normal", ("names",)),
    Cut("noto-sans-sc", "hei-600", "Communique Hei", "600-normal", HAN),
)

LOCAL_HAN = {
    "song-400": (
        "Songti SC",
        "Noto Serif CJK SC",
        "NotoSerifCJKsc-Regular",
        "Source Han Serif SC",
        "SimSun",
        "PingFang SC",
    ),
    "hei-400": ("PingFang SC", "Noto Sans CJK SC", "NotoSansCJKsc-Regular", "Source Han Sans SC", "Microsoft YaHei"),
    "hei-600": (
        "PingFangSC-Semibold",
        "Noto Sans CJK SC Bold",
        "NotoSansCJKsc-Bold",
        "Source Han Sans SC Bold",
        "Microsoft YaHei Bold",
    ),
}
"""what a reader of Chinese has: taken before anything of ours is loaded"""

LOCAL_NAMES = ("PingFang SC", "Noto Sans CJK SC", "NotoSansCJKsc-Regular", "Microsoft YaHei")
"""what shows the names that Chinese and Japanese have for themselves, in the list of languages of every page"""

EUROPE_SAYS = """/* Faces of every page, written by docs/running/fonts.py; assets/fonts/README.md says how. A reader
   loads only the slices whose letters the page has. They swap in, for the fonts that readers have take their measure
   (fallbacks.css). Faces that only pages in one script load stand in a sheet of that script's name. */
"""

LOCAL_INDIA = ("Noto Sans Devanagari", "NotoSansDevanagari-Regular", "Kohinoor Devanagari", "Nirmala UI")
"""what a reader of Hindi has, taken before ours: its letters are too many to be light"""

NEAR = (
    ("Communique Text", "text-400", "Georgia", ("Georgia",), "gelasio", 400),
    ("Communique Text", "text-600", "Georgia", ("Georgia Bold",), "gelasio", 700),
    ("Communique Text", "text-400", "Times", ("Times New Roman", "Liberation Serif", "Tinos"), "tinos", 400),
    ("Communique Text", "text-600", "Times", ("Times New Roman Bold", "Liberation Serif Bold"), "tinos", 700),
    ("Communique Text", "text-400", "Noto", ("Noto Serif",), "noto-serif", 400),
    ("Communique Sans", "sans-400", "Arial", ("Arial", "Helvetica", "Liberation Sans", "Arimo"), "arimo", 400),
    ("Communique Sans", "sans-600", "Arial", ("Arial Bold", "Helvetica Bold", "Liberation Sans Bold"), "arimo", 700),
    ("Communique Sans", "sans-400", "Roboto", ("Roboto",), "roboto", 400),
    ("Communique Sans", "sans-600", "Roboto", ("Roboto Bold",), "roboto", 700),
)
"""our family, the cut measured, the name of its neighbour, the fonts meant, what is as wide as they are, its weight"""
EUROPEAN = "U+0-58F, U+1C80-1C8F, U+1D00-2BFF"
"""what a neighbour is taken for: its Arabic or Hebrew would come in a measure that is not theirs"""
FREQUENT = "eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrrddddlllccuummwwffggyyppbbvk" + " " * 20
"""letters about as often as English has them"""


def main(wanted: list[str]) -> None:
    """Fetch the packages, cut every slice, write files and licences, say how large they are. `wanted`: only these."""
    with tempfile.TemporaryDirectory() as place:
        folders = {
            folder: unpacked(package, Path(place))
            for folder, package in PACKAGES.items()
            if folder in (wanted or PACKAGES)
        }
        for folder, package in folders.items():
            shutil.rmtree(FONTS / folder, ignore_errors=True)
            (FONTS / folder).mkdir(parents=True)
            shutil.copyfile(package / "LICENSE", FONTS / folder / "LICENSE")
        if "noto-serif-sc" in folders:
            SLICES.update(han_slices(folders["noto-serif-sc"]))
        for cut in (cut for cut in CUTS if cut.folder in folders):
            for slice_name in cut.slices:
                write_slice(cut, slice_name, folders[cut.folder])
        if "noto-serif-sc" in folders:
            write_han_faces()
        write_europe()
        write_faces()
        write_fallbacks({name: unpacked(package, Path(place)) for name, package in MEASURED.items()})


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
    """One slice of one cut, with the signs of its family where it is to do without Latin."""
    wanted = letters(" ".join(SLICES[name] for name in WHOLE.get(slice_name, (slice_name,))))
    font = sliced(cut, slice_name, package, wanted)
    if font is None:
        print(f"{cut.name}-{slice_name}: no letters")
        return
    if slice_name in ALONE:
        signs = signs_of(slice_name) | (letters(ASCII) if f"{cut.name}-{slice_name}" in LETTERED else set())
        font = together(font, sliced(cut, "signs", package, signs - set(font.getBestCmap())))
    if not slice_name.startswith("han-"):
        font = lighter(font)
    named(font, cut)
    font.flavor = "woff2"
    target = FONTS / cut.folder / f"{cut.name}-{slice_name}.woff2"
    font.save(target, reorderTables=True)
    print(f"{target.name}: {target.stat().st_size / 1000:.1f} kB, {len(font.getBestCmap())} letters")


def signs_of(slice_name: str) -> set[int]:
    """The signs that a slice of `ALONE` has beside its letters."""
    return letters(SIGNS) - (letters(SIGNS_OF_EUROPE) if slice_name in SHAPED else set())


def sliced(cut: Cut, slice_name: str, package: Path, wanted: set[int]) -> TTFont | None:
    """The letters of a slice, if there are any. They may lie in several of the package's files; the first that has them
    is used, so Greek with accents and Cyrillic of other languages come from their own files."""
    best: TTFont | None = None
    found: set[int] = set()
    for path in sorted((package / "files").glob(f"{cut.folder}-*-{cut.source}.woff2")):
        font = TTFont(path, recalcTimestamp=False)
        has = wanted & set(font.getBestCmap())
        if len(has) > len(found):
            best, found = font, has
    if best is None:
        return None
    features = LIGHT.get(slice_name, FEATURES)
    kept = shaped(best, SHAPED[slice_name](found)) if slice_name in SHAPED else set()
    options = Options(
        layout_features=features, hinting=False, notdef_outline=True, name_IDs=["*"], drop_tables=["DSIG"]
    )
    options.layout_closure = not kept
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=found, glyphs=kept)
    subsetter.subset(best)
    if cut.axes:
        best = instantiateVariableFont(reread(best), dict(cut.axes), updateFontNames=False)
    return best


def reread(font: TTFont) -> TTFont:
    """A font as its file has it, with nothing left of what it was cut from."""
    saved = io.BytesIO()
    font.flavor = None
    font.save(saved)
    return TTFont(saved, recalcTimestamp=False)


def together(font: TTFont, signs: TTFont | None) -> TTFont:
    """A font with the signs of another file of the same package; heights and names are those of the first."""
    if signs is None:
        return font
    saved = []
    for one in (font, signs):
        for table in ("STAT", "gasp", "meta"):
            if table in one:
                del one[table]
        one.flavor = None
        saved.append(io.BytesIO())
        one.save(saved[-1])
    rows = {key: getattr(font["hhea"], key) for key in ("ascent", "descent", "lineGap")}
    both = Merger().merge(saved)
    for key, value in rows.items():
        setattr(both["hhea"], key, value)
    both["head"].modified = both["head"].created = font["head"].created
    both.recalcTimestamp = False
    return both


def lighter(font: TTFont) -> TTFont:
    """A font with what a page needs: outlines on a coarser grid, no tables for axes, baselines and upright lines."""
    spans = "fvar" in font
    if not spans:
        fewer_points(font)
    for table in (*UNUSED, *(UNUSED_IN_A_SPAN if spans else ())):
        if table in font:
            del font[table]
    axes = [axis.axisNameID for axis in font["fvar"].axes] if spans else []
    font["name"].names = [one for one in font["name"].names if one.nameID in (*KEPT_NAMES, *axes)]
    if spans:
        font["fvar"].instances = []
    whole = reread(font)
    scale_upem(whole, GRID)
    rounder_kerning(whole)
    whole.flavorData = WOFF2FlavorData(transformedTables={"glyf", "loca", "hmtx"})
    return whole


def rounder_kerning(font: TTFont) -> None:
    """Kerning in steps, the same in all weights of a span; a pair that moves less than can be seen stays as it is."""
    lookups = font["GPOS"].table.LookupList.Lookup if "GPOS" in font else ()
    for table in (getattr(one, "ExtSubTable", one) for lookup in lookups for one in lookup.SubTable):
        if table.LookupType != PAIRS:
            continue
        classes = [second for first in getattr(table, "Class1Record", ()) for second in first.Class2Record]
        pairs = [pair for row in getattr(table, "PairSet", ()) for pair in row.PairValueRecord]
        for value in (pair.Value1 for pair in (*classes, *pairs) if pair.Value1):
            moved = getattr(value, "XAdvance", 0)
            value.XAdvance = round(moved / KERN_STEP) * KERN_STEP if abs(moved) >= KERN_LEAST else 0
            value.__dict__.pop("XAdvDevice", None)
        if hasattr(table, "ValueFormat1"):
            table.ValueFormat1 &= ADVANCE


def fewer_points(font: TTFont) -> None:
    """Outlines drawn anew with as few points as `POINTS_MOVE` allows; one that would have more stays."""
    drawn, outlines = font.getGlyphSet(), font["glyf"]
    changed = {}
    for name in font.getGlyphOrder():
        before = outlines[name]
        if before.isComposite() or before.numberOfContours <= 0:
            continue
        pen = TTGlyphPen(None)
        drawn[name].draw(Qu2CuPen(Cu2QuPen(pen, POINTS_MOVE), POINTS_MOVE / 2, all_cubic=True))
        after = pen.glyph()
        if len(after.coordinates) < len(before.coordinates):
            changed[name] = after
    for name, after in changed.items():
        outlines[name] = after


def syllables(points: set[int]) -> list[str]:
    """What Hindi writes: each consonant and each usual pair with each vowel, a sign above, an R before or after."""
    found = [chr(point) + above for point in sorted(points) for above in ABOVE]
    dotted = [one + NUKTA for one in "कखगजडढफय"]
    for consonant in (*CONSONANTS, *CONJUNCTS, *dotted):
        for vowel in VOWEL_SIGNS:
            for before in ("", RA + VIRAMA):
                above = ABOVE if not {before, vowel} & set(HIGH) else ("", ABOVE[-1])
                found += [before + consonant + vowel + one for one in above]
        if len(consonant) > 1 and consonant.endswith(RA):
            continue
        found += [consonant + VIRAMA, consonant + VIRAMA + "\u200d"]
        found += [consonant + VIRAMA + after for after in (*CONSONANTS, *dotted)]
        found += [consonant + VIRAMA + after + vowel for after in "रय" for vowel in VOWEL_SIGNS]
    return found


def joined(points: set[int]) -> list[str]:
    """What Arabic writes: each letter in its four forms with each mark of a vowel, two such marks, Lam with Alef. What
    a family draws anew for two certain letters that meet is left out: each of both has a form that joins as well."""
    found, beside = [chr(point) for point in sorted(points)], "ح"
    for letter in (one for one in found[:] if one.isalpha()):
        for word in (letter + mark for mark in ("", *MARKS_OF_VOWELS)):
            found += [word, beside + word, word + beside, beside + word + beside]
    for alef in "اأإآ":
        for mark in ("", *MARKS_OF_VOWELS):
            found += [before + pair for before in ("", beside) for pair in (f"ل{mark}{alef}", f"ل{alef}{mark}")]
    found += [letter + one + other for letter in "با" for one in MARKS_OF_VOWELS for other in MARKS_OF_VOWELS]
    return [*found, "الله", "لله", "بالله", "اللَّه"]


SHAPED = {"arabic": joined, "devanagari": syllables}
"""of these slices only the glyphs that such texts show are kept, not all that their letters could become"""


def shaped(font: TTFont, texts: list[str]) -> set[str]:
    """The glyphs by which HarfBuzz, as browsers do, sets these texts with the features that the slice will have."""
    saved = io.BytesIO()
    flavor, font.flavor = font.flavor, None
    font.save(saved)
    font.flavor = flavor
    shaper, order = uharfbuzz.Font(uharfbuzz.Face(saved.getvalue())), font.getGlyphOrder()
    found: set[str] = set()
    for text in texts:
        line = uharfbuzz.Buffer()
        line.add_str(text)
        line.guess_segment_properties()
        uharfbuzz.shape(shaper, line)
        found.update(order[glyph.codepoint] for glyph in line.glyph_infos)
    return found


def han_slices(package: Path) -> dict[str, str]:
    """The package's own slices of Chinese, the most frequent characters first, without letters of other scripts."""
    known = json.loads((package / "unicode.json").read_text("utf-8"))
    found, signs = {}, letters(HAN_SIGNS)
    for number, name in enumerate((*HAN, *HAN_RARE)):
        points = letters(known[f"[{HAN_FIRST - number}]"].replace("U+", "").replace(",", " "))
        wanted = points & (signs | set(range(0x4E00, 0xA000)))
        found[name] = spelt(wanted)
    return found


def write_han_faces() -> None:
    """`han.css`: slice by slice, so that what the faces of one slice have in common stands close together."""
    parts = ["/* Faces of Chinese, written by docs/running/fonts.py; docs/decisions/0016 says why in this way. */\n"]
    for slice_name in (*HAN, *HAN_RARE):
        for cut in (cut for cut in CUTS if slice_name in cut.slices):
            sources = [f'local("{name}")' for name in LOCAL_HAN[cut.name]]
            sources.append(f'url(fonts/{cut.folder}/{cut.name}-{slice_name}.woff2) format("woff2")')
            parts.append(face(cut.inside, cut.name.split("-")[1], sources, unicode_range=css_range(SLICES[slice_name])))
    (ASSETS / "han.css").write_text("\n".join(parts), "utf-8")


def write_europe() -> None:
    """`fonts.css`: the faces that every page may need, slice by slice, and the names of languages in a masthead."""
    cuts = [cut for cut in CUTS if cut.inside in ("Communique Text", "Communique Sans")]
    slices = ("latin", "latin-word", "latin-west", "latin-rest", "latin-ext", "cyrillic", "greek")
    parts = [EUROPE_SAYS]
    parts += [europe_face(cut, name, cut.inside) for name in slices for cut in cuts if name in cut.slices]
    parts += [europe_face(cut, "latin", "Communique Menu") for cut in cuts if cut.name == "sans"]
    sources = [f'local("{name}")' for name in LOCAL_NAMES]
    sources.append('url(fonts/noto-sans-sc/names-400-names.woff2) format("woff2")')
    parts.append(face("Communique Names", "400", sources, unicode_range=css_range(SLICES["names"])))
    (ASSETS / "fonts.css").write_text("\n".join(parts), "utf-8")


def europe_face(cut: Cut, slice_name: str, family: str) -> str:
    """One slice of letters of Europe, which swaps in: fonts that readers have take its measure."""
    weight = {"sans": "400 600", "text-italic": "400"}.get(cut.name) or cut.name[-3:]
    style = {"font-style": "italic"} if cut.name.endswith("italic") else {}
    source = f'url(fonts/{cut.folder}/{cut.name}-{slice_name}.woff2) format("woff2")'
    return face(family, weight, [source], **style, unicode_range=css_range(SLICES[slice_name]))


def write_faces() -> None:
    """A style sheet a script: the faces that its pages alone load."""
    for script in ("cyrillic", "greek", "arabic", "hebrew", "devanagari"):
        parts = [f"/* Faces of pages in {script.title()} alone, written by docs/running/fonts.py. */\n"]
        own = (f"{script}-alone",) if f"{script}-alone" in SLICES else (script, f"{script}-ext")
        parts += [script_face(cut, script, name) for cut in CUTS for name in own if name in cut.slices]
        if script == "hebrew":
            parts += [latin_letters(cut, name) for cut in CUTS for name in ("latin", "latin-west") if latin(cut)]
        (ASSETS / f"{script}.css").write_text("\n".join(parts), "utf-8")


def latin(cut: Cut) -> bool:
    """Is this a cut in which words in Latin stand amid those of another script?"""
    return cut.inside == "Communique Text" and not cut.name.endswith("italic")


def script_face(cut: Cut, script: str, slice_name: str) -> str:
    """One slice in the family of its script. Europe's swap in, for fonts that readers have take their measure; every
    system writes Arabic, Hebrew and Devanagari in a measure of its own: there ours is used when it is at hand at once,
    and else from the next page on, so that no line moves."""
    name, points, alone = f"{cut.name}-{slice_name}", SLICES[slice_name], slice_name.endswith("-alone")
    if slice_name in ALONE:
        points = f"{points} {spelt(signs_of(slice_name))} 200B-200F {ASCII if name in LETTERED else ''}"
    style = {"font-style": "italic"} if cut.name.endswith("italic") else {}
    sources = [f'local("{local}")' for local in (LOCAL_INDIA if script == "devanagari" else ())]
    return face(
        f"{cut.inside} {script.title()}" if alone else cut.inside,
        "600" if cut.name.endswith("600") else "400",
        [*sources, f'url(fonts/{cut.folder}/{name}.woff2) format("woff2")'],
        "swap" if alone else "optional",
        **style,
        **{"unicode-range": css_range(points)},
    )


def latin_letters(cut: Cut, slice_name: str) -> str:
    """Latin letters without signs: a font of the page's script that is late asks for no Latin one in its place."""
    points = letters(SLICES[slice_name]) - letters(f"{SIGNS} 0-40 200B-200F")
    return face(
        "Communique Letters",
        "600" if cut.name.endswith("600") else "400",
        [f'url(fonts/{cut.folder}/{cut.name}-{slice_name}.woff2) format("woff2")'],
        **{"unicode-range": css_range(spelt(points))},
    )


def write_fallbacks(packages: dict[str, Path]) -> None:
    """`fallbacks.css`: each font that a reader may have, as wide as ours on average and as high as ours exactly."""
    parts = ["/* Fonts that readers have, in the measure of ours, written by docs/running/fonts.py. */\n"]
    for family, cut_name, near, names, package, weight in NEAR:
        ours = first_slice(cut_name)
        theirs = TTFont(packages[package] / "files" / f"{package}-latin-{weight}-normal.woff2")
        size = breadth(ours) / breadth(theirs)
        em, rows = ours["head"].unitsPerEm, ours["hhea"]
        more = {
            "size-adjust": f"{size:.2%}",
            "ascent-override": f"{rows.ascent / em / size:.2%}",
            "descent-override": f"{-rows.descent / em / size:.2%}",
            "line-gap-override": f"{rows.lineGap / em / size:.2%}",
            "unicode-range": EUROPEAN,
        }
        ours_weight = {"text-600": "600 700", "sans-600": "600 700"}.get(cut_name, "400")
        parts.append(face(f"{family} {near}", ours_weight, [f'local("{name}")' for name in names], **more))
    (ASSETS / "fallbacks.css").write_text("\n".join(parts), "utf-8")


def first_slice(cut_name: str) -> TTFont:
    """A cut's Latin letters; of one that lies within a span of weights, what the span has at its weight."""
    name, _, weight = cut_name.partition("-")
    cut = next(cut for cut in CUTS if cut.name in (cut_name, name) and "latin" in cut.slices)
    font = TTFont(FONTS / cut.folder / f"{cut.name}-latin.woff2")
    return instantiateVariableFont(font, {"wght": int(weight)}) if "fvar" in font else font


def face(family: str, weight: str, sources: list[str], display: str = "swap", **more: str) -> str:
    """One face as CSS."""
    lines = [f'font-family: "{family}"', f"font-weight: {weight}", f"font-display: {display}"]
    lines += [f"src: {', '.join(sources)}", *(f"{key.replace('_', '-')}: {value}" for key, value in more.items())]
    return "@font-face {\n" + "".join(f"  {line};\n" for line in lines) + "}\n"


def spelt(points: set[int]) -> str:
    """Code points as a list of hexadecimal ranges has them."""
    return " ".join(f"{point:X}" for point in sorted(points))


def css_range(ranges: str) -> str:
    """A list of ranges as CSS writes it, neighbours drawn together."""
    points, spans = sorted(letters(ranges)), []
    for point in points:
        if spans and spans[-1][1] == point - 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in spans)


def breadth(font: TTFont) -> float:
    """The average breadth of a letter, in em."""
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    total = sum(widths[glyphs[ord(letter)]][0] for letter in FREQUENT)
    return float(total / len(FREQUENT) / font["head"].unitsPerEm)


def named(font: TTFont, cut: Cut) -> None:
    """The font's names inside, its makers' copyright and licence kept."""
    style = cut.name.partition("-")[2] or "span"
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
    main(sys.argv[1:])
