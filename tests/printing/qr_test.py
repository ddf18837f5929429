"""The QR codes of certificates, read back by an independent program; the path covers what the library says is dark."""

import numpy
import pytest
import zxingcpp

from printing import qr

QUIET = 4


def read(rows):
    """Return what a reader sees in the modules."""
    modules = numpy.array(
        [[0 if module == "1" else 255 for module in row] for row in rows], dtype=numpy.uint8
    )
    picture = numpy.pad(modules, QUIET, constant_values=255).repeat(4, axis=0).repeat(4, axis=1)
    return zxingcpp.read_barcodes(picture)[0].text


@pytest.mark.parametrize("length", [1, 17, 78, 154, 230, 320, 520])
def test_read_back(length):
    text = ("https://emulation.example/ỨNG " * 20).encode()[:length].decode(errors="ignore")
    assert read(qr.draw(text)) == text


def test_too_long():
    with pytest.raises(ValueError):
        qr.draw("x" * 2954)


def test_path_covers_the_dark_modules():
    rows, dark = qr.draw("Nguyễn Thị Thử"), set()
    size, path = qr.svg_path("Nguyễn Thị Thử")
    for piece in path.split("M")[1:]:
        place, width = piece.split("h")[:2]
        x, y = map(int, place.split())
        dark |= {(x + at, y) for at in range(int(width.removesuffix("v1")))}
    assert dark == {(x, y) for x in range(size) for y in range(size) if rows[y][x] == "1"}
