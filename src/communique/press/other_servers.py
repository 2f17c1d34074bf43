"""What nginx or Caddy has to be told to answer as the built-in server does, from the same rules.

    nginx(Served(Path("public").resolve(), "127.0.0.1:8080"))   a whole `server { … }`, for a file that nginx includes
    caddy(Served(Path("public").resolve(), ":8080"))            a whole Caddyfile

How a file is sent follows from its path alone (`answer.manner`), so each `SORTS` gives a pattern and one path that
stands for all that it matches; the headers are those of that path. Moved and gone addresses are those of the live build
when this is made: it is made again, and the server told, after an office has moved addresses.

What these servers do otherwise: validators are made of a file's time and size; nginx has Brotli only with a module that
Debian does not bring, so it sends gzip made on the way; `/` leads to the first language that is named anywhere in
Accept-Language, in the office's order, whatever its weight; an address is compared with its query only where an old one
lived in a query.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from communique.press.answer import BYTES, PLAIN, TYPES, manner
from communique.press.moved import Move, leads_to, read_table


class Sort(NamedTuple):
    """Paths that are sent in one manner: those that match, of which `example` is one. The first that matches counts."""

    name: str
    pattern: str
    example: str


SORTS = (
    Sort("kept", "^/check/.*/communique-check[.]html$", "check/en/communique-check.html"),
    Sort("partial", "^/record/tile/.*[.]p/", "record/tile/0/001.p/3"),
    Sort("tile", "^/record/tile/", "record/tile/0/000"),
    Sort("part", "^/record/files/", "record/files/00"),
    Sort("edition", "^/record/(editions/.*|checkpoint|log[.]vkey|policy)$", "record/checkpoint"),
    Sort("record", "^/record/", "record/index.html"),
    Sort("drawing", "^/assets/.*[.]svg$", "assets/arms.0.svg"),
    Sort("asset", "^/assets/", "assets/base.0.css"),
    Sort("foreign", "^/files/.*[.](svg|html|xhtml|xml)$", "files/00.svg"),
    Sort("file", "^/files/", "files/00.png"),
    Sort("words", "^/check/words/", "check/words/0.json"),
    Sort("drawn", "[.]svg$", "developers/arms.svg"),
    Sort("program", "[.](json|atom|ics|xml)$", "en/feed.json"),
)
PAGE = Sort("page", "", "en/index.html")
BY_SERVER = ("content-type", "vary")
"""headers that these servers make from the file themselves"""


@dataclass(frozen=True)
class Served:
    """What is served where: the public folder, an address as the server writes it, and a host name if it has one."""

    public: Path
    listen: str
    host: str = "_"

    @property
    def languages(self) -> list[str]:
        """The office's languages, as folders are called by them."""
        try:
            return (self.public / "site" / "languages.txt").read_text("utf-8").split()
        except FileNotFoundError:
            return []

    @property
    def moves(self) -> dict[str, Move]:
        """Old addresses, without slashes around them."""
        found: dict[str, Move] = {}
        for file in sorted((self.public / "site" / "redirects").glob("*.tsv")):
            found |= read_table(str(file))
        return found


def headers_of(sort: Sort) -> dict[str, str]:
    """The headers of all files of a sort."""
    return {name: value for name, value in manner(sort.example).headers if name not in BY_SERVER}


def one_type(sort: Sort) -> str | None:
    """The type of a sort whose files have one whatever their names end in."""
    return manner(sort.example).headers[0][1] if sort.name in ("partial", "tile", "part", "edition") else None


def nginx(served: Served) -> str:
    """A configuration for nginx, to be included within `http { … }`."""
    moved, gone = _moved(served.moves), _gone(served.moves)
    fronts = [(f"~*(^|,) *{re.escape(tag)}", f"/{tag}/") for tag in served.languages]
    types = "".join(f"        {_plain(kind)} {ending[1:]};\n" for ending, kind in TYPES.items())
    return "\n".join(
        [
            _nginx_map("$request_uri $communique_moved", moved),
            _nginx_map(
                "$uri $communique_gone", [(path, f"/{path.strip('/')}/index.html") for path in gone], volatile=True
            ),
            _nginx_map("$http_accept_language $communique_front", fronts),
            _nginx_map("$uri $communique_lost", _lost(served.languages), "/404.html"),
            "server {",
            f"    listen {served.listen};",
            f"    server_name {served.host};",
            f"    root {_quoted(f'{served.public}/site')};",
            "    index index.html;",
            "    absolute_redirect off;",
            "    server_tokens off;",
            "    gzip on;",
            "    gzip_vary on;",
            "    gzip_min_length 1024;",
            f"    gzip_types {' '.join(_texts())};",
            "    charset utf-8;",
            f"    charset_types {' '.join(_texts())};",
            f"    types {{\n{types}    }}",
            f"    default_type {BYTES};",
            "    error_page 404 $communique_lost;",
            "    error_page 410 $communique_gone;",
            "    if ($request_method !~ ^(GET|HEAD)$) { return 405; }",
            "    if ($communique_gone) { return 410; }",
            "    if ($communique_moved) { return 301 $communique_moved; }",
            "    location ~ (^|/)[.]|[.]br$ { return 404; }",
            "    location = / {",
            *_nginx_headers(PAGE),
            "        add_header vary accept-language always;",
            "        if ($communique_front) { return 302 $communique_front; }",
            "    }",
            *(line for sort in SORTS for line in _nginx_location(sort)),
            "    location / {",
            *_nginx_headers(PAGE),
            "    }",
            "}",
            "",
        ]
    )


