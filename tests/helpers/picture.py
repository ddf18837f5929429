"""What a printed page looks like, as pictures in millimetres: to compare two printers or to read a code."""

import base64
import ctypes.util
import io

import numpy
import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

PER_MM = 4
POINTS_PER_MM = 72 / 25.4


def pages(content, per_mm=PER_MM):
    """Return the pages of a PDF as grey pictures of ``per_mm`` points a millimetre."""
    document = pypdfium2.PdfDocument(content)
    return [page.render(scale=per_mm / POINTS_PER_MM).to_pil().convert("L") for page in document]


def poor_scan(content):
    """Return the first page of a PDF as a cheap scanner sees it: 150 dots an inch, slightly out of focus."""
    page = pypdfium2.PdfDocument(content)[0].render(scale=150 / 72).to_pil()
    return page.convert("L").filter(ImageFilter.GaussianBlur(0.6))


def read_codes(picture):
    """Return ``{reader: texts of the QR codes found}``: always by ZXing, and by ZBar where the machine has it."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    codes = {"zxing": [code.text for code in found]}
    if ctypes.util.find_library("zbar"):
        from pyzbar import pyzbar

        read = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
        codes["zbar"] = [code.data.decode() for code in read]
    return codes


def sizes(content):
    """Return ``[(width, height)]`` of the pages in mm."""
    return [
        tuple(side / POINTS_PER_MM for side in page.get_size()) for page in pypdfium2.PdfDocument(content)
    ]


def stray_ink(one, other, distance):
    """Return which part of the ink of each picture has no ink of the other within ``distance`` mm.

    Every word of one page stands where it stands on the other when both parts are nought.

    :rtype: tuple[float, float]
    """
    width, height = min(one.width, other.width), min(one.height, other.height)
    pair = [picture.crop((0, 0, width, height)) for picture in (one, other)]
    return _missing(*pair, distance), _missing(*reversed(pair), distance)


def _missing(picture, other, distance):
    ink = numpy.asarray(picture) < 128
    near = Image.fromarray(((numpy.asarray(other) < 176) * 255).astype("uint8"))
    near = numpy.asarray(near.filter(ImageFilter.MaxFilter(2 * round(distance * PER_MM) + 1))) > 0
    return float((ink & ~near).sum() / max(ink.sum(), 1))


def find_words(content, words, page=0):
    """Return ``(left, top, right, bottom)`` in mm of the first place where the words stand on a page, or None."""
    sheet = pypdfium2.PdfDocument(content)[page]
    text = sheet.get_textpage()
    found = text.search(words, match_case=True).get_next()
    if not found:
        return None
    boxes = [text.get_charbox(index) for index in range(found[0], found[0] + found[1])]
    boxes = [box for box in boxes if box[2] > box[0]]
    height = sheet.get_height()
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    top, bottom = height - max(box[3] for box in boxes), height - min(box[1] for box in boxes)
    return tuple(side / POINTS_PER_MM for side in (left, top, right, bottom))


def png():
    """Return a small picture as a field takes it."""
    content = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(content, "PNG")
    return base64.b64encode(content.getvalue())
