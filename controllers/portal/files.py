"""Files out and files in: always downloaded, never rendered; checked by content before they are kept."""

import re
import unicodedata

from odoo.http import content_disposition, request
from werkzeug.exceptions import NotFound


def safe_name(name, extension):
    """Return a file name without folders, control or direction characters, with the extension of the content.

    >>> safe_name("../../etc/Báo cáo.pdf.exe", "pdf")
    'Báo cáo.pdf.pdf'
    >>> safe_name("", "png")
    'evidence.png'
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name or "")[-1])
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")
    stem = re.sub(r'[<>:"|?*]', "_", name.rpartition(".")[0] or name).strip(" .")[:100]
    return f"{stem or 'evidence'}.{extension}"


def is_local_address(address):
    """Tell whether an address leads to a page of this server, whatever a browser makes of odd signs in it.

    >>> [is_local_address(text) for text in ("/my", "//x.vn", "/\\\\x.vn", "/\\t/x.vn", "https://x.vn", "/a b")]
    [True, False, False, False, False, True]
    """
    if not isinstance(address, str) or "\\" in address or not address.isprintable():
        return False
    return address.startswith("/") and not address.startswith("//")


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