def _nginx_location(sort: Sort) -> list[str]:
    kind = one_type(sort)
    forced = [f"        types {{ }}\n        default_type {_plain(kind)};"] if kind else []
    return [f'    location ~ "{sort.pattern}" {{', *forced, *_nginx_headers(sort), "    }"]


def _nginx_headers(sort: Sort) -> list[str]:
    return [
        f"        add_header {name} {_quoted(value)} always;"
        for name, value in headers_of(sort).items()
        if name != "server"
    ]


def _nginx_map(names: str, pairs: Sequence[tuple[str, str]], default: str = '""', volatile: bool = False) -> str:
    """A map; a volatile one is asked anew within a request, after nginx has gone on to the page of an error."""
    lines = "".join(f"    {_quoted(key)} {_quoted(value)};\n" for key, value in pairs)
    return f"map {names} {{\n{'    volatile;' * volatile}    default {default};\n{lines}}}"


def caddy(served: Served) -> str:
    """A Caddyfile."""
    lines = [
        "{\n\tadmin off\n\tauto_https disable_redirects\n}",
        f"{served.listen} {{",
        f"\troot * {_quoted(f'{served.public}/site')}",
        "\troute {",
        "\t@other not method GET HEAD",
        "\terror @other 405",
        "\t@hidden path_regexp (^|/)[.]|[.]br$",
        "\terror @hidden 404",
    ]
    for number, (path, target) in enumerate(_moved(served.moves)):
        lines += [f"\t@moved{number} vars {{http.request.uri}} {_quoted(path)}"]
        lines += [f"\tredir @moved{number} {_quoted(target)} 301"]
    for number, path in enumerate(_gone(served.moves)):
        lines += [f"\t@gone{number} path {_quoted(path)}", f"\terror @gone{number} 410"]
    for tag in served.languages:
        named = f"\t\theader_regexp Accept-Language (?i)(^|,)\\s*{re.escape(tag)}"
        lines += [f"\t@front-{tag} {{\n\t\tpath /\n{named}\n\t}}", f"\tredir @front-{tag} /{tag}/ 302"]
    for sort in SORTS:
        lines += [f"\t@{sort.name} path_regexp {sort.pattern}", f"\thandle @{sort.name} {{", *_caddy_file(sort), "\t}"]
    lines += ["\thandle {", *_caddy_file(PAGE), "\t}", "\t}", "\thandle_errors {", *_caddy_headers(PAGE)]
    lines += ["\t\t@gone expression {err.status_code} == 410", "\t\thandle @gone {", "\t\t\tfile_server", "\t\t}"]
    for tag in served.languages:
        lines += [f"\t\t@in-{tag} path /{tag}/*", f"\t\thandle @in-{tag} {{", f"\t\t\trewrite * /{tag}/404/index.html"]
        lines += ["\t\t\tfile_server", "\t\t}"]
    rest = ["\t\thandle {", "\t\t\trewrite * /404.html", "\t\t\tfile_server", "\t\t}"]
    return "\n".join([*lines, *rest, "\t}", "}", ""])


def _caddy_file(sort: Sort) -> list[str]:
    return [*_caddy_headers(sort), "\t\tencode gzip", "\t\tfile_server {\n\t\t\tprecompressed br\n\t\t}"]


def _caddy_headers(sort: Sort) -> list[str]:
    kind = one_type(sort)
    typed = [f"\t\theader >content-type {_quoted(kind)}"] if kind else _caddy_types(sort)
    return [*(f"\t\theader {name} {_quoted(value)}" for name, value in headers_of(sort).items()), *typed]


def _caddy_types(sort: Sort) -> list[str]:
    by_type: dict[str, list[str]] = {}
    for ending, kind in TYPES.items():
        by_type.setdefault(kind, []).append(ending)
    lines = []
    for number, (kind, endings) in enumerate(by_type.items()):
        paths = " ".join(f"*{ending}" for ending in endings) + (" */" if ".html" in endings else "")
        lines += [
            f"\t\t@{sort.name}-{number} path {paths}",
            f"\t\theader @{sort.name}-{number} >content-type {_quoted(kind)}",
        ]
    return lines


def _moved(moves: Mapping[str, Move]) -> list[tuple[str, str]]:
    """(address as it is asked for, where it leads), with and without a slash at its end."""
    found = []
    for path, move in moves.items():
        if move.status == 301:
            ways = (f"/{path}",) if "?" in path else (f"/{path}", f"/{path}/")
            found += [(one, leads_to(move.target)) for one in ways]
    return found


def _gone(moves: Mapping[str, Move]) -> list[str]:
    return [way for path, move in moves.items() if move.status == 410 for way in (f"/{path}", f"/{path}/")]


def _lost(languages: Sequence[str]) -> list[tuple[str, str]]:
    return [(f"~^/{re.escape(tag)}/", f"/{tag}/404/index.html") for tag in languages]


def _texts() -> list[str]:
    """Types worth compressing; HTML is meant always by nginx."""
    return sorted({_plain(kind) for kind in (*TYPES.values(), PLAIN) if ";" in kind} - {"text/html"})


def _plain(kind: str) -> str:
    """A type without its charset, which nginx adds by itself."""
    return kind.partition(";")[0]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("$", "\\$") if re.search(r'[\s;{}"\'\\#]|^$', text) else text
