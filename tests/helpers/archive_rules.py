"""What ISO 19005-2 (PDF/A-2b) asks of a file, as far as our own PDFs come near it; clauses as in the standard."""

import io
import re
import struct

import pikepdf
from pikepdf import Dictionary, Stream
from PIL import ImageCms

FILTERS = {
    f"/{name}Decode"
    for name in ("ASCIIHex", "ASCII85", "Flate", "RunLength", "CCITTFax", "JBIG2", "DCT", "JPX")
}
FORBIDDEN = {
    "/AA",
    "/JS",
    "/JavaScript",
    "/XFA",
    "/EF",
    "/Launch",
    "/TR",
    "/HTP",
    "/OPI",
    "/Alternates",
    "/Ref",
    "/PS",
}
MOST_NESTED = 28


def find_faults(content):
    """Return the sentences about what is against the standard; none for a good file."""
    faults = []
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", content):
        faults.append("6.1.2 header")
    if not content.rstrip(b"\r\n").endswith(b"%%EOF"):
        faults.append("6.1.3 something behind the end")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if "/ID" not in pdf.trailer or pdf.is_encrypted:
            faults.append("6.1.3 trailer")
        faults += _find_colour_faults(pdf)
        faults += _find_metadata_faults(pdf)
        for found in pdf.objects:
            faults += _find_object_faults(found)
        for number, page in enumerate(pdf.pages, 1):
            faults += [f"page {number}: {fault}" for fault in _find_drawing_faults(page)]
    return faults


def _find_colour_faults(pdf):
    intents = list(pdf.Root.get("/OutputIntents", []))
    if len(intents) != 1 or intents[0].get("/S") != "/GTS_PDFA1":
        return ["6.2.3 no output intent"]
    profile = intents[0].DestOutputProfile
    described = ImageCms.ImageCmsProfile(io.BytesIO(profile.read_bytes())).profile
    is_right = (described.device_class, described.xcolor_space.strip(), profile.N) == ("mntr", "RGB", 3)
    return [] if is_right and described.version < 5 else ["6.2.3 profile"]


def _find_metadata_faults(pdf):
    if "/Metadata" not in pdf.Root:
        return ["6.6.2.1 no metadata"]
    with pdf.open_metadata() as data:
        faults = [] if data.pdfa_status == "2B" else ["6.6.4 not said to be PDF/A-2b"]
        for name, entry in (("/Title", "dc:title"), ("/Producer", "pdf:Producer")):
            if str(pdf.docinfo.get(name, "")) != data.get(entry, ""):
                faults.append(f"6.6.3 {name} is not what the metadata says")
    if b"bytes=" in pdf.Root.Metadata.read_bytes().split(b"?>")[0]:
        faults.append("6.6.2.1 header of the metadata")
    return faults


def _find_object_faults(found):
    if not isinstance(found, Dictionary | Stream):
        return []
    faults = [f"forbidden {name}" for name in FORBIDDEN & set(found.keys())]
    if isinstance(found, Stream):
        faults += _find_stream_faults(found)
    if found.get("/Subtype") == "/Image" and found.get("/Interpolate"):
        faults.append("6.2.8 interpolated picture")
    if found.get("/Type") == "/Annot" and int(found.get("/F", 0)) & 0b100100111 != 4:
        faults.append("6.3.2 flags")
    if found.get("/Subtype") == "/Type0":
        faults += _find_font_faults(found)
    elif found.get("/Subtype") == "/TrueType":
        faults += _find_simple_font_faults(found)
    elif found.get("/Type") == "/Font" and found.get("/Subtype") not in ("/CIDFontType2", "/Type3"):
        faults.append(f"6.2.11.4.1 font {found.get('/BaseFont')} is not embedded")
    return faults


def _find_stream_faults(found):
    filters = found.get("/Filter", pikepdf.Array())
    names = {str(name) for name in filters} if isinstance(filters, pikepdf.Array) else {str(filters)}
    faults = [f"6.1.7.2 {name}" for name in names - FILTERS]
    return faults + [f"6.1.7.1 {name}" for name in ("/F", "/FFilter") if name in found]


def _find_font_faults(font):
    part = font.DescendantFonts[0]
    descriptor = part.FontDescriptor
    if "/FontFile2" not in descriptor:
        return [f"6.2.11.4.1 font {font.BaseFont} is not embedded"]
    names = {str(font.BaseFont), str(part.BaseFont), str(descriptor.FontName)}
    faults = [] if len(names) == 1 else [f"6.2.11.2 names {sorted(names)}"]
    if font.Encoding != "/Identity-H" or part.get("/CIDToGIDMap") != "/Identity":
        faults.append("6.2.11.3 which glyph a code means")
    drawn = _read_widths(descriptor.FontFile2.read_bytes())
    stated = {part.W[i] + j: width for i in range(0, len(part.W), 2) for j, width in enumerate(part.W[i + 1])}
    if any(glyph >= len(drawn) or abs(drawn[glyph] - float(width)) > 1 for glyph, width in stated.items()):
        faults.append(f"6.2.11.5 widths of {font.BaseFont}")
    return faults


def _find_simple_font_faults(font):
    descriptor = font.FontDescriptor
    is_symbolic = bool(int(descriptor.Flags) & 4)
    if "/FontFile2" not in descriptor or is_symbolic == ("/Encoding" in font):
        return [f"6.2.11.6 font {font.BaseFont}"]
    return [] if len(font.Widths) == font.LastChar - font.FirstChar + 1 else ["6.2.11.2 widths"]


def _read_widths(program):
    """Return the widths of a TrueType font's glyphs, in thousandths."""
    count = struct.unpack(">H", program[4:6])[0]
    entries = [struct.unpack(">4s3I", program[12 + 16 * i : 28 + 16 * i]) for i in range(count)]
    tables = {name: (start, size) for name, _sum, start, size in entries}
    units = struct.unpack(">H", program[tables[b"head"][0] + 18 :][:2])[0]
    long = struct.unpack(">H", program[tables[b"hhea"][0] + 34 :][:2])[0]
    glyphs = struct.unpack(">H", program[tables[b"maxp"][0] + 4 :][:2])[0]
    start = tables[b"hmtx"][0]
    widths = [struct.unpack(">H", program[start + 4 * i :][:2])[0] * 1000 / units for i in range(long)]
    return widths + widths[-1:] * (glyphs - long)


def _find_drawing_faults(page):
    sheets = [page.obj, *(found for found in page.get("/Resources", {}).get("/XObject", {}).values())]
    faults = []
    for sheet in sheets:
        if isinstance(sheet, Stream) and sheet.get("/Subtype") != "/Form":
            continue
        depth = deepest = 0
        for _operands, operator in pikepdf.parse_content_stream(sheet):
            depth += {"q": 1, "Q": -1}.get(str(operator), 0)
            deepest = max(deepest, depth)
        if deepest > MOST_NESTED:
            faults.append(f"6.1.13 {deepest} states in one another")
    return faults
