"""Word files that are kept: what is let in, and what is not, however it is hidden."""

import io
import zipfile

import pytest
from docx import Document

from office.problems import OfficeError
from office.word_file import check_word

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "word/_rels/document.xml.rels"


def make_word(*paragraphs):
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def change(content, name, before, after):
    """Return the file with some text of one of its parts replaced; a part that is not there is added."""
    output, is_done = io.BytesIO(), False
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            data = old.read(member)
            if member.filename == name:
                assert before.encode() in data
                data, is_done = data.replace(before.encode(), after.encode(), 1), True
            new.writestr(member.filename, data)
        if not is_done:
            new.writestr(name, after)
    return output.getvalue()


def relate(kind, target, mode="External"):
    link = f'<Relationship Id="rX" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return change(make_word("x"), RELS, "</Relationships>", link)


def put(xml):
    return change(make_word("x"), "word/document.xml", "<w:sectPr", f"{xml}<w:sectPr")


def refuse(content):
    with pytest.raises(OfficeError) as caught:
        check_word(content)
    str(caught.value)
    return caught.value.reason


def test_plain_files_are_let_in():
    check_word(make_word("Điều 1."))
    check_word(relate("hyperlink", "https://example.org/"))
    check_word(put('<w:p><w:fldSimple w:instr=" PAGE "/></w:p>'))
    check_word(put('<w:p><w:fldSimple w:instr="=SUM(ABOVE)"/></w:p>'))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        *(("attachedTemplate", "https://example.org/a.dotm"), ("image", "https://example.org/a.png")),
        *(("oleObject", "file:///c:/a.xls"), ("frame", "https://example.org/"), ("subDocument", "b.docx")),
        *(
            ("aFChunk", "afchunk.html"),
            ("hyperlink", "file://host/share"),
            ("hyperlink", "javascript:alert(1)"),
        ),
    ],
)
def test_what_is_fetched_from_elsewhere_is_refused(kind, target):
    assert refuse(relate(kind, target)) == "foreign"


@pytest.mark.parametrize(
    "kind", ["vbaProject", "oleObject", "control", "package", "aFChunk", "attachedTemplate"]
)
def test_what_runs_is_refused_inside_too(kind):
    assert refuse(relate(kind, "x.xml", "Internal")) == "foreign"


def test_macros_are_refused_by_the_part_and_by_the_type():
    assert refuse(change(make_word(), "word/vbaProject.bin", "", "x")) == "foreign"
    main = "wordprocessingml.document.main+xml"
    for other in ("ms-word.document.macroEnabled.main+xml", "wordprocessingml.template.main+xml"):
        assert refuse(change(make_word(), "[Content_Types].xml", main, other)) == "not_word"


def test_another_document_than_the_one_looked_at_is_refused():
    content = change(make_word(), "_rels/.rels", "word/document.xml", "word/other.xml")
    assert refuse(content) == "not_word"


@pytest.mark.parametrize(
    "field",
    ["DDEAUTO c:\\\\cmd.exe", "dde x", "INCLUDETEXT x", "INCLUDEPICTURE x", "LINK x", "MACROBUTTON x", "!x"],
)
def test_fields_that_fetch_or_run_are_refused(field):
    assert refuse(put(f'<w:p><w:fldSimple w:instr=" {field} "/></w:p>')) == "foreign"
    pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (field[:2], field[2:]))
    for end in ("separate", "end"):
        marks = [f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in ("begin", end, "end")]
        assert refuse(put(f"<w:p>{marks[0]}{pieces}{''.join(marks[1:])}</w:p>")) == "foreign"
    assert refuse(put(f"<w:p><w:r><w:instrText>{field}</w:instrText></w:r></w:p>")) == "damaged"


def test_a_picture_that_an_old_drawing_fetches_is_refused():
    drawing = '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="https://example.org/x.png"/>'
    assert refuse(put(f"<w:p><w:r><w:pict>{drawing}</w:pict></w:r></w:p>")) == "foreign"


def test_entities_are_refused():
    start = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
    entity = f'{start}<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    assert refuse(change(make_word(), "word/document.xml", start, entity)) == "entities"


def test_what_unpacks_to_too_much_is_refused():
    many = "<w:p/>" * 6_000_000
    assert refuse(put(many)) == "bomb"
    assert refuse(put("<w:p/>" * 200_001)) == "too_long"


def test_two_parts_of_one_name_are_refused():
    output = io.BytesIO(make_word())
    with zipfile.ZipFile(output, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", f"<w:document {WORD}/>")
    assert refuse(output.getvalue()) == "damaged"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"%PDF-1.7", "not_word"), (b"<html/>", "not_word"), (b"PK\x03\x04", "damaged")],
)
def test_other_files_are_refused(content, reason):
    assert refuse(content) == reason
