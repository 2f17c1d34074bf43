"""What a reader of the public site gets, asked of the real server on loopback, a promise a test."""

from __future__ import annotations

import gzip
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from communique.press import policy
from communique.press.copies import COPY_LIMIT_BYTES, SETTLED_S
from public_folder import PAGE, TINY, Public, lay_out, put, served


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    root = tmp_path_factory.mktemp("public")
    lay_out(root)
    with served(root) as public:
        yield public


@pytest.fixture(scope="module")
def settled(public: Public) -> Public:
    """The same, once its files have been left alone long enough to be kept in memory."""
    time.sleep(SETTLED_S + 0.2)
    return public


# -- pages and paths


def test_a_page_is_sent_whole_with_its_type_length_and_validator(public: Public) -> None:
    answer = public.get("/en/news/")
    assert (answer.status, answer.body) == (200, PAGE)
    assert answer["content-type"] == "text/html; charset=utf-8"
    assert answer["content-length"] == str(len(PAGE))
    assert answer["etag"].startswith('"')


def test_a_plain_file_is_sent_at_its_own_name(public: Public) -> None:
    answer = public.get("/en/plain.txt")
    assert (answer.status, answer.body, answer["content-type"]) == (200, b"plain\n", "text/plain; charset=utf-8")
    assert public.get("/en/feed.atom")["content-type"] == "application/atom+xml; charset=utf-8"


def test_head_answers_as_get_does_without_the_body(public: Public) -> None:
    for path in ("/en/news/", "/en/nowhere/", "/en/news", "/files/0a1b2c/long.mp4", "/en/gone", "/long.xml"):
        got, head = public.get(path), public.get(path, "HEAD")
        assert head.body == b""
        got.headers.pop("transfer-encoding", None)  # says how a body is sent
        assert {**head.headers, "date": ""} == {**got.headers, "date": ""}
        assert head.status == got.status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused_and_told_which_are_allowed(public: Public, method: str) -> None:
    answer = public.get("/en/news/", method)
    assert (answer.status, answer["allow"]) == (405, "GET, HEAD")


def test_a_folder_without_its_slash_leads_to_the_page(public: Public) -> None:
    answer = public.get("/en/news")
    assert (answer.status, answer["location"]) == (301, "/en/news/")
    assert public.get("/en/news?a=%2Fb&c")["location"] == "/en/news/?a=%2Fb&c"
    assert public.get("/en/a%20b")["location"] == "/en/a%20b/"
    assert public.get("/record")["location"] == "/record/"


def test_a_percent_sign_is_decoded_once(public: Public) -> None:
    assert public.get("/en/a%20b/").body == b"<p>blank</p>"
    assert public.get("/en/a%2520b/").status == 404
    assert public.get("/%2565n/news/").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/en/../../../etc/passwd",
        "/en/%2e%2e/%2e%2e/record/checkpoint",
        "/en/..%2f..%2frecord/checkpoint",
        "/en/..%5c..%5crecord",
        "/en\\news/",
        "//en/news/",
        "//evil.example/en",
        "/en//news/",
        "/en/news//",
        "/en/./news/",
        "/en/news/%00",
        "/en/news/index.html%00.txt",
        "/en/%ff/",
        "/en/news/%0d%0aX:y",
        "/.secret",
        "/en/.hidden/",
        "/en/news/index.html.br",
        "/assets/base.0a1b2c.css.BR",
        "/builds/1/en/news/",
        "/site/en/news/",
        "/en/plain.txt/",
        "/en/plain.txt/x",
        "/" + "a" * 300 + "/",
        "/" + "a/" * 1500,
        "*",
        "x",
    ],
)
def test_a_path_that_means_no_public_file_is_not_found(public: Public, path: str) -> None:
    answer = public.get(path)
    assert answer.status == 404
    assert b"root:" not in answer.body
    assert b"secret" not in answer.body


