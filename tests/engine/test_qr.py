"""The QR codes of certificates, beside an independent library: the same modules, whatever the length."""

import pytest
import qrcode

from engine import qr


def expected(text):
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=0, mask_pattern=2)
    code.add_data(qrcode.util.QRData(text.encode(), mode=qrcode.util.MODE_8BIT_BYTE))
    code.make(fit=True)
    return ["".join("1" if dark else "0" for dark in row) for row in code.modules]


# The longest text of each version and one byte more: all forty versions, both ways of writing the length.
LENGTHS = (
    *(0, 1, 17, 18, 32, 33, 53, 54, 78, 79, 106, 107, 134, 135, 154, 155, 192, 193, 230, 231, 271, 272),
    *(321, 367, 425, 458, 520, 586, 644, 718, 792, 858, 929, 1003, 1091, 1171, 1273, 1367, 1465, 1528),
    *(1628, 1732, 1840, 1952, 2068, 2188, 2303, 2431, 2563, 2699, 2809, 2953),
)


@pytest.mark.parametrize("length", LENGTHS)
def test_same_modules_as_the_library(length):
    text = ("https://emulation.example/ỨNG " * 120).encode()[:length].decode(errors="ignore")
    text += "x" * (length - len(text.encode()))
    assert qr.draw(text) == expected(text)


def test_too_long():
    with pytest.raises(ValueError, match="2954 bytes"):
        qr.draw("x" * 2954)


def test_path_covers_the_dark_modules():
    rows, dark = qr.draw("Nguyễn Thị Thử"), set()
    size, path = qr.svg_path("Nguyễn Thị Thử")
    for piece in path.split("M")[1:]:
        place, width = piece.split("h")[:2]
        x, y = map(int, place.split())
        dark |= {(x + at, y) for at in range(int(width.removesuffix("v1")))}
    assert dark == {(x, y) for x in range(size) for y in range(size) if rows[y][x] == "1"}
