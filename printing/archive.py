"""A printed PDF as one that is read alike in decades: PDF/A-2b (ISO 19005-2), which archives ask for.

wkhtmltopdf embeds its fonts and draws nothing the standard forbids; what it leaves out is added here: what the colours
mean, who made the file and when, one name and the right widths for each font, a number of the file.
"""

import io
import struct
from datetime import datetime
from functools import lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import ImageCms
from reportlab.pdfbase.ttfonts import TTFontParser

PART, CONFORMANCE = "2", "B"
PRODUCER = "hr_emulation"


def archive(content: bytes, title: str, author: str, made: datetime) -> bytes:
    """Return a PDF as PDF/A-2b; what is drawn stays as it is.

    :param content: a PDF of wkhtmltopdf
    :param made: when the document was made, with its time zone
    :raises pikepdf.PdfError: it is no PDF

    >>> from datetime import UTC
    >>> with pikepdf.new() as blank, io.BytesIO() as output:
    ...     page = blank.add_blank_page()
    ...     blank.save(output)
    ...     made = archive(output.getvalue(), "Quyết định", "Sở Công Thương", datetime(2026, 11, 28, tzinfo=UTC))
    >>> with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_metadata() as data:
    ...     data.pdfa_status, data["dc:title"]
    ('2B', 'Quyết định')
    """
    with pikepdf.open(io.BytesIO(content)) as pdf, io.BytesIO() as output:
        for found in pdf.objects:
            _mend(found)
        _name_colours(pdf)
        _describe(pdf, title, author, made)
        pdf.save(output, min_version="1.7", deterministic_id=True)
        return output.getvalue()


def _mend(found: pikepdf.Object) -> None:
    if not isinstance(found, Dictionary | Stream):
        return
    if found.get("/Subtype") == "/Image" and "/Interpolate" in found:
        found.Interpolate = False
    if found.get("/Subtype") == "/Type0" and found.DescendantFonts[0].Subtype == "/CIDFontType2":
        _describe_font(found)
    if found.get("/Type") == "/Annot":
        found.F = 4  # printed like the rest


def _describe_font(font: pikepdf.Object) -> None:
    """A font bears one name in all its parts, and says the widths its glyphs have.

    wkhtmltopdf states widths as its screen would round them; it places each glyph itself, so that nothing moves.
    """
    part = font.DescendantFonts[0]
    part.BaseFont = part.FontDescriptor.FontName
    font.BaseFont = part.BaseFont
    part.W = Array([0, Array(_get_widths(part.FontDescriptor.FontFile2.read_bytes()))])


def _get_widths(program: bytes) -> list[int]:
    """Return the widths of a TrueType font's glyphs, in thousandths of its size."""
    font = TTFontParser(io.BytesIO(program))
    units: int = struct.unpack_from(">H", font.get_table("head"), 18)[0]
    long = struct.unpack_from(">H", font.get_table("hhea"), 34)[0]
    glyphs: int = struct.unpack_from(">H", font.get_table("maxp"), 4)[0]
    pairs = struct.iter_unpack(">Hh", font.get_table("hmtx")[: 4 * long])
    widths: list[int] = [round(width * 1000 / units) for width, _bearing in pairs]
    return widths + widths[-1:] * (glyphs - len(widths))


def _name_colours(pdf: pikepdf.Pdf) -> None:
    profile = Stream(pdf, get_profile())
    profile.N = 3
    meaning = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(meaning)])


@lru_cache(1)
def get_profile() -> bytes:
    """Return the ICC profile of sRGB, in which browsers and wkhtmltopdf mean their colours."""
    return bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


def _describe(pdf: pikepdf.Pdf, title: str, author: str, made: datetime) -> None:
    moment = made.isoformat(timespec="seconds")
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]  # what the metadata says is written back into it, so that both say the same
    with pdf.open_metadata(set_pikepdf_as_editor=False) as data:
        data["dc:title"] = title
        data["dc:creator"] = [author]
        data["xmp:CreateDate"] = data["xmp:ModifyDate"] = moment
        data["pdf:Producer"] = PRODUCER
        data["pdfaid:part"], data["pdfaid:conformance"] = PART, CONFORMANCE