def test_a_link_that_leaves_the_public_folder_is_not_followed(public: Public, tmp_path: Path) -> None:
    outside = tmp_path / "key.txt"
    outside.write_text("a private key")
    shutil.copytree(tmp_path, tmp_path / "folder", ignore=lambda *_: ["folder"])
    (public.site / "en/leak.txt").symlink_to(outside)
    (public.site / "en/leaks").symlink_to(tmp_path / "folder")
    (public.site / "en/inner.txt").symlink_to("plain.txt")
    assert public.get("/en/leak.txt").status == 404
    assert public.get("/en/leaks/key.txt").status == 404
    assert public.get("/en/inner.txt").body == b"plain\n"


def test_what_is_no_regular_file_is_not_found_and_holds_nobody_up(public: Public) -> None:
    os.mkfifo(public.site / "en/pipe.txt")
    assert public.get("/en/pipe.txt").status == 404


# -- nothing, gone, moved


def test_nothing_found_shows_the_page_in_the_language_of_the_path(public: Public) -> None:
    answer = public.get("/en/no/such/page/")
    assert (answer.status, answer.body) == (404, b"<h1>Nothing here, in English</h1>\n")
    assert public.get("/fr/nulle-part/").body == b"<h1>Nothing here</h1>\n"
    assert "etag" not in answer.headers
    assert public.get("/en/no/", if_none_match="*").status == 404
    assert public.get("/en/404/").status == 404


def test_a_moved_address_leads_on_with_or_without_slash_and_query(public: Public) -> None:
    for path in ("/en/old/ferry", "/en/old/ferry/", "/en/old/ferry?from=mail", "/en/old/ferry/?x"):
        answer = public.get(path)
        assert (answer.status, answer["location"]) == (301, "/en/news")
    assert public.get("/moved/away")["location"] == "https://ministry.example/x?y=1"
    assert public.get("/old/caf%C3%A9")["location"] == "/fr/caf%C3%A9/"


def test_an_old_address_that_lives_in_its_query_leads_on(public: Public) -> None:
    assert public.get("/press.asp?id=17")["location"] == "/en/interviews/"
    assert public.get("/press.asp?id=18").status == 404


def test_a_removed_address_is_gone_and_shows_why(public: Public) -> None:
    answer = public.get("/en/taken/")
    assert (answer.status, answer.body) == (410, b"<h1>Taken away</h1>")
    assert answer["content-type"] == "text/html; charset=utf-8"
    assert "etag" not in answer.headers
    bare = public.get("/en/gone/?x=1")
    assert (bare.status, bare["content-type"]) == (410, "text/plain; charset=utf-8")


def test_a_line_that_is_no_redirect_takes_nothing_down(public: Public) -> None:
    assert public.get("/en/odd").status == 404


def test_a_new_redirect_holds_at_once(public: Public) -> None:
    for n in range(30):
        public.put("builds/1/redirects/7.tsv", f"en/turn\t301\ten/{n % 7}\n".encode())
        time.sleep(0.06)
        assert public.get("/en/turn")["location"] == f"/en/{n % 7}"
    (public.site / "redirects/7.tsv").unlink()
    assert public.get("/en/turn").status == 404


# -- the front


def test_the_front_leads_to_the_language_that_the_reader_likes_best(public: Public) -> None:
    for header, location in {
        "fr": "/fr/",
        "fr-CA,en;q=0.5": "/fr/",
        "de, en;q=0.3, fr;q=0.7": "/fr/",
        "zh": "/zh-hans/",
        "zh-Hans-SG": "/zh-hans/",
        "EN-gb": "/en/",
        "en;q=0, fr;q=0.1": "/fr/",
    }.items():
        answer = public.get("/", accept_language=header)
        assert (header, answer.status, answer["location"]) == (header, 302, location)
        assert "accept-language" in answer["vary"]


def test_the_front_shows_all_languages_to_a_reader_who_likes_none_of_them(public: Public) -> None:
    for headers in ({}, {"accept_language": "de"}, {"accept_language": "*"}, {"accept_language": "en;q=0"}):
        answer = public.get("/", **headers)
        assert answer.status == 200
        assert answer.body.startswith(b"<a href='/en/'>")
        assert "accept-language" in answer["vary"]


