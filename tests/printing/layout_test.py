"""The last paragraph of a document goes with its signature to the next page."""

from lxml import html

from printing import layout

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
