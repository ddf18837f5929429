"""What is signed is read back letter by letter, and nothing else passes; codes on paper stay readable for ever."""

import hashlib
import re
from pathlib import Path

import numpy
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from printing import qr, signing

settings.register_profile("printing", database=None, deadline=None, derandomize=True, max_examples=60)
settings.load_profile("printing")

LAYOUTS = Path(__file__).parents[2] / "data/certificate_template_data.xml"
LONGEST_ADDRESS = "https://thiduakhenthuong.sonoivu.thanhphohochiminh.gov.vn/kt/"
PRIVATE, PUBLIC = signing.new_key()
KEY = signing.PublicKey(PUBLIC, "Sở Công Thương")
TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x1f"), max_size=120)
STATEMENTS = st.builds(
    signing.Statement, st.builds(signing.new_token), TEXT, TEXT, TEXT, TEXT, st.dates().map(str)
)
LONGEST = signing.Statement(
    signing.new_token(),
    "12345/2026",
    "Hợp tác xã Du lịch cộng đồng và Dược liệu quý hiếm bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu",
    "Gia đình văn hóa tiêu biểu xuất sắc cấp cơ sở nhiều năm liền",
    "1234/QĐ-VPUBND-TCHC",
    "2026-12-30",
)
# Signed by the first version of this addon: such codes hang on walls.
OLD_KEY = signing.PublicKey("_CiQhiAUK9N7Ya2nYvR3cXVXqvl-GKSXlStxht1gTG8")
OLD_CODE = (
    "AaOo5HZabTl5SUdFZ2RHVnofMDAxNC8yMDI2H05ndXnhu4VuIFRo4buLIMOBbmgfR2nhuqV5IGtoZW4fMDUvUcSQLVNDVB8yMDI2LTExLTIw"
    "9IvpEnD33Nel1fSqkkIGbnm5nOnHhrqu1hhljNY9EdTol6F-uhjbZ7RyWGUYArzLzefoytZxHJfTdDMNNUoZCA"
)


@given(STATEMENTS)
def test_what_is_signed_is_read_back(statement):
    code = signing.sign(statement, PRIVATE, KEY.agency)
    assert signing.check(code, {KEY.name: KEY}) == ("valid", statement)
    assert signing.get_token(code) == statement.token
    assert signing.get_key_name(code) == KEY.name


@given(STATEMENTS, st.data())
def test_no_changed_figure_passes(statement, data):
    code = signing.sign(statement, PRIVATE, KEY.agency)
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([figure for figure in "0123456789" if figure != code[place]]))
    changed = code[:place] + other + code[place + 1 :]
    assert signing.check(changed, {KEY.name: KEY})[1] is None


@given(st.text(max_size=300) | st.from_regex("[0-9]{1,3000}", fullmatch=True))
def test_anything_else_is_no_code(text):
    assert signing.check(text, {KEY.name: KEY})[0] in ("unreadable", "unknown_key")


def test_an_agency_s_key_signs_for_no_other():
    code = signing.sign(LONGEST, PRIVATE, KEY.agency)
    other = signing.PublicKey(PUBLIC, "Sở Y tế")
    assert signing.check(code, {KEY.name: other}) == ("unknown_key", None)
    assert signing.check(code, {other.name: other}) == ("unknown_key", None)
    stranger = signing.PublicKey(signing.new_key()[1], KEY.agency)
    assert signing.check(code, {KEY.name: stranger}) == ("unknown_key", None)


def test_codes_of_version_1_stay_readable():
    verdict, statement = signing.check(OLD_CODE, {OLD_KEY.name: OLD_KEY})
    assert verdict == "valid"
    assert (statement.number, statement.name) == ("0014/2026", "Nguyễn Thị Ánh")
    changed = OLD_CODE[:40] + "AAAA" + OLD_CODE[44:]
    assert signing.check(changed, {OLD_KEY.name: OLD_KEY}) == ("altered", None)


def test_the_words_of_version_2_never_change():
    """Codes on paper are packed with them: a change would make every one of them unreadable."""
    digest = hashlib.sha256(signing.words()).hexdigest()
    assert digest == "23735696a1b00cb0de9b4a16c1efb9c7e697db9f99aae99aa9d3d6f6c96f196f"


def get_code_widths():
    content = LAYOUTS.read_text(encoding="utf-8")
    boxes = re.findall(
        r'<record id="(\w+)" model="emulation.certificate.field">(.*?)</record>', content, re.S
    )
    return {name: float(re.search(r'name="width">([\d.]+)<', box)[1]) for name, box in boxes if ">qr<" in box}


@pytest.mark.parametrize(("box", "width"), get_code_widths().items())
def test_every_layout_prints_modules_phones_can_read(box, width):
    code = LONGEST_ADDRESS + signing.sign(LONGEST, PRIVATE, KEY.agency)
    assert qr.get_module(code, width) >= 0.4, box


def test_the_longest_code_is_read_from_a_poor_scan():
    """At 150 dots an inch, slightly out of focus, with a stain over a twentieth of the code."""
    code = LONGEST_ADDRESS + signing.sign(LONGEST, PRIVATE, KEY.agency)
    width = min(get_code_widths().values())
    rows = qr.draw(code)
    modules = numpy.array([[0 if cell == "1" else 255 for cell in row] for row in rows], dtype=numpy.uint8)
    sharp = Image.fromarray(numpy.pad(modules, qr.QUIET, constant_values=255).repeat(12, 0).repeat(12, 1))
    dots = round(width / 25.4 * 150)
    scan = sharp.resize((dots, dots), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.6))
    side = round(dots * 0.05**0.5)
    scan.paste(120, (dots // 2, dots // 2, dots // 2 + side, dots // 2 + side))
    assert zxingcpp.read_barcodes(scan)[0].text == code


def test_a_row_of_a_key_that_is_no_key_breaks_nothing():
    """Somebody with the database in hand spoils a key: its certificates are not proven, and no page breaks."""
    code = signing.sign(LONGEST, PRIVATE, KEY.agency)
    for public in ("", "!", "é", "A", PUBLIC[:-2]):
        assert signing.check(code, {KEY.name: signing.PublicKey(public, KEY.agency)})[0] == "unknown_key"


@pytest.mark.parametrize("text", ["A\x1fB", "ạ" * 3000, "".join(chr(0x4E00 + n * 7) for n in range(900))])
def test_what_could_not_be_read_again_is_not_signed(text):
    said = signing.Statement(signing.new_token(), "0001/2026", text, "Giấy khen", "05/QĐ-SCT", "2026-11-20")
    with pytest.raises(ValueError, match="read again"):
        signing.sign(said, PRIVATE, KEY.agency)