# -- validators and parts


def test_a_reader_who_has_the_page_is_told_so(public: Public) -> None:
    etag = public.get("/en/news/")["etag"]
    for header in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = public.get("/en/news/", if_none_match=header)
        assert (answer.status, answer.body, answer["etag"]) == (304, b"", etag)
        assert "cache-control" in answer.headers
        assert "vary" in answer.headers
    assert public.get("/en/news/", if_none_match='"other"').status == 200


def test_each_form_of_a_page_has_a_validator_of_its_own(public: Public) -> None:
    tags = {public.get("/en/news/", accept_encoding=name)["etag"] for name in ("br", "gzip", "identity")}
    assert len(tags) == 3
    br = public.get("/en/news/", accept_encoding="br")["etag"]
    assert public.get("/en/news/", accept_encoding="gzip", if_none_match=br).status == 200


def test_a_reader_who_knows_the_time_of_the_page_is_told_if_it_is_the_same(settled: Public) -> None:
    modified = settled.get("/en/news/")["last-modified"]
    assert settled.get("/en/news/", if_modified_since=modified).status == 304
    assert settled.get("/en/news/", if_modified_since="Fri, 01 Jan 2100 00:00:00 GMT").status == 200
    assert settled.get("/en/news/", if_modified_since="yesterday").status == 200
    assert settled.get("/en/news/", if_modified_since=modified, if_none_match='"other"').status == 200


def test_a_page_just_written_has_no_time_to_be_mistaken_by(public: Public) -> None:
    public.put("builds/1/en/fresh/index.html", b"one")
    first = public.get("/en/fresh/")
    public.put("builds/1/en/fresh/index.html", b"two")
    second = public.get("/en/fresh/")
    assert (first.body, second.body) == (b"one", b"two")
    assert first["etag"] != second["etag"]
    assert "last-modified" not in first.headers


@pytest.mark.parametrize("path", ["/files/0a1b2c/list.pdf", "/files/0a1b2c/long.mp4", "/en/news/"])
def test_a_part_of_a_file_is_sent_as_that_part(public: Public, path: str) -> None:
    whole = public.get(path)
    size = len(whole.body)
    assert whole["accept-ranges"] == "bytes"
    for header, first, last in (
        ("bytes=0-0", 0, 0),
        ("bytes=100-299", 100, 299),
        ("bytes=500-", 500, size - 1),
        ("bytes=-7", size - 7, size - 1),
        (f"bytes={size - 1}-{size + 50}", size - 1, size - 1),
        (f"bytes=-{size + 5}", 0, size - 1),
    ):
        answer = public.get(path, range=header)
        assert answer.status == 206, header
        assert answer["content-range"] == f"bytes {first}-{last}/{size}"
        assert answer.body == whole.body[first : last + 1]
        assert answer["content-length"] == str(last - first + 1)
        assert answer["etag"] == whole["etag"]


def test_a_part_that_does_not_exist_is_416_with_the_size(public: Public) -> None:
    for header in (f"bytes={len(PAGE)}-", "bytes=-0"):
        answer = public.get("/en/news/", range=header)
        assert (answer.status, answer["content-range"]) == (416, f"bytes */{len(PAGE)}")


@pytest.mark.parametrize("header", ["bytes=5-2", "bytes=a-b", "bytes=-", "lines=1-2", "bytes=0-1,5-6", "bytes=+1-2"])
def test_a_range_that_is_none_or_several_is_answered_with_the_whole(public: Public, header: str) -> None:
    answer = public.get("/en/news/", range=header)
    assert (answer.status, answer.body) == (200, PAGE)


