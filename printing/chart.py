"""Bars of a report, told apart in black and white: as SVG for the page, as native charts for Excel and Word.

A chart is plain values; whoever makes it writes its figures as they are printed.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import xlsxwriter
from markupsafe import Markup

from .fonts import break_lines, font
from .workbook import Frame, Head

FONT, SIZE, LINE = "Tinos-Regular", 11.0, 12.5  # points
ROOM = 467.0  # points: the width of the text of a page, 165 mm
LABELS = 0.36  # of the width
MOST_LINES = 3  # of a label
BAR, GAP = 11.0, 8.0  # points
LEGEND = 20.0
FILLS = ("#404040", "#ffffff", "#b5b5b5")  # a photocopy keeps them apart
MM_PER_POINT = 25.4 / 72
LIMIT = "Mức phải đạt"
# How Excel and Word write figures: a separator between thousands, and as many digits after the comma as there are.
WHOLE, BROKEN = "#,##0", "[<1000]General;#,##0.0#"
CHART_COLUMNS = 10  # that a chart covers, of Excel's own width
ROW_HEIGHT = 20  # pixels, of an empty row
# What Excel takes as not shown, Word shows unless it is told.
SHOWN = b'<c:showVal val="1"/>'
ONLY_SHOWN = (
    b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    b'<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


@dataclass(frozen=True)
class Series:
    """Values of one colour, one a label; None where there is none. ``texts`` are the values as printed."""

    name: str
    values: Sequence[float | None]
    texts: Sequence[str]


@dataclass(frozen=True)
class Chart:
    """What is compared: a bar of each series for each label. ``limit`` is a line to be reached, in the same measure."""

    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    limit: float | None = None

    def to_text(self) -> str:
        """Return the chart as text a page can carry.

        >>> Chart("A", ("B",), (Series("C", (1,), ("1",)),)).to_text()
        '{"title": "A", "labels": ["B"], "series": [{"name": "C", "values": [1], "texts": ["1"]}], "limit": null}'
        """
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Chart":
        """Return the chart of ``to_text``.

        >>> Chart.from_text(Chart("A", ("B",), (Series("C", (1,), ("1",)),)).to_text()).series[0].values
        [1]
        """
        found = json.loads(text)
        return cls(**{**found, "series": [Series(**series) for series in found["series"]]})

    def get_height(self) -> float:
        """Return how high it is drawn, in mm.

        >>> round(Chart("A", ("B",), (Series("C", (1,), ("1",)),)).get_height(), 1)
        11.3
        """
        return (self._get_top() + sum(self._get_heights())) * MM_PER_POINT + 2

    def _get_heights(self) -> list[float]:
        """Return the height of each label's bars in points."""
        bars = BAR * len(self.series)
        return [max(bars, LINE * len(_wrap(label))) + GAP for label in self.labels]

    def _get_top(self) -> float:
        return LEGEND if len(self.series) > 1 or self.limit is not None else 6.0


def draw(chart: Chart) -> Markup:
    """Return the chart as an SVG drawing, as wide as the text of a page.

    >>> drawing = draw(Chart("Xếp loại", ("Tốt & khá",), (Series("Cá nhân", (12,), ("12",)),)))
    >>> drawing[:4], drawing.count("<rect"), "Tốt &amp; khá" in drawing, ">12</text>" in drawing
    (Markup('<svg'), 1, True, True)
    """
    width, height = ROOM * MM_PER_POINT, chart.get_height()
    parts = Markup("").join([*_draw_legend(chart), *_draw_rows(chart)])
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="%.1fmm" height="%.1fmm" viewBox="0 0 %.1f %.1f" role="img"'
        ' font-family="Tinos, Times New Roman, serif" font-size="%g"><title>%s</title>%s</svg>'
    ) % (width, height, ROOM, height / MM_PER_POINT, SIZE, chart.title, parts)


