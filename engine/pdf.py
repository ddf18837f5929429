"""Cut a printed PDF into a file a page, each page laid over a sheet that was printed once; put pages together.

wkhtmltopdf writes plain PDF (ISO 32000-1): one table of objects, nothing packed but the streams. With such a file
this is copying and numbering of bytes, many times faster than parsing every object of every page.

>>> both = write_sample("one", "two")
>>> one, two = split(both)
>>> b"(one)" in one, b"(two)" in one
(True, False)
>>> again = merge([one, two])
>>> [text in again for text in (b"(one)", b"(two)", b"/Count 2")]
[True, True, True]
"""

import re

REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
OBJECT = re.compile(rb"\s*(\d+) 0 obj\b\s*")
STREAM = re.compile(rb">>\s*stream\r?\n")
LAST_TABLE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
TABLE = re.compile(rb"xref\s+0 (\d+)\s*?\n")
KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
MEDIA_BOX = re.compile(rb"/MediaBox\s*\[([^\]]*)\]")
FORMS = re.compile(rb"/XObject\s*<<")
HEADER = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
PAGES = b"1 0 R"
BUSY = b""


def split(content, sheet=None):
    """Return each page as a PDF of its own.

    :param bytes content: a plain PDF
    :param bytes sheet: a plain PDF of one page of the same size, drawn under each page
    :rtype: list[bytes]
    :raises ValueError: a file is not that plain
    """
    source, under = _Source(content), sheet and _Source(sheet)
    files = []
    for page in source.pages:
        target = _Target()
        target.add_page(source, page, under)
        files.append(target.finish())
    return files


def merge(contents):
    """Return the pages of PDFs in one, in order; what they have in common (fonts, sheet) is kept once.

    :param contents: an iterable of plain PDFs
    :rtype: bytes
    :raises ValueError: a file is not that plain
    """
    target = _Target()
    for content in contents:
        source = _Source(content)
        for page in source.pages:
            target.add_page(source, page)
    return target.finish()


class _Objects(dict):
    def __missing__(self, number):
        raise ValueError(f"object {number} is missing")


class _Source:
    """The objects of a plain PDF: by number, what stands before the stream, and the stream with the end."""

    def __init__(self, content):
        self.objects, trailer = _read(content)
        root, _stream = self.objects[_reference(trailer, b"Root")]
        self.parent = _reference(root, b"Pages")
        kids = _search(KIDS, self.objects[self.parent][0])
        self.pages = [int(number) for number in REFERENCE.findall(kids)]

    def attribute(self, page, name):
        """Return the number of the object a page names so."""
        return _reference(self.objects[page][0], name)


