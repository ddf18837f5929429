import re
from dataclasses import dataclass
from functools import lru_cache

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...printing import qr
from ...printing.fonts import count_lines
from ...printing.layout import in_whole_pixels
from ..mixin.labels import get_labels
from ..mixin.verb import ANY

PLACEHOLDERS = (
    "verb",
    "recipient_name",
    "position_unit",
    "achievement",
    "award",
    "decision_number",
    "decision_date",
    "register_number",
    "place_date",
    "signer_on_behalf",
    "signer_title",
    "signer_name",
    "agency",
    "verify_address",
)
PLACEHOLDER = re.compile(r"\{(\w+)\}")
FONTS = [("Tinos", "Tinos"), ("Emulation Display", "Display"), ("Great Vibes", "Script")]
FONT_FILES = {
    ("Tinos", False, False): "Tinos-Regular",
    ("Tinos", True, False): "Tinos-Bold",
    ("Tinos", False, True): "Tinos-Italic",
    ("Tinos", True, True): "Tinos-BoldItalic",
}
OTHER_FILES = {"Emulation Display": "EmulationDisplay-Bold", "Great Vibes": "GreatVibes-Regular"}
POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Box:
    """A box as the page prints it, read once for all certificates of a template; lengths in mm, sizes in points."""

    kind: str
    place: str
    width: float
    content: str
    font: str
    size: float
    bold: bool
    italic: bool
    uppercase: bool
    colour: str
    spacing: float
    align: str
    max_lines: int

    def prepare(self, values):
        """Return what the page prints: CSS, text; None when there is nothing to print."""
        if self.kind == "qr":
            modules, path = qr.svg_path(values["qr"])
            return {
                "kind": "qr",
                "style": self.place,
                "value": values["qr"],
                "modules": modules,
                "path": path,
            }
        if self.kind == "emblem":
            return None  # the same on all certificates: printed with the frame
        if self.kind == "rule":
            return {"kind": "rule", "style": f"{self.place};border-top:0.5mm solid {self.colour}", "text": ""}
        text = PLACEHOLDER.sub(lambda match: values.get(match.group(1)) or "", self.content).strip(" ,")
        return _prepare_text(self, text.upper() if self.uppercase else text) if text else None

    def fit(self, text):
        """Return the size in points at which the text stays in its box: at most the box's own size."""
        name = FONT_FILES.get((self.font, self.bold, self.italic)) or OTHER_FILES[self.font]
        if self.font == "Emulation Display" and self.italic:
            name = "EmulationDisplay-Italic"
        size, room = self.size, self.width * POINTS_PER_MM
        while size > 5 and not self._fits(count_lines(text, name, size, room, self.spacing)):
            size -= 0.5
        return size

    def _fits(self, lines):
        return lines is not None and lines <= max(self.max_lines, 1)


@lru_cache(maxsize=1024)
def _prepare_text(box, text):
    """Return what a page prints for a text in a box: most texts stand on all certificates of a decision."""
    size = box.fit(text)
    style = (
        f"{box.place};font-family:'{box.font}';font-size:{size:.2f}pt;"
        f"text-align:{box.align};color:{box.colour};letter-spacing:{box.spacing:.4f}pt;"
        f"font-weight:{'bold' if box.bold else 'normal'};font-style:{'italic' if box.italic else 'normal'}"
    )
    if box.max_lines <= 1:
        style += ";white-space:nowrap"
    return {"kind": "text", "style": style, "text": text, "size": size}


CONTENT = {
    *("template_id", "sequence", "kind", "content", "x", "y", "width", "font", "font_size", "bold", "italic"),
    *("uppercase", "colour", "spacing", "align", "max_lines", "on_preprinted"),
}
PLACE = frozenset({"x", "y", "width"})
PAGE = ("page_width", "page_height")


