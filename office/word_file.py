"""What a Word file that is kept may hold: text, tables and pictures of its own; nothing that runs or is fetched.

Kinds of parts, links and fields are named that may be there; every other is refused.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from lxml import etree

from .problems import OfficeError
from .safety import DAMAGED, identify

MOST_PARAGRAPHS = 200_000
Element: TypeAlias = etree._Element

MAIN_PART = "word/document.xml"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SUFFIXES = (
    *(".xml", ".rels", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf"),
    *(".svg", ".wdp", ".odttf", ".thmx"),
)
# Last words of the types of relations between the parts of a package.
RELATIONS = frozenset(
    {
        *("officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail"),
        *("styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "font", "theme"),
        *("numbering", "header", "footer", "footnotes", "endnotes", "image", "hyperlink", "people"),
        *("comments", "commentsExtended", "commentsIds", "commentsExtensible"),
        *("customXml", "customXmlProps", "glossaryDocument"),
    }
)
LINKS = ("http://", "https://", "mailto:")
# First words of fields; "=" sums up a column.
FIELDS = frozenset(
    {
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE"),
        "PRINTDATE",
        *("HYPERLINK", "TOC", "REF", "PAGEREF", "NOTEREF", "SEQ", "STYLEREF", "TITLE", "SUBJECT", "AUTHOR"),
        *("KEYWORDS", "NUMWORDS", "TC", "XE", "LISTNUM", "SYMBOL", "DOCPROPERTY", "MERGEFIELD"),
        *("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "="),
    }
)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DRAWN = "{urn:schemas-microsoft-com:vml}"
FIRST_WORD = re.compile(r"\s*(=|[A-Za-z]+)")


def check_word(content: bytes) -> None:
    """Refuse what is no Word file (.docx) or holds what runs, is fetched or is too much.

    :raises OfficeError: saying what
    """
    if identify(content) != "docx":
        raise OfficeError("not_word")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        _check_names(names)
        trees = {name: _read(archive, name) for name in names if name.lower().endswith((".xml", ".rels"))}
    _check_main_part(trees)
    for name, tree in trees.items():
        if name.lower().endswith(".rels"):
            _check_relations(tree)
        else:
            _check_fields(tree)
    if sum(1 for _paragraph in trees[MAIN_PART].iter(f"{WORD}p")) > MOST_PARAGRAPHS:
        raise OfficeError("too_long", most=MOST_PARAGRAPHS)


def _check_names(names: Sequence[str]) -> None:
    if len(set(names)) != len(names):  # programs differ in which of two they open
        raise OfficeError("damaged")
    for name in names:
        if not name.lower().endswith(("/", *SUFFIXES)):
            raise OfficeError("foreign", what=posixpath.basename(name)[:80])


def _read(archive: zipfile.ZipFile, name: str) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(archive.read(name), parser)
    except (etree.XMLSyntaxError, *DAMAGED) as error:
        raise OfficeError("damaged") from error


def _check_main_part(trees: Mapping[str, Element]) -> None:
    """The document a program opens must be the one that was looked at, and of the kind without macros."""
    types = trees.get("[Content_Types].xml")
    relations = trees.get("_rels/.rels")
    if types is None or relations is None:
        raise OfficeError("damaged")
    named = {part.get("PartName"): part.get("ContentType") for part in types.iter(tag=etree.Element)}
    if named.get(f"/{MAIN_PART}") != MAIN_TYPE:
        raise OfficeError("not_word")
    mains = [
        relation.get("Target", "").lstrip("/")
        for relation in relations.iter(RELATION)
        if relation.get("Type", "").endswith("/officeDocument")
    ]
    if mains != [MAIN_PART]:
        raise OfficeError("not_word")


def _check_relations(tree: Element) -> None:
    for relation in tree.iter(RELATION):
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        target = relation.get("Target", "")
        if kind not in RELATIONS:
            raise OfficeError("foreign", what=kind[:80])
        is_link = kind == "hyperlink" and target.lower().startswith(LINKS)
        if relation.get("TargetMode", "Internal") != "Internal" and not is_link:
            raise OfficeError("foreign", what=target[:80])


def _check_fields(tree: Element) -> None:
    """A field is written as one attribute, or over several pieces of text between two marks."""
    texts: list[str] = []
    for element in tree.iter(f"{WORD}fldSimple", f"{WORD}fldChar", f"{WORD}instrText", f"{DRAWN}*"):
        if element.tag.startswith(DRAWN):
            if element.get("src"):
                raise OfficeError("foreign", what=element.get("src")[:80])
        elif element.tag == f"{WORD}fldSimple":
            _check_field(element.get(f"{WORD}instr", ""))
        elif element.tag == f"{WORD}instrText":
            if not texts:
                raise OfficeError("damaged")
            texts[-1] += element.text or ""
        elif element.get(f"{WORD}fldCharType") == "begin":
            texts.append("")
        elif element.get(f"{WORD}fldCharType") == "separate" and texts:
            _check_field(texts[-1])
        elif element.get(f"{WORD}fldCharType") == "end" and texts:
            _check_field(texts.pop())
    if texts:
        raise OfficeError("damaged")


def _check_field(text: str) -> None:
    word = FIRST_WORD.match(text)
    name = word[1].upper() if word else ""
    if name not in FIELDS and (name or text.strip()):
        raise OfficeError("foreign", what=text.strip()[:80])