def test_a_part_is_sent_only_of_the_content_that_the_reader_began_with(settled: Public) -> None:
    whole = settled.get("/en/news/")
    for held in (whole["etag"], whole["last-modified"]):
        assert settled.get("/en/news/", range="bytes=0-9", if_range=held).status == 206
    for other in ('"other"', "W/" + whole["etag"], "Fri, 01 Jan 2100 00:00:00 GMT"):
        assert settled.get("/en/news/", range="bytes=0-9", if_range=other).status == 200


def test_a_part_of_a_compressed_form_is_a_part_of_those_bytes(public: Public) -> None:
    whole = public.get("/en/news/", accept_encoding="br")
    head = public.get("/en/news/", accept_encoding="br", range="bytes=0-9")
    rest = public.get("/en/news/", accept_encoding="br", range="bytes=10-", if_range=whole["etag"])
    assert (head.status, rest.status) == (206, 206)
    assert brotli.decompress(head.body + rest.body) == PAGE


# -- forms


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("identity, br;q=0.5", None),
        ("identity;q=0", None),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("deflate", None),
        ("GZIP", "gzip"),
        ("br;q=high", None),
        ("", None),
    ],
)
def test_the_form_sent_is_the_one_that_the_client_likes_best(public: Public, header: str, encoding: str | None) -> None:
    answer = public.get("/en/news/", accept_encoding=header)
    assert answer.get("content-encoding") == encoding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(answer.body) == PAGE
    assert answer["vary"] == "accept-encoding"


