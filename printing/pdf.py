"""Cut a printed PDF into a file a page, each page laid over a sheet that was printed once; put pages together.

The library ``pikepdf`` does the work; here stands what is ours: which pages, over what, and that fonts and
sheets which many pages have in common are kept once.

>>> with pikepdf.new() as two, io.BytesIO() as output:
...     first, second = two.add_blank_page(), two.add_blank_page()
...     two.save(output)
...     files = split(output.getvalue())
>>> len(files)
2
>>> with pikepdf.open(io.BytesIO(merge(files))) as merged:
...     len(merged.pages)
2
"""

import io
import zlib
from collections.abc import Hashable, Iterable, Mapping
from contextlib import ExitStack

import pikepdf

CONTAINERS = pikepdf.Stream | pikepdf.Dictionary | pikepdf.Array
SHEET = pikepdf.Name("/Sheet")


def split(content: bytes, sheet: bytes | None = None) -> list[bytes]:
    """Return each page as a PDF of its own.

    :param content: a PDF
    :param sheet: a PDF of one page of the same size, drawn under each page
    :raises pikepdf.PdfError: a file is no PDF
    """
    with ExitStack() as files:
        source = files.enter_context(pikepdf.open(io.BytesIO(content)))
        form = _make_form(files.enter_context(pikepdf.open(io.BytesIO(sheet)))) if sheet else None
        return [_cut(page, form) for page in source.pages]


def merge(contents: Iterable[bytes]) -> bytes:
    """Return the pages of PDFs in one, in order; what they have in common (fonts, sheet) is kept once.

    :raises pikepdf.PdfError: a file is no PDF
    """
    with ExitStack() as files:
        target = files.enter_context(pikepdf.new())
        for content in contents:
            target.pages.extend(files.enter_context(pikepdf.open(io.BytesIO(content))).pages)
        while _share(target):  # first the fonts, then what refers to fonts, then what refers to that
            pass
        return _save(target)


def _make_form(sheet: pikepdf.Pdf) -> pikepdf.Object:
    """Return the only page of a PDF as a drawing that other pages can call, packed once for all of them."""
    form = sheet.pages[0].as_form_xobject()
    form.write(zlib.compress(form.read_bytes()), filter=pikepdf.Name.FlateDecode)
    return form


def _cut(page: pikepdf.Page, form: pikepdf.Object | None) -> bytes:
    with pikepdf.new() as target:
        target.pages.append(page)
        if form:
            cut = target.pages[0]
            name = cut.add_resource(target.copy_foreign(form), pikepdf.Name.XObject, SHEET)
            cut.contents_add(f"q {name} Do Q".encode(), prepend=True)
        return _save(target)


def _save(target: pikepdf.Pdf) -> bytes:
    output = io.BytesIO()
    # What wkhtmltopdf has packed stays as it is: packing again costs time and saves nothing.
    target.save(output, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return output.getvalue()


def _share(target: pikepdf.Pdf) -> int:
    """Let all that refer to one of several equal objects refer to the first of them; return how many references."""
    first: dict[Hashable, pikepdf.Object] = {}
    duplicates: dict[Hashable, pikepdf.Object] = {}
    for found in target.objects:
        if not isinstance(found, CONTAINERS) or _is_page(found):
            continue
        kept = first.setdefault(_describe(found), found)
        if kept.objgen != found.objgen:
            duplicates[found.objgen] = kept
    return sum(_replace(found, duplicates) for found in target.objects)


def _is_page(found: pikepdf.Object) -> bool:
    """Tell whether an object is a page: pages are never shared, two may be equal."""
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/Page"


def _describe(found: pikepdf.Object) -> Hashable:
    """Return what two objects must have in common to be one."""
    if not isinstance(found, pikepdf.Stream):
        return bytes(found.unparse(resolved=True))
    return bytes(found.stream_dict.unparse(resolved=True)), bytes(found.read_raw_bytes())


def _replace(found: pikepdf.Object, duplicates: Mapping[Hashable, pikepdf.Object]) -> int:
    """Replace references to duplicates within an object, also in the dictionaries and lists inside it; count them."""
    if isinstance(found, pikepdf.Array):
        pairs = list(enumerate(found))
    elif isinstance(found, pikepdf.Stream | pikepdf.Dictionary):
        pairs = list(found.items())
    else:
        return 0
    replaced = 0
    for name, value in pairs:
        if not isinstance(value, pikepdf.Object):
            continue
        if not value.is_indirect:
            replaced += _replace(value, duplicates)
        elif value.objgen in duplicates:
            found[name] = duplicates[value.objgen]
            replaced += 1
    return replaced
