"""The door through which Word files come in: looked at, then read."""

from odoo.exceptions import ValidationError

from ...office import word_file
from ...office.problems import OfficeError
from .office_error import explain


def read_word(env, content, read):
    """Return what ``read`` finds in a Word file, once it was seen to hold nothing that runs or is fetched.

    :param bytes content: the file
    :param read: a function of the content that raises ``ValueError`` if it cannot be read
    :raises ValidationError: saying why the file is not kept
    """
    try:
        word_file.check_word(content)
        return read(content)
    except OfficeError as error:
        raise ValidationError(explain(env, error)) from error
    except ValueError as error:
        damaged = explain(env, OfficeError("damaged"))
        raise ValidationError(damaged) from error
