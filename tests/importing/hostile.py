"""Four hundred hostile inputs, made: bombs, lies, depths, entities, programs, damage, wrong charsets, ways out.

Each is a file that must be refused whole, with a sentence, and of which nothing may be kept. `SIZE` gives bombs the
size of the promise (a gigabyte, a million elements) or one that fits a test run.
"""

from __future__ import annotations

import gzip
import io
import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import brotli

from importing.documents import interview, open_file, open_parts, packed, paragraph, run, word_parts
from importing.pdfs import Type, assembled, pdf

SAID = "It will be mended before the winter, and it will burn again. "
HEAD = "<!doctype html><html lang='en'><head><title>A lamp</title></head><body><h1>A lamp</h1><p>3 May 2026</p>"
GOOD = f"{HEAD}<p>{SAID * 5}</p></body></html>".encode()


GOOD_WORD = word_parts(paragraph(run(SAID)))


@dataclass(frozen=True)
class Size:
    """How large things are."""

    deep: int
    line: int
    bomb: int


FULL = Size(deep=1_000_000, line=1_000_000_000, bomb=1_000_000_000)
SMALL = Size(deep=100_000, line=22_000_000, bomb=60_000_000)

Input = tuple[str, Callable[[], bytes]]
"""a file's name and what makes its bytes"""


def inputs(size: Size) -> dict[str, list[Input]]:
    """Family -> its inputs. Each name is there once."""
    families = {
        "bombs in bodies": _bodies(size),
        "bombs of archives": _archive_bombs(size),
        "lengths that lie": _lies(),
        "broken archives": _broken_archives(),
        "depth": _depths(size),
        "lines": _lines(size),
        "entities": _entities(),
        "programs": _programs(),
        "damage": _damage(),
        "charsets": _charsets(),
        "noise": _noise(),
        "zips": _zips(size),
        "pictures": _pictures(),
        "mails": _mails(size),
        "feeds": _feeds(size),
    }
    return {
        family: [(f"{n:02}-{name}", made) for n, (name, made) in enumerate(each)] for family, each in families.items()
    }


# web archives


def record(body: bytes, *headers: str, length: int | str | None = None, media: str = "text/html") -> bytes:
    """A WARC record with an answer; `length` is what it says of itself."""
    http = b"HTTP/1.1 200 OK\r\n" + "".join(f"{h}\r\n" for h in (f"Content-Type: {media}", *headers)).encode() + b"\r\n"
    whole = http + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/lamp\r\n"
        "WARC-Date: 2026-05-03T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(whole) if length is None else length}\r\n\r\n"
    )
    return head.encode() + whole + b"\r\n\r\n"


