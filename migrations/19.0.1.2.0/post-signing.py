"""Signed facts first: what certificates print and who signed them is kept beside them; codes get room on the paper."""

import base64

from odoo import SUPERUSER_ID, api

CAPTION = "Kiểm tra: quét mã, hoặc nhập số và tên tại {verify_address}"
SQUARE = [(kind, paper) for kind in ("commendation", "merit", "title") for paper in ("", "_a3")]
# Shipped boxes: where they stood, where they stand now; those that somebody moved stay where they are.
QR_MOVES = {
    "": ((35.0, 154.0, 24.0), (33.0, 147.0, 31.0)),
    "_a3": ((49.5, 217.8, 30.0), (46.7, 207.9, 43.8)),
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    keep_signed_facts(env)
    remember_database(env)
    make_room_for_codes(env)


def keep_signed_facts(env):
    keys = {key.key_id: key.id for key in env["emulation.signing.key"].search([])}
    for card in env["emulation.certificate"].search([("payload", "!=", False)]):
        statement = card._verify().statement
        key = read_key(card.payload)
        award = card.award_id.with_context(lang="vi_VN").name
        card._write_protected(
            {"award_name": statement.award if statement else award, "signing_key_id": keys.get(key)}
        )


def read_key(payload):
    """Return the key that a code of version 1 names; none of any other code, which is no reason to stop an update."""
    try:
        return base64.urlsafe_b64decode(payload + "==")[1:5].hex()
    except ValueError:
        return ""


def remember_database(env):
    """A database that signed before is the real one."""
    if env["emulation.certificate"].search_count([("payload", "!=", False)], limit=1):
        env["emulation.installation"]._remember()


def make_room_for_codes(env):
    for kind, paper in SQUARE:
        template = env.ref(f"hr_emulation.certificate_template_{kind}{paper}", raise_if_not_found=False)
        box = template and template.field_ids.filtered(lambda box: box.kind == "qr")
        before, after = QR_MOVES[paper]
        if len(box or ()) == 1 and (box.x, box.y, box.width) == before:
            move(template, box, after, paper)


def move(template, box, after, paper):
    scale = 297 / 210 if paper else 1
    box.write(dict(zip(("x", "y", "width"), after, strict=True)))
    beside = template.field_ids.filtered(lambda item: item.align == "left" and item.kind == "text").sorted(
        "y"
    )
    left = 68.0 * scale
    for line, top in zip(beside[:3], (150.5, 155.9, 161.3), strict=False):
        line.write({"x": left, "y": top * scale})
    box.copy(
        {
            "kind": "text",
            "content": CAPTION,
            "x": left,
            "y": 168.6 * scale,
            "width": 80.0 * scale,
            "font_size": 9.0 * scale,
            "align": "left",
            "max_lines": 2,
            "colour": "#5a5247",
            "sequence": 19,
        }
    )