def _draw_rows(chart: Chart) -> Iterator[Markup]:
    left, top = ROOM * LABELS, chart._get_top()
    scale = _get_scale(chart, left)
    bottom = top + sum(chart._get_heights())
    y = top
    for index, height in enumerate(chart._get_heights()):
        yield from _draw_label(chart.labels[index], left - 6, y + height / 2)
        first = y + (height - BAR * len(chart.series)) / 2
        for number, series in enumerate(chart.series):
            yield from _draw_bar(series, index, number, left, first + BAR * number, scale)
        y += height
    yield _line(left, top, left, bottom, 0.8)
    if chart.limit is not None:
        yield _line(left + chart.limit * scale, top, left + chart.limit * scale, bottom, 0.8, dashes="3 2")


def _draw_label(label: str, right: float, middle: float) -> Iterator[Markup]:
    lines = _wrap(label)
    y = middle - LINE * len(lines) / 2 + SIZE * 0.85
    for line in lines:
        yield _text(right, y, line, "end")
        y += LINE


def _draw_bar(
    series: Series, index: int, number: int, left: float, y: float, scale: float
) -> Iterator[Markup]:
    value = series.values[index]
    end = left + max(value or 0, 0) * scale
    if value:
        fill = FILLS[number % len(FILLS)]
        yield _rect(left, y + 1, end - left, BAR - 2, fill)
    yield _text(end + 4, y + BAR - 2, series.texts[index])


def _draw_legend(chart: Chart) -> Iterator[Markup]:
    if len(chart.series) < 2 and chart.limit is None:
        return
    x = ROOM * LABELS
    for number, series in enumerate(chart.series):
        yield _rect(x, 4, 9, 8, FILLS[number % len(FILLS)])
        yield _text(x + 13, 12, series.name)
        x += 13 + _measure(series.name) + 18
    if chart.limit is not None:
        yield _line(x, 8, x + 14, 8, 0.8, dashes="3 2")
        yield _text(x + 18, 12, LIMIT)


def _get_scale(chart: Chart, left: float) -> float:
    """Return how many points one of the measure is long: the longest bar leaves room for its figure."""
    values = [value or 0 for series in chart.series for value in series.values]
    texts = [text for series in chart.series for text in series.texts]
    longest = max([*values, chart.limit or 0, 0])
    return (ROOM - left - 10 - max(map(_measure, texts), default=0)) / longest if longest > 0 else 0


def _wrap(label: str) -> list[str]:
    """Return a label in lines beside its bars; a longer one ends with dots.

    >>> _wrap("Phòng Tổ chức - Hành chính"), len(_wrap("rất " * 60)), _wrap("rất " * 60)[-1][-1]
    (['Phòng Tổ chức - Hành chính'], 3, '…')
    """
    lines = break_lines(label, FONT, SIZE, ROOM * LABELS - 8) or [label[:24]]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]}…"]
    return lines


def _measure(text: str) -> float:
    return float(font(FONT).stringWidth(text, SIZE))


def _text(x: float, y: float, text: str, anchor: str = "start") -> Markup:
    return Markup('<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>') % (x, y, anchor, text)


def _rect(x: float, y: float, width: float, height: float, fill: str) -> Markup:
    return Markup(
        '<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s" stroke="#000" stroke-width="0.6"></rect>'
    ) % (x, y, width, height, fill)


def _line(x: float, y: float, to_x: float, to_y: float, width: float, dashes: str = "none") -> Markup:
    return Markup(
        '<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#000" stroke-width="%g" stroke-dasharray="%s"></line>'
    ) % (x, y, to_x, to_y, width, dashes)


# ---------- Excel and Word ----------


