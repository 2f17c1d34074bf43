"""What comes in at the door: files looked at before they are kept.

A picture is decoded within limits and written anew in sRGB, without what a camera or a program put into it: once for
printers, and once smaller for the page where the first is too much to load. A document or a recording is kept as it is
when its first bytes are what its name says. Macros, programs and web pages stay outside.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import PurePath
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from django import forms
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from communique.newsroom.chance import fresh_name
from communique.newsroom.errors import Refused
from communique.newsroom.kept_files import keep, kept

LIMIT_BYTES = 100 * 1024 * 1024
PICTURE_LIMIT_BYTES = 30 * 1024 * 1024
PICTURE_LIMIT_PIXELS = 60_000_000
PRESS_SIDE = 4_096
"""longest side of what printers get, in points: an A4 page at 350 to the inch"""
PRESS_QUALITY = 90
"""of JPEG, with the colours of each point; what is seen through, which JPEG cannot hold, is WebP of this quality"""
SHOWN_SIDE = 1_080
"""longest side of what a page shows: its column twice over, nearly, and a telephone's whole width"""
SHOWN_BYTES = 130_000
"""what a page's picture should weigh: three seconds of a bad line"""
SHOWN_QUALITIES = (82, 76, 70, 64, 58, 52)
"""of WebP, best first: the first that is light enough is taken, the last one whatever it weighs"""

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
"""what everybody takes a picture's colours for that says nothing else, as those that are kept here do"""
PROFILED = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}
"""what a profile says that it is for -> in which form the points are given to it"""

PICTURES = {"jpg", "jpeg", "png", "webp", "gif", "tif", "tiff"}
OTHERS: dict[str, tuple[str, tuple[bytes, ...], int]] = {
    "pdf": ("application/pdf", (b"%PDF-",), 0),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",), 0),
    "odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",), 0),
    "mp3": ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), 0),
    "ogg": ("audio/ogg", (b"OggS",), 0),
    "m4a": ("audio/mp4", (b"ftyp",), 4),
    "wav": ("audio/wav", (b"RIFF",), 0),
    "mp4": ("video/mp4", (b"ftyp",), 4),
    "webm": ("video/webm", (b"\x1aE\xdf\xa3",), 0),
    "vtt": ("text/vtt", (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"), 0),
}
"""ending -> media type, what it may begin with, and where that stands"""


TOO_LARGE = gettext_lazy("%(name)s has %(size)d MB; at most %(limit)d are taken. Make it smaller, or link to it.")
TOO_MUCH = gettext_lazy(
    "With the files chosen before, %(name)s makes %(size)d MB; at most %(limit)d are sent at once. Save the draft "
    "first, then choose it again."
)


def limits() -> dict[str, Any]:
    """Attributes of a file field by which its page refuses what would not be taken, before it is sent (`files.js`)."""
    return {"data-limit": LIMIT_BYTES, "data-too-large": str(TOO_LARGE), "data-too-much": str(TOO_MUCH)}


class UploadRefused(Refused):
    """It was not kept; `sentence` says what to do."""


class Received(NamedTuple):
    """A file as it is kept."""

    file: ContentFile
    name: str
    media: str
    sha256: str
    width: int | None = None
    height: int | None = None
    shown: Received | None = None
    """of a picture: the smaller one that pages show, whose file has the private name that it is to lie under"""

    def frozen(self) -> dict[str, Any]:
        """What a frozen edition says of it."""
        file = {"private": self.file.name, "sha256": self.sha256}
        return {"file": file, "media": self.media, "width": self.width, "height": self.height}

    def kept(self) -> str:
        """The word under which it is kept for a form that comes back."""
        self.file.seek(0)
        facts = {key: value for key, value in self._asdict().items() if key not in ("file", "shown")}
        return keep(self.file.read(), {**facts, "shown": self.shown.kept() if self.shown else ""})


def _kept(word: str) -> Received | None:
    """What is kept under a word, None where it, or the smaller one with it, has gone."""
    found = kept(word)
    if found is None:
        return None
    data, facts = found
    smaller = facts.pop("shown", "")
    shown = _kept(smaller) if smaller else None
    if smaller and shown is None:
        return None
    return Received(ContentFile(data, fresh_name()), **facts, shown=shown)


class UploadInput(forms.ClearableFileInput):
    """A file field that says which file is there, by the name that its uploader knows, and shows a picture.

    A good file of a form that comes back for something else is kept (`kept_files.py`): its word is in the page.
    """

    template_name = "newsroom/upload_input.html"
    good: Received | None = None
    """what came in with the form that is being answered"""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = super().value_from_datadict(data, files, name)
        if chosen is not None:
            return chosen
        return _kept(data.get(f"{name}-kept", ""))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, {**(attrs or {}), **limits()})
        row = getattr(value, "instance", None)
        if self.good:
            context["kept"] = self.good.kept()
            context["kept_name"] = self.good.name
        context["upload"] = row
        context["is_picture"] = bool(row and row.upload and row.media.startswith("image/"))
        return context


