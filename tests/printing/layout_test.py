"""What of a document is kept together: the last paragraph with its signature, the last words of a title."""

from lxml import html

from printing import breaks, layout

SIGNED = "<section class='sheet'><p>1</p><p>2</p>%s<table class='signature'></table></section>"


def test_the_last_paragraph_stays_with_the_signature():
    section = html.fromstring(SIGNED % "")
    layout.keep_signature(section)
    assert [node.tag for node in section] == ["p", "div"]
    assert [node.tag for node in section[1]] == ["p", "table"]
    assert "page-break-inside:avoid" in section[1].get("style")


def test_a_table_before_the_signature_may_be_cut():
    section = html.fromstring(SIGNED % "<table class='lines'></table>")
    layout.keep_signature(section)
    assert [node.tag for node in section] == ["p", "p", "table", "table"]


def test_the_last_paragraph_may_lie_in_a_block():
    section = html.fromstring(SIGNED % "<div><p>3</p><p>4</p></div>")
    layout.keep_signature(section)
    assert [node.tag for node in section] == ["p", "p", "div", "div"]
    assert [node.text_content() for node in section[3]] == ["4", ""]


def test_titles_and_spans_of_years_are_not_broken():
    page = (
        "<html><head><style></style></head><body><section class='sheet'><div class='abstract'>Tổng kết năm 2025 của"
        " <b>tỉnh Lai Châu</b></div><p>giai đoạn 2021 - 2025 và năm 2026</p></section></body></html>"
    )
    (_paper, (section,)) = next(layout.group_sheets(layout.read_page(page)[1]))
    title, words = section.text_content().split("giai")
    assert title == f"Tổng kết năm{breaks.NO_BREAK}2025 của tỉnh Lai{breaks.NO_BREAK}Châu"
    assert words == f" đoạn 2021{breaks.NO_BREAK}-{breaks.NO_BREAK}2025 và năm 2026"