def _zeros(pack: Callable[[bytes], bytes], finish: Callable[[], bytes], count: int) -> bytes:
    found, block = bytearray(), b" " * 1_000_000
    for _ in range(count // len(block)):
        found += pack(block)
    return bytes(found + finish())


def gzipped(count: int, times: int = 1) -> bytes:
    """So many blanks, packed so many times."""
    packer = zlib.compressobj(9, wbits=31)
    found = packer.compress(GOOD[:200]) + _zeros(packer.compress, packer.flush, count)
    for _ in range(times - 1):
        found = gzip.compress(found)
    return found


def brotlied(count: int) -> bytes:
    packer = brotli.Compressor(quality=1)
    return packer.process(GOOD[:200]) + _zeros(packer.process, packer.finish, count)


def deflated(count: int, bits: int) -> bytes:
    packer = zlib.compressobj(9, wbits=bits)
    return packer.compress(GOOD[:200]) + _zeros(packer.compress, packer.flush, count)


def _bodies(size: Size) -> Iterator[Input]:
    ways: list[tuple[str, Callable[[int], bytes]]] = [
        ("gzip", gzipped),
        ("x-gzip", gzipped),
        ("br", brotlied),
        ("deflate", lambda count: deflated(count, 15)),
        ("deflate", lambda count: deflated(count, -15)),
        ("gzip, gzip", lambda count: gzipped(count, 2)),
        ("gzip, gzip, gzip", lambda count: gzipped(count, 3)),
        ("br, gzip", lambda count: gzip.compress(brotlied(count))),
    ]
    for way, pack in ways:
        for share in (3, 1):
            for wrap in (False, True):
                yield (
                    f"{way.replace(', ', '+')}-{share}-{wrap}.warc",
                    lambda way=way, pack=pack, share=share, wrap=wrap: record(
                        chunked(pack(size.bomb // share)) if wrap else pack(size.bomb // share),
                        f"Content-Encoding: {way}",
                        *(["Transfer-Encoding: chunked"] if wrap else []),
                    ),
                )
    for way in ("gzip", "br", "deflate"):
        pack = dict(ways)[way]
        yield f"cut-{way}.warc", lambda way=way, pack=pack: record(pack(30_000_000)[:-9], f"Content-Encoding: {way}")
        yield (
            f"noise-{way}.warc",
            lambda way=way: record(b"\x1f\x8b\x08\0" + random.Random(way).randbytes(4_000), f"Content-Encoding: {way}"),
        )


def chunked(data: bytes) -> bytes:
    parts = (data[at : at + 60_000] for at in range(0, len(data), 60_000))
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def _archive_bombs(size: Size) -> Iterator[Input]:
    yield "one-record.warc.gz", lambda: gzip.compress(record(b" " * min(size.bomb, 200_000_000)))
    yield "head.warc.gz", lambda: gzip.compress(b"WARC/1.0\r\nWARC-Type: " + b"x" * min(size.bomb, 600_000_000))
    yield "blanks.warc.gz", lambda: gzipped(size.bomb)
    yield "twice.warc.gz", lambda: gzip.compress(gzipped(size.bomb))
    yield "lines.warc", lambda: b"WARC/1.0\r\n" + b"X-Y: z\r\n" * 2_000_000
    yield "http-head.warc", lambda: record(b"", *["X-Y: " + "z" * 1_000] * 20_000)
    yield "http-line.warc", lambda: record(b"", "X-Y: " + "z" * 19_000_000)
    yield "html-inside.warc", lambda: record(b"<p>" * 6_000_000)
    yield "page-of-21-mb.warc", lambda: record(GOOD + b" " * 21_000_000)
    yield "text.warc", lambda: record(b"x" * 19_000_000, media="text/plain")


def _lies() -> Iterator[Input]:
    body = GOOD
    for length in (-1, 0, 1, 40, 10**6, 10**9, 10**18, 10**30, "x", "", "0x20", "1e3", "٣٠٠", " ", "-0", "+5"):
        yield f"length-{length!r}.warc".replace("'", ""), lambda length=length: record(body, length=length)
        yield (
            f"length-{length!r}.warc.gz".replace("'", ""),
            lambda length=length: gzip.compress(record(body, length=length)),
        )


def _broken_archives() -> Iterator[Input]:
    whole = record(GOOD)
    packed_whole = gzip.compress(whole)
    for at in range(1, 11):
        yield f"cut-{at}.warc", lambda at=at: whole[: len(whole) * at // 11]
        yield f"cut-{at}.warc.gz", lambda at=at: packed_whole[: len(packed_whole) * at // 11]
    yield "other.warc", lambda: whole.replace(b"WARC/1.0", b"JPEG/9.9")
    yield "nuls.warc", lambda: b"\0" * 5_000
    yield "nul-inside.warc", lambda: record(GOOD.replace(b"winter", b"win\0ter"))
    yield "no-head.warc", lambda: whole.partition(b"\r\n\r\n")[2]
    yield "empty.warc", lambda: b""
    yield "noise.warc.gz", lambda: b"\x1f\x8b\x08" + random.Random(1).randbytes(3_000)


# depth, lines, entities


def _depths(size: Size) -> Iterator[Input]:
    for tag in ("div", "b", "font", "ul><li", "table><tr><td", "blockquote", "a href=/x", "span", "section", "x-y"):
        yield f"{tag[:4].strip('><= ')}.html", lambda tag=tag: (HEAD + f"<{tag}>" * size.deep + SAID).encode()
    yield "closed.html", lambda: (HEAD + "<div>" * size.deep + SAID + "</div>" * size.deep + "</body></html>").encode()
    yield "closing.html", lambda: (HEAD + "</div>" * 3_000_000).encode()
    yield "comments.html", lambda: (HEAD + "<!--" * size.deep).encode()
    yield "attributes.html", lambda: (HEAD + "<p " + "a=1 " * size.deep + ">").encode()
    yield "quotes.md", lambda: (">" * size.deep + SAID).encode()
    yield "brackets.md", lambda: ("[" * size.deep).encode()
    yield "stars.md", lambda: ("*a **" * size.deep).encode()
    yield "ticks.md", lambda: "".join("`" * n + " " for n in range(1, 1_200)).encode()
    yield "items.md", lambda: "".join("  " * n + "- \n" for n in range(3_000)).encode()
    yield "groups.rtf", lambda: b"{\\rtf1 " + b"{" * size.deep + SAID.encode() + b"}" * size.deep + b"}"
    yield "open-groups.rtf", lambda: b"{\\rtf1 " + b"{" * 400 + SAID.encode()
    yield (
        "boxes.docx",
        lambda: packed(
            word_parts("<w:sdt><w:sdtContent>" * 9_000 + paragraph("a") + "</w:sdtContent></w:sdt>" * 9_000)
        ),
    )
    yield (
        "tables.docx",
        lambda: packed(word_parts("<w:tbl><w:tr><w:tc>" * 120 + paragraph("a") + "</w:tc></w:tr></w:tbl>" * 120)),
    )
    yield (
        "spans.odt",
        lambda: open_file("<text:p>" + "<text:span>" * 9_000 + "a" + "</text:span>" * 9_000 + "</text:p>"),
    )
    yield "arrays.pdf", lambda: assembled([b"[" * size.deep, b"<< >>"])
    yield "dictionaries.pdf", lambda: assembled([b"<< /A " * size.deep, b"<< >>"])
    yield (
        "own-kid.pdf",
        lambda: assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>"]),
    )


def _lines(size: Size) -> Iterator[Input]:
    for name in ("a.txt", "a.html", "a.md", "a.rtf", "a.eml", "a.rss", "a.warc"):
        head = {
            "html": HEAD.encode(),
            "rtf": b"{\\rtf1 ",
            "eml": b"Subject: a\n\n",
            "rss": b"<rss><channel><item><title>",
            "warc": b"WARC/1.0\r\nX: ",
        }
        beginning = head.get(name.partition(".")[2], b"")
        yield name, lambda beginning=beginning: beginning + b"x" * size.line
    for name in ("b.txt", "b.html"):
        yield name, lambda name=name: (HEAD.encode() if "html" in name else b"") + b"x " * 800_000
    yield "many.txt", lambda: b"a\n" * 2_000_000
    yield "blanks.txt", lambda: b" " * 3_000_000
    yield "breaks.txt", lambda: b"\n" * 3_000_000


def _entities() -> Iterator[Input]:
    laughs = '<!DOCTYPE x [<!ENTITY a "haha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    declared = {
        "laughs": laughs + "]>",
        "file": '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>',
        "address": '<!DOCTYPE x [<!ENTITY j SYSTEM "http://127.0.0.1:1/x">]>',
        "quadratic": f'<!DOCTYPE x [<!ENTITY j "{"a" * 50_000}">]>',
        "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY j "a">]>',
        "loop": '<!DOCTYPE x [<!ENTITY j "&k;"><!ENTITY k "&j;">]>',
    }
    for name, doctype in declared.items():
        times = 1_000 if name == "quadratic" else 1
        words = "&j;" * times
        for ending, body in {
            "rss": f"<rss><channel><item><title>A lamp</title><summary>{words}</summary></item></channel></rss>",
            "atom": f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>{words}</title></entry></feed>",
        }.items():
            yield f"{name}.{ending}", lambda doctype=doctype, body=body: f"{doctype}{body}".encode()
        for path in ("word/document.xml", "word/styles.xml"):
            parts = word_parts(paragraph(run(SAID)))
            yield (
                f"{name}-{path[5:8]}.docx",
                lambda doctype=doctype, path=path, parts=parts: packed({**parts, path: doctype + str(parts[path])}),
            )
        yield (
            f"{name}-utf-16.docx",
            lambda doctype=doctype: packed(
                {**GOOD_WORD, "word/document.xml": (doctype + str(GOOD_WORD["word/document.xml"])).encode("utf-16")}
            ),
        )
        odt = open_parts(f"<text:p>{SAID}</text:p>")
        yield (
            f"{name}.odt",
            lambda doctype=doctype, odt=odt: packed({**odt, "content.xml": doctype + str(odt["content.xml"])}),
        )
    yield "only-entities.html", lambda: (laughs + "]><html><body>" + "&j;" * 9 + "</body></html>").encode()


# programs and damage


def _programs() -> Iterator[Input]:
    word, odt = word_parts(paragraph(run(SAID))), open_parts(f"<text:p>{SAID}</text:p>")
    for member in ("word/vbaProject.bin", "word/VBAPROJECT.BIN", "word/vbaData.xml", "word/activeX/activeX1.bin"):
        yield f"{member[5:12].strip('/')}.docx", lambda member=member: packed({**word, member: b"\0"})
    for member in ("Basic/Standard/a.xml", "Scripts/python/a.py", "Basic/script-lc.xml"):
        yield f"{member[:5]}.odt", lambda member=member: packed({**odt, member: b"\0"})
    types = str(word["[Content_Types].xml"]).replace("wordprocessingml.document.main", "document.macroEnabled.main")
    yield "type.docx", lambda: packed({**word, "[Content_Types].xml": types})
    yield (
        "only-an-object.docx",
        lambda: packed(
            {
                **word_parts(paragraph('<w:r><w:object><o:OLEObject r:id="r1"/></w:object></w:r>')),
                "word/embeddings/o.bin": b"MZ",
            }
        ),
    )
    for word_ in ("objupdate", "objautlink", "objlink"):
        yield (
            f"{word_}.rtf",
            lambda word_=word_: b"{\\rtf1 " + SAID.encode() + b"{\\object\\%b{\\*\\objdata 01}}}" % word_.encode(),
        )
    for act in (b"/JavaScript", b"/JS (app.alert(1))", b"/Launch"):
        yield (
            f"{act[1:7].decode()}.pdf",
            lambda act=act: pdf([Type(50, 700, SAID)], extra=b"/OpenAction << /S " + act + b" >>"),
        )
    for name, head in {
        "a.html": b"MZ\x90\0\3",
        "a.txt": b"\x7fELF\2\1",
        "a.md": b"\xca\xfe\xba\xbe\0",
        "a.docx": b"MZ",
    }.items():
        yield f"program-{name}", lambda head=head: head + random.Random(5).randbytes(5_000)
    yield "old.doc.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3_000
    yield (
        "locked.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
    )


def _damage() -> Iterator[Input]:
    page = [Type(50, 780, "On the lamp", 18), *(Type(50, 740 - 14 * n, SAID) for n in range(30))]
    mail = (
        b"Subject: On the lamp\r\nDate: Sun, 3 May 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
        + SAID.encode() * 20
        + b"\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--b--\r\n"
    )
    whole = {
        "docx": interview("Question: Will it?", "Edric Holmevand: It will."),
        "odt": open_file(f"<text:p>{SAID}</text:p>"),
        "pdf": pdf(page),
        "rtf": b"{\\rtf1 " + SAID.encode() * 20 + b"\\par}",
        "eml": mail,
        "html": GOOD,
        "zip": packed({"a.html": GOOD}),
        "rss": rss(f"<title>On the lamp</title><description>{SAID}</description>"),
    }
    for ending, data in whole.items():
        for tenth in (1, 3, 5, 7, 9):
            yield f"cut-{tenth}.{ending}", lambda data=data, tenth=tenth: data[: len(data) * tenth // 10]
    for ending in ("docx", "odt", "zip"):
        data = whole[ending]
        yield f"middle.{ending}", lambda data=data: data[: len(data) // 3] + b"\0" * 60 + data[len(data) // 3 + 60 :]
        yield f"end.{ending}", lambda data=data: data[:-12] + b"\xff" * 12
    for ending in ("docx", "odt", "rtf", "pdf"):
        yield f"no-beginning.{ending}", lambda data=whole[ending]: data[20:]
    yield "no-pages.pdf", lambda: assembled([b"<< /Type /Catalog >>"])
    yield "no-text.pdf", lambda: pdf([])
    yield "bomb.pdf", lambda: pdf([Type(50, 700, "x" * 100)] * 200_000, packed=True)


def rss(*items: str) -> bytes:
    return (
        "<rss version='2.0'><channel>" + "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>"
    ).encode()


# charsets, noise


def _charsets() -> Iterator[Input]:
    page = f"{HEAD}<p>{SAID}Café, Straße, naïve.</p></body></html>"
    for stated in (
        "utf-8",
        "no-such-charset",
        "utf-16",
        "rot13",
        "zlib_codec",
        "hex",
        "idna",
        "punycode",
        "undefined",
        "utf-32",
    ):
        yield (
            f"states-{stated}.html",
            lambda stated=stated: page.replace("<head>", f"<head><meta charset='{stated}'>").encode("latin-1"),
        )
    for written in ("latin-1", "cp1251", "utf-16-be", "utf-32-le", "cp037"):
        words = (SAID + ("Привет " if written == "cp1251" else "Café ")) * 20
        yield f"{written}.txt", lambda words=words, written=written: words.encode(written)
        yield f"{written}.md", lambda words=words, written=written: words.encode(written)
    for name in ("a.html", "a.txt"):
        yield f"nul-{name}", lambda name=name: (page if "html" in name else SAID).replace("winter", "win\0ter").encode()
        yield f"surrogate-{name}", lambda name=name: b"\xed\xa0\x80" + (page if "html" in name else SAID).encode()
    yield "half-sign.txt", lambda: SAID.encode() + b"\xe2\x82"
    yield "half-sign.md", lambda: SAID.encode() + b"\xe2\x82"
    yield "mark-and-nonsense.txt", lambda: b"\xff\xfe" + b"\xd8\xdc\0" * 99


def _noise() -> Iterator[Input]:
    for ending in ("html", "txt", "md", "docx", "odt", "rtf", "pdf", "eml", "rss", "zip", "warc", "warc.gz", "wacz"):
        for seed in range(4):
            yield (
                f"{seed}.{ending}",
                lambda ending=ending, seed=seed: random.Random(f"{ending}{seed}").randbytes(20_000),
            )
        yield f"empty.{ending}", lambda: b""


# zips


def member(
    name: str, data: bytes = GOOD, mode: int = 0, how: int = zipfile.ZIP_DEFLATED
) -> tuple[zipfile.ZipInfo, bytes, int]:
    found = zipfile.ZipInfo(name, (2026, 5, 3, 10, 0, 0))
    found.external_attr = mode << 16
    return found, data, how


def zipped(*members: tuple[zipfile.ZipInfo, bytes, int]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as container:
        for facts, data, how in members:
            container.writestr(facts, data, how)
    return found.getvalue()


def _zips(size: Size) -> Iterator[Input]:
    for name in ("../a.html", "/etc/a.html", "a/../../b.html", "..\\a.html", "C:/a.html", "a/../b.html", "./../c.html"):
        yield f"out-{len(name)}.zip", lambda name=name: zipped(member(name))
    for target in (b"/etc/passwd", b"../../secret.html", b"a.html"):
        yield f"link-{len(target)}.zip", lambda target=target: zipped(member("a.html", target, stat.S_IFLNK | 0o777))
    yield "bomb.zip", lambda: zipped(member("a.html", b" " * min(size.bomb, 400_000_000)))
    yield "bomb.txt.zip", lambda: zipped(member("a.txt", b"x" * min(size.bomb, 400_000_000)))
    yield (
        "large.zip",
        lambda: zipped(member("a.html", random.Random(3).randbytes(15_000_000) * 2, how=zipfile.ZIP_STORED)),
    )
    yield "inner.zip", lambda: zipped(member("a.zip", zipped(member("a.html"))))
    yield "quine.zip", lambda: zipped(*(member(f"{n}.zip", zipped(member("a.zip", b"PK"))) for n in range(30)))
    yield "bzip2.zip", lambda: zipped(member("a.html", how=zipfile.ZIP_BZIP2))
    yield "lzma.zip", lambda: zipped(member("a.html", how=zipfile.ZIP_LZMA))
    yield "locked.zip", lambda: _flagged(zipped(member("a.html")))
    yield (
        "lying.zip",
        lambda: zipped(member("a.html", GOOD * 3)).replace(struct.pack("<I", len(GOOD * 3)), struct.pack("<I", 90)),
    )
    yield "overlapping.zip", lambda: _overlapping(zipped(member("a.html"), member("b.html")))
    yield "nothing.zip", lambda: zipped(member("a.exe", b"MZ"))
    yield "empty.zip", lambda: zipped()
    yield "bomb.wacz", lambda: zipped(member("archive/a.warc.gz", gzipped(size.bomb // 10), how=zipfile.ZIP_STORED))
    yield "lies.wacz", lambda: zipped(member("archive/a.warc", record(GOOD, length=10**12)))
    yield "noise.wacz", lambda: zipped(member("archive/a.warc", b"WARC/1.0\r\n" + random.Random(2).randbytes(999)))


def _flagged(data: bytes) -> bytes:
    flagged = bytearray(data)
    flagged[flagged.index(b"PK\x01\x02") + 8] |= 1
    flagged[flagged.index(b"PK\x03\x04") + 6] |= 1
    return bytes(flagged)


def _overlapping(data: bytes) -> bytes:
    """Both entries of the directory lead to the first member, whose name is that of neither."""
    found = bytearray(data)
    at = found.index(b"PK\x01\x02")
    found[at + 42 : at + 46] = struct.pack("<I", 7)
    second = found.index(b"PK\x01\x02", at + 4)
    found[second + 42 : second + 46] = struct.pack("<I", 7)
    return bytes(found)


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def _pictures() -> Iterator[Input]:
    huge = png(2**31 - 1, 2**31 - 1)
    for name in ("a.html", "a.txt", "a.md", "a.docx", "a.pdf", "a.eml"):
        yield f"png-{name}", lambda: huge
    yield "png.zip", lambda: zipped(member("a.html", huge), member("b.docx", huge))
    yield "media.docx", lambda: packed({**word_parts(""), "word/media/a.png": huge})
    yield "jpeg.html", lambda: b"\xff\xd8\xff\xe0" + b"\xff" * 5_000
    yield "gif.txt", lambda: b"GIF89a" + b"\xff" * 5_000


# mails and feeds


def _mails(size: Size) -> Iterator[Input]:
    head = b"Subject: On the lamp\r\nMIME-Version: 1.0\r\n"
    yield (
        "parts.eml",
        lambda: (
            head
            + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(2_000))
        ),
    )
    yield "messages.eml", lambda: head + b"Content-Type: message/rfc822\r\n\r\n" * 1_000
    yield "headers.eml", lambda: b"X-Y: z\r\n" * 2_000_000
    yield "folded.eml", lambda: b"Subject: a\r\n" + b" b\r\n" * 2_000_000
    yield "no-text.eml", lambda: head + b"Content-Type: image/png\r\n\r\nx"
    yield "no-head.eml", lambda: b"\xff\xfe no head at all"
    yield "encoded.eml", lambda: b"Subject: " + b"=?utf-8?b?YQ==?= " * size.deep + b"\r\n\r\n"
    yield "boundary.eml", lambda: head + b"Content-Type: multipart/mixed\r\n\r\nx"
    yield "charset.eml", lambda: head + b"Content-Type: text/plain; charset=no-such\r\n\r\n\xff\xff"
    yield (
        "base64.eml",
        lambda: head + b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"\xff!" * 9_999,
    )


def _feeds(size: Size) -> Iterator[Input]:
    yield "deep.rss", lambda: b"<rss><channel><item>" + b"<a>" * size.deep
    yield "deep.atom", lambda: b"<feed><entry><content>" + b"<a>" * 150 + b"</a>" * 150
    yield "text.rss", lambda: rss(f"<description>{'x' * 21_000_000}</description>")
    yield "empty.rss", lambda: rss()
    yield "no-words.rss", lambda: rss("<guid>1</guid>")
    yield (
        "drafts.xml",
        lambda: (
            "<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel>"
            + "".join(
                f"<item><title>Secret</title><description>{SAID}</description><wp:status>{status}</wp:status></item>"
                for status in ("draft", "private", "future", "pending", "trash", "inherit", "auto-draft")
            )
            + "</channel></rss>"
        ).encode(),
    )
    yield "other.xml", lambda: b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><a/></svg>"
    yield "attributes.rss", lambda: b"<rss a='" + b"x" * 12_000_000 + b"'/>"
    yield "stylesheet.xml", lambda: b"<?xml version='1.0'?><?xml-stylesheet href='file:///etc/passwd'?><rss/>"
    yield "charset.rss", lambda: b"<?xml version='1.0' encoding='no-such'?>" + rss("<title>a</title>")