class _Target:
    """A PDF being made: equal objects are kept once."""

    def __init__(self):
        self.objects, self.known, self.kids = [b""], {}, []  # the first is to be the list of pages

    def add_page(self, source, page, under=None):
        """Copy a page with all it needs, drawn over the only page of `under`."""
        names = {source.parent: PAGES}
        if under:
            self._lay_under(source, page, under, names)
        self.objects.append(self._translate(source, source.objects[page][0], names) + b"endobj\n")
        self.kids.append(b"%d 0 R" % len(self.objects))

    def finish(self):
        """Return the file."""
        self.objects[0] = b"<< /Type /Pages /Kids [%s] /Count %d >>\nendobj\n" % (
            b" ".join(self.kids),
            len(self.kids),
        )
        root = self._add(b"<< /Type /Catalog /Pages %s >>\nendobj\n" % PAGES)
        pieces, offset, table = [HEADER], len(HEADER), []
        for number, body in enumerate(self.objects, 1):
            head = b"%d 0 obj\n" % number
            pieces += head, body
            table.append(b"%010d 00000 n \n" % offset)
            offset += len(head) + len(body)
        size = len(table) + 1
        pieces += b"xref\n0 %d\n0000000000 65535 f \n" % size, *table
        pieces.append(b"trailer\n<< /Size %d /Root %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, offset))
        return b"".join(pieces)

    def _add(self, body):
        number = self.known.get(body)
        if number is None:
            self.objects.append(body)
            number = self.known[body] = len(self.objects)
        return b"%d 0 R" % number

    def _copy(self, source, number, names):
        """Copy an object and all it refers to; return its new name, also kept in `names`."""
        if number not in names:
            names[number] = BUSY
            described, stream = source.objects[number]
            names[number] = self._add(self._translate(source, described, names) + stream)
        elif names[number] is BUSY:
            raise ValueError(f"object {number} refers to itself")
        return names[number]

    def _translate(self, source, described, names):
        return REFERENCE.sub(lambda match: self._copy(source, int(match[1]), names), described)

    def _lay_under(self, source, page, under, names):
        form = self._add_form(under)
        prologue = b"q /Sheet Do Q\n"
        drawing = self._add(b"<< /Length %d >>\nstream\n%sendstream\nendobj\n" % (len(prologue), prologue))
        contents, resources = source.attribute(page, b"Contents"), source.attribute(page, b"Resources")
        names[contents] = b"[%s %s]" % (drawing, self._copy(source, contents, names))
        described, stream = source.objects[resources]
        described, entry = self._translate(source, described, names), b" /Sheet %s " % form
        if FORMS.search(described):
            described = FORMS.sub(lambda match: match[0] + entry, described, count=1)
        else:
            described = described.replace(b"<<", b"<< /XObject <<%s>> " % entry, 1)
        names[resources] = self._add(described + stream)

    def _add_form(self, under):
        """Add the page of a PDF as a form, a drawing other pages can call; return its name."""
        (page,) = under.pages
        names = {under.parent: PAGES}
        resources = self._copy(under, under.attribute(page, b"Resources"), names)
        described, stream = under.objects[under.attribute(page, b"Contents")]
        head = b"<< /Type /XObject /Subtype /Form /BBox [%s] /Resources %s " % (
            _search(MEDIA_BOX, under.objects[page][0]),
            resources,
        )
        return self._add(self._translate(under, described, names).replace(b"<<", head, 1) + stream)


def _read(content):
    """Return ``({number: (before the stream, stream and end)}, trailer)``."""
    start = int(_search(LAST_TABLE, content[-64:]))
    head = TABLE.match(content, start)
    if not head:
        raise ValueError("no plain table of objects")
    first, end = head.end(), head.end() + 20 * int(head[1])
    if not content.startswith(b"trailer", end):
        raise ValueError("more than one table of objects")
    entries = [content[at : at + 20] for at in range(first, end, 20)]
    offsets = {number: int(entry[:10]) for number, entry in enumerate(entries) if entry[17:18] == b"n"}
    order = sorted(offsets, key=offsets.get)
    ends = [*(offsets[number] for number in order[1:]), start]
    objects = _Objects()
    for number, stop in zip(order, ends, strict=True):
        objects[number] = _cut(content, number, offsets[number], stop)
    return objects, content[end:]


def _cut(content, number, start, end):
    head = OBJECT.match(content, start, end)
    if not head or int(head[1]) != number:
        raise ValueError(f"object {number} is not where the table says")
    stream = STREAM.search(content, head.end(), end)
    border = stream.start() + 2 if stream else content.rindex(b"endobj", start, end)
    return content[head.end() : border], content[border:end]


def _search(pattern, text):
    found = pattern.search(text)
    if not found:
        raise ValueError(f"{pattern.pattern} is not found")
    return found[1]


def _reference(described, name):
    return int(_search(re.compile(rb"/%s\s+(\d+) 0 R\b" % name), described))


def write_sample(*texts):
    """Return a plain PDF with a page for each text: for examples and tests."""
    target = _Target()
    resources = target._add(b"<< /ProcSet [/PDF] >>\nendobj\n")
    for text in texts:
        drawing = b"BT (%s) Tj ET" % text.encode()
        contents = target._add(b"<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(drawing), drawing))
        target.objects.append(
            b"<< /Type /Page /Parent %s /Contents %s /Resources %s /MediaBox [0 0 99 99] >>\nendobj\n"
            % (PAGES, contents, resources)
        )
        target.kids.append(b"%d 0 R" % len(target.objects))
    return target.finish()
