"""Charts: what is drawn, and that Excel and Word get charts of their own with the same figures."""

import io
import re
import zipfile
from html import escape

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook

from printing import chart, word
from printing.chart import Chart, Series
from printing.workbook import Frame

LONG = (
    "Phòng Kế hoạch, Tài chính và Quản lý khoa học công nghệ thông tin truyền thông của Sở Công Thương tỉnh"
)
UNITS = Chart(
    "Điểm trung bình theo đơn vị",
    ("Phòng <Một> & Hai", LONG),
    (Series("Kỳ này", (95.5, 88), ("95,5", "88")), Series("Kỳ trước", (90, None), ("90", "–"))),
)
TARGETS = Chart("Tỷ lệ (%)", ("Một", "Hai"), (Series("Tỷ lệ", (120, 60), ("120", "60")),), limit=100)
SPACES = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


def read_svg(drawn):
    """Return the rectangles' widths and the texts of a drawing, which is well-formed XML."""
    root = etree.fromstring(drawn)
    widths = [float(rect.get("width")) for rect in root.iter("{*}rect")]
    return widths, [text.text for text in root.iter("{*}text")]


def test_bars_are_as_long_as_their_values():
    widths, texts = read_svg(chart.draw(UNITS))
    bars = widths[2:]  # after the two of the legend
    assert len(bars) == 3, "no bar where there is no value"
    assert bars[1] / bars[0] == pytest.approx(90 / 95.5, abs=0.01)
    assert {"95,5", "90", "88", "–", "Kỳ này", "Kỳ trước", "Phòng <Một> & Hai"} <= set(texts)


def test_everything_stays_on_the_drawing():
    for drawn in (chart.draw(UNITS), chart.draw(TARGETS)):
        width, height = (
            float(side) for side in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn).groups()
        )
        root = etree.fromstring(drawn)
        for text in root.iter("{*}text"):
            start, room = float(text.get("x")), chart._measure(text.text)
            left = start - room if text.get("text-anchor") == "end" else start
            assert left >= 0 and left + room <= width + 0.1, text.text
            assert 0 < float(text.get("y")) <= height


def test_without_any_value_there_are_no_bars():
    empty = Chart("Không", ("Một",), (Series("Số", (0,), ("0",)),))
    assert read_svg(chart.draw(empty))[0] == []


def test_the_line_to_be_reached_stands_between_short_and_long():
    widths, _texts = read_svg(chart.draw(TARGETS))
    line = etree.fromstring(chart.draw(TARGETS)).findall(".//{*}line")[-1]
    left = chart.ROOM * chart.LABELS
    assert widths[2] < float(line.get("x1")) - left < widths[1]


def read_native(part):
    """Return the values of each series of a native chart, by position; a gap is not there."""
    root = etree.fromstring(part)
    return [
        {int(point.get("idx")): float(point.findtext("c:v", namespaces=SPACES)) for point in points}
        for points in (series.findall("c:val//c:pt", SPACES) for series in root.iter("{*}ser"))
    ]


def test_thousands_are_told_apart_in_excel_and_word():
    counts = Chart("Khen thưởng", ("Một",), (Series("Đề nghị", (1545,), ("1.545",)),))
    with zipfile.ZipFile(io.BytesIO(chart.build_workbook([counts], ["A"]))) as archive:
        assert b'formatCode="#,##0"' in archive.read("xl/charts/chart1.xml")
    assert b'formatCode="#,##0"' in chart.build_chart_part(counts)[0]
    assert b"#,##0.0#" in chart.build_chart_part(UNITS)[0], "a half keeps its half"


def test_figures_and_signatures_stand_apart():
    frame = Frame(agency="Sở Công Thương", dated="ngày 30 tháng 11 năm 2026")
    many = Chart("Xếp loại", tuple(map(str, range(40))), (Series("Số", (1,) * 40, ("1",) * 40),))
    for shown in (UNITS, many):
        book = chart.build_workbook([shown], ["A"], frame=frame)
        rows = list(load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True))
        assert "SỞ CÔNG THƯƠNG" in rows[1] and rows[3][0] == shown.title.upper()
        assert [row[0] for row in rows[7 : 7 + len(shown.labels)]] == list(shown.labels)
        signed = next(index for index, row in enumerate(rows) if frame.signers[0] in row)
        assert signed > 7 + len(shown.labels)
        assert frame.dated in rows[signed - 1] and frame.signers[1] in rows[signed]


def test_excel_draws_the_same_figures():
    book = chart.build_workbook([UNITS, TARGETS], ["Đơn vị", "Chỉ tiêu"])
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        first, second = (archive.read(f"xl/charts/chart{number}.xml") for number in (1, 2))
    assert read_native(first) == [{0: 95.5, 1: 88}, {0: 90}]
    assert read_native(second) == [{0: 120, 1: 60}]


def test_word_has_a_native_chart_with_its_workbook():
    data = escape(UNITS.to_text())
    page = (
        "<html><body><section class='sheet'><p>Trước</p>"
        f'<div class="chart" data-chart="{data}">{chart.draw(UNITS)}</div>'
        f'<div class="chart" data-chart="{escape(TARGETS.to_text())}">{chart.draw(TARGETS)}</div>'
        "<p class='caption'>Biểu đồ 1</p></section></body></html>"
    )
    document = Document(io.BytesIO(word.build(page)))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts == ["Trước", "Biểu đồ 1"], "the words of the drawing are no text of the document"
    relations = [part for part in document.part.rels.values() if part.reltype.endswith("/chart")]
    assert [read_native(relation.target_part.blob) for relation in relations] == [
        [{0: 95.5, 1: 88}, {0: 90}],
        [{0: 120, 1: 60}],
    ]
    for relation in relations:
        assert relation.target_part.rels["rId1"].target_part.blob[:2] == b"PK"
