"""What is looked at before a file is opened: size, kind, unpacked size, entities."""

import io
import lzma
import re
import zipfile
import zlib
from typing import Literal, TypeAlias

from .problems import OfficeError

Kind: TypeAlias = Literal["xlsx", "ods", "docx", "xls", "pdf", "html", "csv"]

# What zipfile raises for an archive or a part that is broken (a checksum, a place in the file, what is packed in it),
# cut short, packed in an unknown way or locked by a password.
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError),
    *(EOFError, NotImplementedError, RuntimeError),
)
MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 400 * MEGABYTE
MOST_WORD = 32 * MEGABYTE  # XML of a Word file, that is read whole: some twenty thousand lines of a list
MOST_SHARED = 64 * MEGABYTE  # texts and looks of an Excel file, that are read whole
MOST_STREAMS = 200 * MEGABYTE  # what the parts of a PDF unpack to
MOST_MEMBERS = 5_000
STREAM = re.compile(rb"stream\r?\n")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XML_NAMES = (".xml", ".rels", ".vml")
# A declaration of entities stands in the open: a text or an attribute would write "<" as "&lt;".
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


def identify(content: bytes) -> Kind:
    """Tell what kind of file it is from its content, never from its name.

    :param bytes content: the file
    :return: ``xlsx``, ``ods``, ``docx``, ``xls``, ``pdf``, ``html`` or ``csv``
    :raises OfficeError: it is empty, too big, dangerous, locked or of no kind that is read

    >>> identify(b"%PDF-1.7"), identify("Họ tên;Năm".encode())
    ('pdf', 'csv')
    >>> identify(b"")
    Traceback (most recent call last):
    office.problems.OfficeError: The file is empty.
    """
    if not content.strip():
        raise OfficeError("empty")
    if len(content) > MOST_BYTES:
        raise OfficeError("too_big", size=len(content) // MEGABYTE, most=MOST_BYTES // MEGABYTE)
    if content.startswith(b"PK\x03\x04"):
        return _identify_archive(content)
    if content.startswith(OLD_OFFICE):
        return _identify_old_office(content)
    if content.startswith(b"%PDF"):
        check_streams(content)
        return "pdf"
    return _identify_text(content)


def _identify_archive(content: bytes) -> Kind:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except DAMAGED as error:
        raise OfficeError("damaged") from error
    with archive:
        names = set(archive.namelist())
        _check_not_encrypted(archive, names)
        check_archive(archive)
        if "xl/workbook.xml" in names:
            _check_shared_size(archive)
            return "xlsx"
        if "word/document.xml" in names:
            _check_word_size(archive)
            return "docx"
        if "content.xml" in names and b"opendocument.spreadsheet" in _read_mimetype(archive, names):
            return "ods"
    raise OfficeError("unknown")


def _read_mimetype(archive: zipfile.ZipFile, names: set[str]) -> bytes:
    try:
        return archive.read("mimetype") if "mimetype" in names else b""
    except DAMAGED as error:
        raise OfficeError("damaged") from error


def _check_not_encrypted(archive: zipfile.ZipFile, names: set[str]) -> None:
    """OpenDocument locks its parts one by one and says so in its list of parts, or packs a whole locked file."""
    listed = "META-INF/manifest.xml"
    try:
        locked = "encrypted-package" in names or (
            listed in names
            and archive.getinfo(listed).file_size < MEGABYTE
            and b"encryption-data" in archive.read(listed)
        )
    except DAMAGED as error:
        raise OfficeError("damaged") from error
    if locked:
        raise OfficeError("locked")


def _check_shared_size(archive: zipfile.ZipFile) -> None:
    """Sheets are read row by row; the texts they share and their looks are held whole."""
    whole = ("xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml")
    sizes = [member.file_size for member in archive.infolist() if member.filename in whole]
    if sum(sizes) > MOST_SHARED:
        raise OfficeError("bomb", most=MOST_SHARED // MEGABYTE)


def check_streams(content: bytes) -> None:
    """Refuse a PDF whose packed parts unpack to too much: the library that reads it unpacks each whole.

    :raises OfficeError: saying how much is read

    >>> check_streams(b"stream\\r\\n" + zlib.compress(b"text") + b"endstream")
    """
    room = MOST_STREAMS
    for found in STREAM.finditer(content):
        room -= _measure(content[found.end() : content.find(b"endstream", found.end())], room)
        if room <= 0:
            raise OfficeError("bomb", most=MOST_STREAMS // MEGABYTE)


def _measure(packed: bytes, room: int, depth: int = 0) -> int:
    """Return how much a part unpacks to, at most a little over ``room``; packed twice, it is unpacked twice."""
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(packed, room + 1)
    except zlib.error:
        return 0
    twice = _measure(data, room, depth + 1) if depth < 3 and data[:1] == b"\x78" else 0
    return max(len(data), twice)


def _check_word_size(archive: zipfile.ZipFile) -> None:
    xml = (member for member in archive.infolist() if member.filename.lower().endswith(XML_NAMES))
    if sum(member.file_size for member in xml) > MOST_WORD:
        raise OfficeError("bomb", most=MOST_WORD // MEGABYTE)


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks to too much, is locked or declares entities.

    The sizes an archive declares are those that ``zipfile`` unpacks at most.

    :raises OfficeError: saying why
    """
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise OfficeError("locked")
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise OfficeError("bomb", most=MOST_UNPACKED // MEGABYTE)
    for member in members:
        if member.filename.lower().endswith(XML_NAMES):
            _check_xml(archive, member)


def _check_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    tail = b""
    try:
        with archive.open(member) as file:
            while chunk := file.read(MEGABYTE):
                if not tail and b"\x00" in chunk[:8]:  # not the UTF-8 that office programs write
                    raise OfficeError("entities")
                if DOCTYPE.search(tail + chunk):
                    raise OfficeError("entities")
                tail = chunk[-16:]
    except DAMAGED as error:
        raise OfficeError("damaged") from error


def _identify_old_office(content: bytes) -> Kind:
    """Excel, Word and locked files of all kinds share one container; its folder names them in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise OfficeError("locked")
    if "WordDocument".encode("utf-16-le") in content:
        raise OfficeError("old_word")
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls"
    raise OfficeError("unknown")


def _identify_text(content: bytes) -> Kind:
    beginning = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith((b"<html", b"<!doctype html", b"<table", b"<div", b"<meta")):
        return "html"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "csv"
    if b"\x00" in content[:MEGABYTE] or beginning.startswith((b"<?xml", b"{\\rtf")):
        raise OfficeError("unknown")
    return "csv"
