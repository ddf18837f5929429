"""Names of files made of what somebody typed."""


def name_file(text):
    """Return a name that stays in its folder and that every system takes: ``Tổ 1/2`` is no folder in another.

    >>> name_file("Tổ 1/2"), name_file("../../x"), name_file("..\\\\x.pdf"), name_file('..'), name_file('a "b"')
    ('Tổ 1-2', '-..-x', '-x.pdf', '', 'a b')
    """
    return text.replace("/", "-").replace("\\", "-").replace('"', "").strip(" .")
