"""Files in the shapes Vietnamese offices send each other, made here; the people are invented."""

import io
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

FONT = Path(__file__).resolve().parents[2] / "static/fonts/Tinos-Regular.ttf"
HEAD = [
    "STT",
    "Họ và tên",
    "Chức vụ, đơn vị công tác",
    "Danh hiệu",
    "Số quyết định",
    "Ngày quyết định",
    "Năm",
]
AN = ["Nguyễn Văn An", "Chuyên viên, Phòng Tổng hợp", "Lao động tiên tiến", "12/QĐ-SNV", "05/01/2021", 2020]
BINH = ["Trần Thị Bình", "Kế toán, Văn phòng", "Chiến sĩ thi đua cơ sở", "12/QĐ-SNV", "05/01/2021", 2020]


def xlsx(*sheets, shape=None):
    """Return an .xlsx file; ``sheets``: (title, rows)."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    if shape:
        shape(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls(rows, hidden=()):
    import xlwt

    book = xlwt.Workbook()
    page = book.add_sheet("Danh sách")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for top, row in enumerate(rows):
        for left, value in enumerate(row):
            if isinstance(value, date):
                page.write(top, left, value, day)
            elif value is not None:
                page.write(top, left, value)
    for top in hidden:
        page.row(top).hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods(rows, hidden=(), spans=None):
    """Return an .ods file as LibreOffice writes it; ``spans``: {(row, column): columns}."""
    lines = []
    for top, row in enumerate(rows):
        cells = []
        for left, value in enumerate(row):
            span = (spans or {}).get((top, left))
            across = f' table:number-columns-spanned="{span}"' if span else ""
            if value is None:
                cells.append("<table:table-cell/>")
            elif isinstance(value, (int, float)):
                cells.append(
                    f'<table:table-cell{across} office:value-type="float" office:value="{value}">'
                    f"<text:p>{value}</text:p></table:table-cell>"
                )
            elif isinstance(value, date):
                cells.append(
                    f'<table:table-cell office:value-type="date" office:date-value="{value:%Y-%m-%d}"/>'
                )
            else:
                cells.append(
                    f'<table:table-cell{across} office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
                )
            if span:
                cells.append(f'<table:covered-table-cell table:number-columns-repeated="{span - 1}"/>')
        look = ' table:visibility="filter"' if top in hidden else ""
        lines.append(f"<table:table-row{look}>{''.join(cells)}</table:table-row>")
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Bảng"><table:table-column table:number-columns-repeated="16384"/>{"".join(lines)}'
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": content})


def archive(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def docx(*blocks):
    """Return a Word file of paragraphs (str), tables (rows) and tables with joined cells (rows, joins)."""
    from docx import Document

    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        rows, joins = block if isinstance(block, tuple) else (block, ())
        table = document.add_table(len(rows), max(map(len, rows)))
        fill_word_table(table, rows)
        for (top, left), (bottom, right) in joins:
            table.cell(top, left).merge(table.cell(bottom, right))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def fill_word_table(table, rows):
    for top, row in enumerate(rows):
        for left, value in enumerate(row):
            cell = table.cell(top, left)
            if isinstance(value, list):  # a table in a cell
                fill_word_table(cell.add_table(len(value), len(value[0])), value)
            elif value is not None:
                cell.text = str(value)


def pdf(title, rows, widths, footer=""):
    """Return a PDF whose table goes on over pages with its headings repeated."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(TTFont("Tinos", str(FONT)))
    style = ParagraphStyle("cell", fontName="Tinos", fontSize=10, leading=12)
    cells = [[Paragraph(str(value), style) if value is not None else "" for value in row] for row in rows]
    table = Table(
        cells, colWidths=widths, repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    )
    parts = [*(Paragraph(line, style) for line in title), table]
    parts += [Paragraph(footer, style)] if footer else []
    buffer = io.BytesIO()

    def number(canvas, document):
        if document.page > 1:
            canvas.setFont("Tinos", 11)
            canvas.drawCentredString(A4[1] / 2, A4[0] - 25, str(document.page))

    SimpleDocTemplate(buffer, pagesize=landscape(A4)).build(parts, onFirstPage=number, onLaterPages=number)
    return buffer.getvalue()


def decomposed(rows):
    return [
        [unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row]
        for row in rows
    ]
