"""Why an office file is refused, in the user's language."""

from ...office.problems import EXPLANATIONS


def explain(env, error):
    """Return why a file is refused, in the user's language."""
    texts = {
        "empty": env._("The file is empty."),
        "too_big": env._("The file is too big: at most %(most)s MB are read."),
        "bomb": env._("The file unpacks to more than %(most)s MB: it is refused."),
        "entities": env._("The file declares entities of its own: it is refused."),
        "damaged": env._("The file is damaged or is not what its name says."),
        "locked": env._("The file is protected by a password: save it without one."),
        "old_word": env._("This is an old Word file (.doc): save it as .docx."),
        "unknown": env._("Files of this kind are not read: use .xlsx, .xls, .ods, .csv, .docx or .pdf."),
        "not_word": env._("This is no Word file (.docx)."),
        "foreign": env._(
            "The Word file holds what runs or is fetched from elsewhere: %(what)s. Save it without."
        ),
        "too_long": env._("The Word file has more than %(most)s paragraphs."),
        "scanned": env._("The PDF holds pictures of pages, no text: use the file it was made from."),
        "no_lines": env._("No table with lines was found in the PDF: use the file it was made from."),
        "too_many_rows": env._("“%(sheet)s” has more than %(most)s rows: cut it into several files."),
        "too_joined": env._("“%(sheet)s” joins too many cells: undo the joins."),
        "too_many_pages": env._("The PDF has more than %(most)s pages: cut it into several files."),
        "no_table": env._("No table was found in the file."),
        "not_criteria": env._("This is no file of criteria as this program writes it."),
        "newer_criteria": env._("This file of criteria was written by a later version."),
        "bad_criteria": env._("%(where)s: “%(what)s” is not known or not possible."),
        "not_exchange": env._("This is no exchange file as this program writes it."),
        "other_exchange": env._("This exchange file is of version %(version)s; version %(known)s is read."),
        "bad_exchange": env._("%(where)s: this is not possible in an exchange file."),
        "long_exchange": env._(
            "%(name)s: “%(part)s” has %(length)s characters, at most %(most)s go into an exchange file: shorten it."
        ),
        "big_exchange": env._(
            "The file would have %(size)s MB, at most %(most)s MB are read: hand the proposals in by two submissions."
        ),
        "line_twice": env._("The file has two proposals of the number %(line)s."),
        "legacy_font": env._("The text is in an old font (%(encoding)s): convert it to Unicode first."),
    }
    values = error.values
    if error.reason == "long_exchange":
        values = {**values, "part": _name_part(env, values["part"])}
    return texts.get(error.reason, EXPLANATIONS[error.reason]) % values


def _name_part(env, part):
    """Return what people call a text of an exchange file."""
    names = {
        "summary": env._("Achievement"),
        "reason": env._("Reason"),
        "abstract": env._("Abstract"),
        "addressee": env._("Addressee"),
        "unit": env._("Unit"),
        "position": env._("Position"),
        "tally": env._("Vote result"),
    }
    return names.get(part, part)
