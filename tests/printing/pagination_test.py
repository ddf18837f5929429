"""A long table is cut into pages that fit: headings repeat, rows stay whole, nothing is lost."""

import pytest
from lxml import html

from printing import pagination

HEAD = '<div class="table-head"><div>Danh sách</div></div>'


def sheet(rows, before=HEAD, after=""):
    text = (
        '<section class="sheet" data-paper="297 210" data-margins="20 15 15 30">'
        f'{before}<table class="lines" data-widths="20 60 172"><thead><tr><th>STT</th><th>A</th><th>B</th></tr>'
        f"</thead><tbody>{''.join(rows)}</tbody></table>{after}</section>"
    )
    return html.fromstring(text)


def row(number, text="", kind=""):
    return f'<tr class="{kind}"><td>{number}</td><td>Nguyễn Văn {number}</td><td>{text}</td></tr>'


def height(page):
    parts = page.xpath(".//*[contains(@style, 'height')]/@style")
    return sum(float(part.split("height:")[1].split("mm")[0]) for part in parts)


def numbers(page):
    return [cell.text for cell in page.xpath(".//tbody/tr/td[1]")]


@pytest.mark.parametrize("count", [0, 1, 17, 18, 19, 100])
def test_every_row_once_in_order_and_every_page_fits(count):
    pages = pagination.paginate(sheet([row(index) for index in range(count)]))
    assert [number for page in pages for number in numbers(page)] == [str(index) for index in range(count)]
    assert all(height(page) <= 210 - 35 for page in pages)
    assert all(page.xpath(".//thead/tr") for page in pages)
    assert [bool(page.xpath("./div")) for page in pages] == [True] + [False] * (len(pages) - 1)
    assert [page.get("data-continued") for page in pages[1:]] == ["1"] * (len(pages) - 1)


def test_long_texts_take_more_room():
    short = pagination.paginate(sheet([row(index) for index in range(40)]))
    long = pagination.paginate(sheet([row(index, "thành tích xuất sắc " * 30) for index in range(40)]))
    assert len(long) > len(short)
    assert all(height(page) <= 175 for page in long)


def test_a_heading_is_never_last_on_its_page_and_a_total_never_alone():
    for count in range(15, 25):
        rows = [row(index) for index in range(count)]
        rows += [row("nhóm", kind="group"), row("sau"), row("tổng", kind="total")]
        for page in pagination.paginate(sheet(rows)):
            assert numbers(page)[-1] != "nhóm"
            assert numbers(page)[0] != "tổng"


def test_what_follows_the_table_has_room_on_the_last_page():
    for count in range(1, 40):
        pages = pagination.paginate(
            sheet(
                [row(index) for index in range(count)], after='<div class="signature" data-height="60"></div>'
            )
        )
        assert height(pages[-1]) + 60 <= 175
        assert [bool(page.xpath("./div[@data-height]")) for page in pages] == [False] * (len(pages) - 1) + [
            True
        ]


def test_a_word_wider_than_its_column_is_given_lines():
    one = pagination.paginate(sheet([row("1" * 40)]))
    other = pagination.paginate(sheet([row("1")]))
    assert height(one[0]) > height(other[0])


def test_other_sheets_are_left_alone():
    section = html.fromstring('<section class="sheet"><table class="lines"></table></section>')
    assert pagination.paginate(section) == [section]
