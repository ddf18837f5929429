"""Files out and files in: always downloaded, never rendered; checked by content before they are kept."""

from odoo.http import content_disposition, request
from werkzeug.exceptions import NotFound


def download(content, name, mimetype="application/octet-stream"):
    """Answer with a file the browser saves and never opens in the page.

    :param bytes content: the file
    :param str name: what the visitor's copy is called
    """
    if not content:
        raise NotFound
    return request.make_response(
        content,
        headers=[
            ("Content-Type", mimetype),
            ("Content-Length", str(len(content))),
            ("Content-Disposition", content_disposition(name)),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'; sandbox"),
            ("Cache-Control", "private, no-store"),
        ],
    )


def download_attachment(attachment):
    """Answer with an attachment read in superuser mode; the caller has checked whose it is."""
    if not attachment:
        raise NotFound
    return download(attachment.raw, attachment.name, attachment.mimetype or "application/octet-stream")
