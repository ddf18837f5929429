"""What is shown as a picture is one: Odoo leaves a drawing (SVG) or a page as it came, scripts included."""

import base64

from odoo.exceptions import ValidationError

from ...printing.evidence import JPEG, PNG, identify


def check_picture(records):
    """Refuse as ``picture`` what the public pages would not show.

    :raises ValidationError: it is neither JPEG nor PNG
    """
    for record in records.with_context(bin_size=False):
        content = base64.b64decode(record.picture or b"")
        if content and identify(content)[1] not in (JPEG, PNG):
            raise ValidationError(record.env._("A picture is a JPEG or PNG file."))