class UploadFormField(forms.FileField):
    """A file field whose file was looked at: what it gives bears `received`."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        if isinstance(data, Received):
            return self._taken(data, initial)
        upload = super().clean(data, initial)
        if not isinstance(upload, File) or upload is initial:
            return upload
        got = look_at(upload)
        if isinstance(got, UploadRefused):
            raise forms.ValidationError(got.sentence) from got
        return self._taken(got, initial)

    def _taken(self, got: Received, initial: Any) -> Any:
        """A good file; of one that the row has already, as a save by itself sends it again, no second copy is made."""
        row = getattr(initial, "instance", None)
        if row and row.upload and row.sha256 == got.sha256:
            return initial
        self.widget.good = got
        got.file.received = got
        return got.file


def look_at(upload: Any) -> Received | UploadRefused:
    """What is to be kept of an upload, or why it is not; looked at once, however often it is asked."""
    if not hasattr(upload, "looked_at"):
        try:
            upload.looked_at = received(upload.name or "", upload)
        except UploadRefused as refusal:
            upload.looked_at = refusal
    found: Received | UploadRefused = upload.looked_at
    return found


def received(name: str, upload: Any) -> Received:
    """The file to keep of an upload. Raises UploadRefused."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    if upload.size > LIMIT_BYTES:
        raise UploadRefused(TOO_LARGE % {"name": name, "size": upload.size // 2**20, "limit": LIMIT_BYTES // 2**20})
    if ending in PICTURES:
        return _picture(name, upload)
    if ending not in OTHERS:
        known = ", ".join(sorted({*PICTURES, *OTHERS}))
        raise UploadRefused(
            _("%(name)s is of a kind that is not published here. Taken are: %(known)s.")
            % {"name": name, "known": known}
        )
    media, beginnings, at = OTHERS[ending]
    data = upload.read()
    if not any(data[at : at + len(beginning)] == beginning for beginning in beginnings):
        raise UploadRefused(
            _("%(name)s is not what its ending says. Open it in its program and save it again.") % {"name": name}
        )
    if ending in ("docx", "odt"):
        _refuse_macros(name, data)
    return Received(ContentFile(data, "file"), PurePath(name).name, media, sha256(data).hexdigest())


def _picture(name: str, upload: Any) -> Received:
    if upload.size > PICTURE_LIMIT_BYTES:
        raise UploadRefused(
            _("%(name)s has %(size)d MB; a picture may have %(limit)d. Save it smaller.")
            % {"name": name, "size": upload.size // 2**20, "limit": PICTURE_LIMIT_BYTES // 2**20}
        )
    try:
        with Image.open(upload) as opened:
            width, height = opened.size
            if width * height > PICTURE_LIMIT_PIXELS:
                said = _("%(name)s would open to %(width)d × %(height)d points, too many for a page. Save it smaller.")
                raise UploadRefused(said % {"name": name, "width": width, "height": height})
            turned = ImageOps.exif_transpose(opened)
            turned.thumbnail((PRESS_SIDE, PRESS_SIDE))
            seen_through = "A" in turned.getbands() or "transparency" in turned.info
            points = _in_srgb(turned, opened.info.get("icc_profile"), seen_through)
            if seen_through and points.getchannel("A").getextrema() == (255, 255):  # as pictures of a screen are
                points = points.convert("RGB")
            points.info.clear()  # comments among it, which would be written again
    except UploadRefused:
        raise
    except Image.DecompressionBombError as error:
        said = _("%(name)s would open to far too many points to be a picture for a page. Save it smaller.")
        raise UploadRefused(said % {"name": name}) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UploadRefused(
            _("%(name)s cannot be opened as a picture. Open it in its program and save it as JPEG or PNG.")
            % {"name": name}
        ) from error
    press = _for_press(points)
    return _received(
        name, points, press, "image/webp" if points.mode == "RGBA" else "image/jpeg", _shown(name, points, press)
    )


def _in_srgb(image: Image.Image, profile: bytes | None, seen_through: bool) -> Image.Image:
    """The points with their colours as sRGB has them, before the profile that says what they are is dropped."""
    points = image.convert("RGBA" if seen_through else "RGB")
    if not profile:
        return points
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        form = PROFILED.get(own.profile.xcolor_space)
        if form is None or not _is_for(form, image.mode):
            return points
        told = ImageCms.profileToProfile(
            image.convert(form),
            own,
            SRGB,
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):  # one that cannot be read says nothing, as in a browser
        return points
    if told is None:
        return points
    if seen_through:
        told.putalpha(points.getchannel("A"))
    return told


def _is_for(form: str, mode: str) -> bool:
    """Whether a profile for points in one form can be that of a picture in this mode."""
    if form == "RGB":
        return mode != "CMYK"
    return mode in ("L", "LA") if form == "L" else mode == form


def _for_press(points: Image.Image) -> bytes:
    """What printers get. JPEG is what every program that sets pages reads; not all of them read WebP.

    Neither progressive nor optimised: Pillow keeps less room for such a file than a very noisy picture needs.
    """
    if points.mode == "RGBA":
        return _written(points, "WEBP", quality=PRESS_QUALITY, method=4)
    return _written(points, "JPEG", quality=PRESS_QUALITY, subsampling=0)


def _shown(name: str, points: Image.Image, press: bytes) -> Received | None:
    """What pages show, None where that is the picture itself, because it is small enough."""
    if max(points.size) <= SHOWN_SIDE and len(press) <= SHOWN_BYTES:
        return None
    smaller = points.copy()
    smaller.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    tried = (_written(smaller, "WEBP", quality=quality, method=6) for quality in SHOWN_QUALITIES)
    data = b""
    for data in tried:
        if len(data) <= SHOWN_BYTES:
            break
    return _received(name, smaller, data, "image/webp") if len(data) < len(press) else None


def _written(points: Image.Image, sort: str, **how: Any) -> bytes:
    written = BytesIO()
    points.save(written, sort, **how)
    return written.getvalue()


def _received(name: str, points: Image.Image, data: bytes, media: str, shown: Received | None = None) -> Received:
    file = ContentFile(data, fresh_name())
    return Received(file, PurePath(name).name, media, sha256(data).hexdigest(), *points.size, shown)


def _refuse_macros(name: str, data: bytes) -> None:
    try:
        with ZipFile(BytesIO(data)) as opened:
            members = [member.lower() for member in opened.namelist()]
    except (BadZipFile, ValueError) as error:
        raise UploadRefused(
            _("%(name)s is damaged. Open it in its program and save it again.") % {"name": name}
        ) from error
    if any("vbaproject" in member or member.startswith("basic/") for member in members):
        raise UploadRefused(
            _("%(name)s carries macros, which are never published. Save it without them, or as PDF.") % {"name": name}
        )