def test_a_page_without_a_baked_form_is_compressed_on_the_way(public: Public) -> None:
    answer = public.get("/en/", accept_encoding="gzip, br")
    assert answer["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body).startswith(b"<h1>Front</h1>")
    assert public.get("/en/", accept_encoding="gzip")["etag"] == answer["etag"]


def test_what_is_tiny_or_no_text_is_sent_as_it_is(public: Public) -> None:
    tiny = public.get("/en/tiny/", accept_encoding="gzip")
    assert (tiny.body, tiny.get("content-encoding")) == (TINY, None)
    font = public.get("/assets/font.0a1b2c.woff2", accept_encoding="gzip, br")
    assert (font.get("content-encoding"), font.get("vary")) == (None, None)


def test_a_baked_form_of_an_earlier_content_is_never_sent(public: Public) -> None:
    public.put("builds/1/en/late/index.html", PAGE)
    public.put("builds/1/en/late/index.html.br", brotli.compress(PAGE))
    assert public.get("/en/late/", accept_encoding="br")["content-encoding"] == "br"
    time.sleep(0.05)
    public.put("builds/1/en/late/index.html", PAGE + b"corrected")
    assert public.get("/en/late/", accept_encoding="br").body == PAGE + b"corrected"


def test_a_file_too_large_for_memory_is_sent_whole_and_promises_nothing_it_could_break(public: Public) -> None:
    answer = public.get("/long.xml", range="bytes=0-5")
    assert answer.status == 200
    assert len(answer.body) == 5_000_000 > COPY_LIMIT_BYTES
    assert not {"etag", "last-modified", "accept-ranges", "content-length"} & set(answer.headers)


# -- caching and protection


def test_what_is_named_by_its_content_is_kept_for_a_year_and_the_rest_is_asked_for_again(public: Public) -> None:
    for path in ("/assets/base.0a1b2c.css", "/files/0a1b2c/list.pdf", "/record/tile/0/000", "/record/tile/entries/000"):
        assert public.get(path)["cache-control"] == "public, max-age=31536000, immutable"
    for path in (
        "/en/news/",
        "/",
        "/en/feed.atom",
        "/en/nowhere/",
        "/assets/nowhere.css",
        "/en/gone",
        "/en/old/ferry",
        "/record/",
        "/record/checkpoint",
        "/record/tile/0/001.p/3",
        "/record/editions/" + "ab" * 32,
        "/record/files/" + "cd" * 32,
    ):
        assert public.get(path)["cache-control"] == "public, max-age=0, must-revalidate", path


def test_the_record_may_be_read_from_anywhere_and_only_as_plain_bytes(public: Public) -> None:
    types = {
        "checkpoint": "text/plain; charset=utf-8",
        "log.vkey": "text/plain; charset=utf-8",
        "tile/0/000": "application/octet-stream",
        "tile/entries/000": "application/octet-stream",
        "editions/" + "ab" * 32: "text/plain; charset=utf-8",
        "files/" + "cd" * 32: "application/octet-stream",
    }
    for name, kind in types.items():
        answer = public.get(f"/record/{name}")
        assert (answer.status, answer["content-type"]) == (200, kind)
        assert answer["access-control-allow-origin"] == "*"
        assert answer["x-content-type-options"] == "nosniff"
        assert answer["cross-origin-resource-policy"] == "cross-origin"
    assert public.get("/record/tile/0/9")["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in public.get("/en/news/").headers


def test_every_answer_carries_the_protecting_headers(public: Public) -> None:
    for path in (
        "/en/news/",
        "/en/nowhere/",
        "/en/news",
        "/en/gone",
        "/en/old/ferry",
        "/",
        "/../x",
        "/record/checkpoint",
    ):
        answer = public.get(path)
        assert answer["content-security-policy"] == policy.HEADER
        assert answer["x-content-type-options"] == "nosniff"
        assert answer["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "camera=()" in answer["permissions-policy"]
        assert answer["cross-origin-opener-policy"] == "same-origin"
        assert answer["cross-origin-resource-policy"]
    assert public.get("/en/news/", "POST")["content-security-policy"] == policy.HEADER
    etag = public.get("/en/news/")["etag"]
    assert public.get("/en/news/", if_none_match=etag)["content-security-policy"] == policy.HEADER


def test_a_drawing_or_foreign_page_opened_by_its_address_runs_nothing(public: Public) -> None:
    for path in ("/assets/arms.0a1b2c.svg", "/files/0a1b2c/page.html"):
        assert public.get(path)["content-security-policy"] == policy.DRAWING
    assert public.get("/assets/arms.0a1b2c.svg")["content-type"] == "image/svg+xml; charset=utf-8"


def test_the_policy_of_the_page_is_that_of_the_header_without_what_only_a_header_can_say() -> None:
    assert policy.HEADER == policy.META + "; frame-src https:; frame-ancestors 'none'"
    assert "unsafe" not in policy.HEADER


# -- builds


def test_a_switch_of_builds_is_followed_at_once(tmp_path: Path) -> None:
    for n in range(40):
        put(tmp_path / f"builds/{n}/en/index.html", f"build {n}".encode())
        put(tmp_path / f"builds/{n}/redirects/0.tsv", f"en/old\t301\ten/{n}\n".encode())
    (tmp_path / "site").symlink_to("builds/0")
    with served(tmp_path) as public:
        for n in range(40):
            public.switch(str(n))
            assert public.get("/en/").body == f"build {n}".encode()
            assert public.get("/en/old")["location"] == f"/en/{n}"


def test_before_the_first_build_the_reader_is_told_to_come_again(tmp_path: Path) -> None:
    with served(tmp_path) as public:
        assert (public.get("/en/").status, public.get("/en/")["retry-after"]) == (503, "5")
        put(tmp_path / "builds/1/en/index.html", b"here")
        public.switch("1")
        assert public.get("/en/").body == b"here"


def test_an_office_with_one_language_has_its_front_page_at_once(tmp_path: Path) -> None:
    put(tmp_path / "builds/1/languages.txt", b"en\n")
    put(tmp_path / "builds/1/en/index.html", b"here")
    (tmp_path / "site").symlink_to("builds/1")
    with served(tmp_path) as public:
        assert public.get("/")["location"] == "/en/"


def test_without_any_page_for_nothing_a_line_says_so(tmp_path: Path) -> None:
    put(tmp_path / "builds/1/en/index.html", b"here")
    (tmp_path / "site").symlink_to("builds/1")
    with served(tmp_path) as public:
        answer = public.get("/en/nowhere/")
        assert (answer.status, answer["content-type"]) == (404, "text/plain; charset=utf-8")
        assert public.get("/").status == 404