def build_workbook(
    charts: Sequence[Chart], names: Sequence[str], titled: bool = True, frame: Frame | None = None
) -> bytes:
    """Return a workbook with a sheet for each chart: its figures, and beside them the chart drawn from them.

    :param names: of the sheets, as ``workbook.sheet_name`` gives them
    :param titled: the title stands in the chart too
    :param frame: what stands round the figures, as round every list that leaves the agency

    >>> build_workbook([Chart("A", ("B",), (Series("C", (1,), ("1",)),))], ["A"])[:2]
    b'PK'
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        for chart, name in zip(charts, names, strict=True):
            _fill_sheet(workbook, name, chart, titled, frame)
    return stream.getvalue()


def _fill_sheet(workbook: Any, name: str, chart: Chart, titled: bool, frame: Frame | None) -> None:
    def style(**look: Any) -> Any:
        return workbook.add_format({"font_name": "Times New Roman", "font_size": 12, **look})

    sheet = workbook.add_worksheet(name)
    columns = list(chart.series)
    if chart.limit is not None:
        limit = [chart.limit] * len(chart.labels)
        columns.append(Series(LIMIT, limit, []))
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(columns), 14)
    head = frame and Head(sheet, style, frame, 1, len(columns) + 1 + CHART_COLUMNS)
    if head:
        top = head.write_above(chart.title)
    else:
        top = 2
        sheet.write_string(0, 0, chart.title, style(bold=True, font_size=14))
    _write_figures(sheet, style, chart, columns, top)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.insert_chart(top, len(columns) + 2, _make_chart(workbook, name, chart, titled, top))
    if head:
        head.write_below(top + max(len(chart.labels) + 1, -(-_get_pixels(chart) // ROW_HEIGHT)) + 1)


def _write_figures(sheet: Any, style: Any, chart: Chart, columns: Sequence[Series], top: int) -> None:
    cell = style(text_wrap=True, border=1, valign="top")
    head = style(bold=True, border=1, align="center", text_wrap=True)
    for index, text in enumerate(["Nội dung", *(series.name for series in columns)]):
        sheet.write_string(top, index, text, head)
    numbers = [style(border=1, valign="top", num_format=_get_format(series)) for series in columns]
    for row, label in enumerate(chart.labels):
        sheet.write_string(top + 1 + row, 0, label, cell)
        for column, (series, number) in enumerate(zip(columns, numbers, strict=True), 1):
            value = series.values[row]
            if value is None:  # no bar, which 0 would be
                sheet.write_blank(top + 1 + row, column, None, number)
            else:
                sheet.write_number(top + 1 + row, column, value, number)


def _get_format(series: Series) -> str:
    """Return how Excel writes the figures of a series.

    >>> _get_format(Series("A", (1545, None), ("1.545", "–"))), _get_format(Series("B", (48.5,), ("48,5",)))
    ('#,##0', '[<1000]General;#,##0.0#')
    """
    return WHOLE if all(value is None or value == int(value) for value in series.values) else BROKEN


def _get_pixels(chart: Chart) -> int:
    return round(80 + chart.get_height() * 3.78 * 1.2)


def _make_chart(workbook: Any, name: str, chart: Chart, titled: bool, top: int) -> Any:
    made = workbook.add_chart({"type": "bar"})
    last = top + len(chart.labels)
    for column, series in enumerate(chart.series, 1):
        made.add_series(
            {
                "name": [name, top, column],
                "categories": [name, top + 1, 0, last, 0],
                "values": [name, top + 1, column, last, column],
                "values_data": list(series.values),  # with its gaps, which would else be read as 0
                "fill": {"color": FILLS[(column - 1) % len(FILLS)]},
                "border": {"color": "#000000", "width": 0.75},
                "data_labels": {"value": True, "num_format": _get_format(series)},
                "gap": 60,
            }
        )
    letters = {"name": "Times New Roman", "size": 11}
    made.set_title(
        {"name": chart.title, "name_font": {**letters, "size": 13}, "overlay": False}
        if titled
        else {"none": True}
    )
    # Excel draws bars from the bottom: turned round, the first stands on top.
    made.set_y_axis({"reverse": True, "num_font": letters})
    made.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    made.set_legend({"none": True} if len(chart.series) < 2 else {"position": "bottom", "font": letters})
    made.set_size({"width": 640, "height": _get_pixels(chart)})
    return made


def build_chart_part(chart: Chart) -> tuple[bytes, bytes]:
    """Return the XML of a native chart, and the workbook Word opens when its figures are edited.

    >>> part, book = build_chart_part(Chart("A", ("B",), (Series("C", (1,), ("1",)),)))
    >>> b"barChart" in part, b"<c:v>1</c:v>" in part, b"externalData" in part, book[:2]
    (True, True, True, b'PK')
    """
    book = build_workbook([chart], ["Số liệu"], titled=False)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        part = archive.read("xl/charts/chart1.xml")
    part = part.replace(SHOWN, ONLY_SHOWN).replace(b'<c:lang val="en-US"/>', b'<c:lang val="vi-VN"/>')
    start = part.index(b"<c:printSettings")
    link = b'<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
    return part[:start] + link + part[start:], book
