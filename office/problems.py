"""Why a file is refused, in words a door can translate."""

# Reason -> English text, filled with the problem's values.
EXPLANATIONS = {
    "empty": "The file is empty.",
    "too_big": "The file has %(size)s MB; at most %(most)s MB are read.",
    "bomb": "The file unpacks to more than %(most)s MB: it is refused.",
    "entities": "The file declares entities of its own: it is refused.",
    "damaged": "The file is damaged or is not what its name says.",
    "locked": "The file is protected by a password: save it without one.",
    "old_word": "This is an old Word file (.doc): save it as .docx.",
    "unknown": "Files of this kind are not read: use .xlsx, .xls, .ods, .csv, .docx or .pdf.",
    "not_word": "This is no Word file (.docx).",
    "foreign": "The Word file holds what runs or is fetched from elsewhere: %(what)s. Save it without.",
    "too_long": "The Word file has more than %(most)s paragraphs.",
    "scanned": "The PDF holds pictures of pages, no text: use the Word or Excel file it was made from.",
    "no_lines": "No table with lines was found in the PDF: use the Word or Excel file it was made from.",
    "too_many_rows": "“%(sheet)s” has more than %(most)s rows: cut it into several files.",
    "too_joined": "“%(sheet)s” joins too many cells: undo the joins.",
    "too_many_pages": "The PDF has more than %(most)s pages: cut it into several files.",
    "no_table": "No table was found in the file.",
    "not_criteria": "This is no file of criteria as this program writes it.",
    "newer_criteria": "This file of criteria was written by a later version.",
    "bad_criteria": "%(where)s: “%(what)s” is not known or not possible.",
    "not_exchange": "This is no exchange file as this program writes it.",
    "other_exchange": "This exchange file is of version %(version)s; version %(known)s is read.",
    "big_exchange": "The file would have %(size)s MB; at most %(most)s MB are read: use two submissions.",
    "bad_exchange": "%(where)s: this is not possible in an exchange file.",
    "long_exchange": "%(name)s: “%(part)s” has %(length)s characters, at most %(most)s go into an exchange file.",
    "line_twice": "The file has two proposals of the number %(line)s.",
    "legacy_font": "The text is in an old font (%(encoding)s) and could not be converted: convert it to Unicode first.",
}


class OfficeError(Exception):
    """A file that is refused.

    :param str reason: a key of ``EXPLANATIONS``

    >>> str(OfficeError("too_big", size=30, most=20))
    'The file has 30 MB; at most 20 MB are read.'
    """

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values

    def __str__(self) -> str:
        return EXPLANATIONS[self.reason] % self.values