class EmulationCertificateField(models.Model):
    """A text, a rule or the QR code at a place in millimetres from the top left corner."""

    _name = "emulation.certificate.field"
    _description = "Box on a certificate"
    _inherit = ["emulation.guard.mixin", "emulation.shipped.mixin"]
    _shipped_fields = tuple(sorted(CONTENT - {"template_id"}))
    _shipped_returns = False
    _order = "template_id, sequence, id"
    _guard_parent = "template_id"
    _writable = {ANY: {"admin": CONTENT}}
    _deletable = {ANY: "admin"}

    template_id = fields.Many2one(
        "emulation.certificate.template", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10, aggregator=None)
    kind = fields.Selection(
        [("text", "Text"), ("rule", "Ruled line"), ("qr", "QR code"), ("emblem", "Emblem")],
        default="text",
        required=True,
    )
    content = fields.Char(help="Text with {placeholders}.")
    x = fields.Float(string="X (mm)", aggregator=None)
    y = fields.Float(string="Y (mm)", aggregator=None)
    width = fields.Float(string="Width (mm)", default=100, aggregator=None)
    font = fields.Selection(FONTS, default="Tinos", required=True)
    font_size = fields.Float(string="Size (pt)", default=14, aggregator=None)
    bold = fields.Boolean()
    italic = fields.Boolean()
    uppercase = fields.Boolean(string="Capitals")
    colour = fields.Char(default="#1a1a1a", required=True)
    spacing = fields.Float(string="Letter space (pt)", aggregator=None)
    align = fields.Selection(
        [("left", "Left"), ("center", "Centre"), ("right", "Right")], default="center", required=True
    )
    max_lines = fields.Integer(
        string="Max lines", default=1, aggregator=None, help="The text shrinks until it fits."
    )
    on_preprinted = fields.Boolean(string="On stock", help="Also printed on a pre-printed form.")
    company_id = fields.Many2one(related="template_id.company_id", store=True)

    @api.constrains("content")
    def _check_content(self):
        for box in self:
            unknown = set(PLACEHOLDER.findall(box.content or "")) - set(PLACEHOLDERS)
            if unknown:
                raise ValidationError(
                    self.env._(
                        "Unknown placeholder: %(names)s. Known: %(known)s.",
                        names=", ".join(sorted(unknown)),
                        known=", ".join(PLACEHOLDERS),
                    )
                )

    @api.constrains("x", "y", "width", "template_id")
    def _check_inside(self):
        for box in self:
            page = box.template_id
            if box.x < 0 or box.y < 0 or box.x + box.width > page.page_width or box.y > page.page_height:
                raise ValidationError(
                    self.env._(
                        "“%(box)s” would stand beside the paper of %(width)g × %(height)g mm.",
                        box=box.content or get_labels(self, "kind")[box.kind],
                        width=page.page_width,
                        height=page.page_height,
                    )
                )

    @api.constrains("colour")
    def _check_colour(self):
        if any(not re.fullmatch(r"#[0-9a-fA-F]{6}", box.colour) for box in self):
            raise ValidationError(self.env._("A colour is written as # and six hexadecimal digits."))

    def _get_changed(self, given):
        """Where one box was moved, the places of the others stay too: half a new layout would print over itself."""
        changed = super()._get_changed(given)
        page = self.template_id
        if page._find_changed(PAGE) or any(box._find_changed(PLACE) for box in page.field_ids):
            changed |= PLACE & given.keys()
        return changed

    def _get_box(self):
        self.ensure_one()
        return Box(
            kind=self.kind,
            place=self._place(self.width),
            width=self.width,
            content=self.content or "",
            font=self.font,
            size=self.font_size,
            bold=self.bold,
            italic=self.italic,
            uppercase=self.uppercase,
            colour=self.colour,
            spacing=in_whole_pixels(self.spacing, self.template_id.page_width),
            align=self.align,
            max_lines=self.max_lines,
        )

    def _place(self, width):
        template = self.template_id
        shift = template.mode == "preprinted"
        x = self.x + (template.offset_x if shift else 0)
        y = self.y + (template.offset_y if shift else 0)
        return f"left:{x:.2f}mm;top:{y:.2f}mm;width:{width:.2f}mm"
