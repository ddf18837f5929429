import base64
import re
from functools import lru_cache

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import file_open
from odoo.tools.image import image_data_uri

from ...printing import qr, signing
from ..mixin.verb import ANY

FRAMES = [
    ("none", "No frame"),
    ("drum", "Bronze drum, red"),
    ("lotus", "Lotus, gold"),
    ("wave", "Waves, blue"),
    ("flag", "Flag, red"),
]
DRAWN_EMBLEM = re.compile(rb'<g id="emblem">.*?</g>', re.DOTALL)
EMBLEMS = [
    ("drawn", "As drawn on the frame"),
    ("logo", "The company's logo"),
    ("image", "An image of our own"),
]
KINDS = [
    ("commendation", "Certificate of commendation"),
    ("merit", "Certificate of merit"),
    ("title", "Certificate of title"),
    ("flag", "Emulation flag"),
]


@lru_cache(maxsize=8)
def frame_data_uri(frame, with_emblem=True):
    """Return a shipped frame as a data: URI, with or without the emblem drawn on it."""
    with file_open(f"hr_emulation/static/src/certificate/{frame}.svg", "rb") as svg:
        content = svg.read()
    if not with_emblem:
        content = DRAWN_EMBLEM.sub(b"", content)
    return f"data:image/svg+xml;base64,{base64.b64encode(content).decode()}"


CONTENT = {
    *("name", "sequence", "company_id", "kind", "award_ids", "mode", "page_width", "page_height"),
    *("offset_x", "offset_y", "frame", "background", "emblem_source", "emblem", "field_ids", "active"),
}


class EmulationCertificateTemplate(models.Model):
    """How one kind of certificate is laid out on its paper, in millimetres."""

    _name = "emulation.certificate.template"
    _description = "Certificate template"
    _inherit = ["emulation.guard.mixin", "emulation.search.mixin", "emulation.shipped.mixin"]
    _shipped_fields = ("name", "sequence", "kind", "mode", "page_width", "page_height", "frame")
    _search_key_fields = ("name",)
    _order = "sequence, id"
    _writable = {ANY: {"admin": CONTENT}}
    _deletable = {ANY: "admin"}

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10, aggregator=None)
    company_id = fields.Many2one("res.company", help="Empty: shared by all companies.")
    kind = fields.Selection(KINDS, help="Used for awards of this kind that name no template of their own.")
    award_ids = fields.Many2many("emulation.award", string="Awards")
    mode = fields.Selection(
        [("full", "Full page"), ("preprinted", "Pre-printed form")],
        default="full",
        required=True,
        help="On a pre-printed form only the boxes marked so are printed: no frame, no heading.",
    )
    page_width = fields.Float(string="Width (mm)", default=297, required=True)
    page_height = fields.Float(string="Height (mm)", default=210, required=True)
    offset_x = fields.Float(string="Shift right (mm)", help="From the calibration sheet of the printer.")
    offset_y = fields.Float(string="Shift down (mm)", help="From the calibration sheet of the printer.")
    frame = fields.Selection(FRAMES, default="drum", required=True)
    background = fields.Binary(attachment=True, help="An image of the whole page, instead of a frame.")
    background_uri = fields.Char(string="Background URI", compute="_compute_background_uri")
    emblem_source = fields.Selection(EMBLEMS, string="Emblem", default="drawn", required=True)
    emblem = fields.Binary(
        string="Emblem image", attachment=True, help="PNG or JPEG; it fills the emblem box of the layout."
    )
    emblem_uri = fields.Char(string="Emblem URI", compute="_compute_emblem_uri")
    field_ids = fields.One2many("emulation.certificate.field", "template_id", copy=True, string="Boxes")
    active = fields.Boolean(default=True)
    qr_module = fields.Float(
        string="Module of the QR code (mm)",
        compute="_compute_qr_module",
        digits=(4, 2),
        help="The smallest square of the code at the longest name; phones read 0.4 mm and more, also when the paper "
        "is worn.",
    )

    _page_size = models.Constraint(
        "CHECK (page_width BETWEEN 50 AND 1200 AND page_height BETWEEN 50 AND 1200)",
        "A page measures from 50 to 1200 mm.",
    )

    @api.depends("field_ids.kind", "field_ids.width")
    def _compute_qr_module(self):
        code = self._get_stress_code()
        for template in self:
            widths = template.field_ids.filtered(lambda box: box.kind == "qr").mapped("width")
            template.qr_module = qr.get_module(code, min(widths)) if widths else 0

    @api.constrains("page_width", "page_height")
    def _check_boxes_fit(self):
        self.field_ids._check_inside()

    @api.depends("frame", "background", "emblem_source")
    def _compute_background_uri(self):
        for template in self:
            background = template.with_context(bin_size=False).background
            if background:
                kind = "svg+xml" if base64.b64decode(background[:40])[:1] == b"<" else "png"
                template.background_uri = f"data:image/{kind};base64,{background.decode()}"
            else:
                template.background_uri = (
                    frame_data_uri(template.frame, template.emblem_source == "drawn")
                    if template.frame not in (False, "none")
                    else False
                )

    @api.depends("emblem_source", "emblem", "company_id.logo")
    @api.depends_context("company")
    def _compute_emblem_uri(self):
        for template in self.with_context(bin_size=False):
            # sudo: res.company - a logo is printed on every letter
            logo = (template.company_id or self.env.company).sudo().logo
            image = {"image": template.emblem, "logo": logo}.get(template.emblem_source)
            template.emblem_uri = image_data_uri(image) if image else False

    @api.constrains("background", "emblem")
    def _check_images(self):
        for template in self.with_context(bin_size=False):
            for image in filter(None, (template.background, template.emblem)):
                if not base64.b64decode(image)[:8].startswith((b"\x89PNG", b"\xff\xd8\xff")):
                    raise ValidationError(self.env._("Background and emblem are PNG or JPEG images."))

    @api.model
    @api.private
    def _get_for_commendations(self, commendations):
        """Return ``{award: template}``: the company's own before shared, the award's own before its kind's."""
        # sudo: emulation.certificate.template - layouts only; the companies are those of the lines
        templates = self.sudo().search([("company_id", "in", [*commendations.company_id.ids, False])])
        chosen = {}
        for award in commendations.award_id:
            own = templates.filtered(lambda item, award=award: award in item.award_ids)
            kind = self._get_kind(award)
            of_kind = templates.filtered(lambda item, kind=kind: item.kind == kind and not item.award_ids)
            candidates = own or of_kind or templates
            chosen[award] = (candidates.filtered("company_id") or candidates)[:1]
        return chosen

    @staticmethod
    def _get_kind(award):
        if award.with_context(lang="vi_VN").name.lower().startswith("cờ") or award.code.startswith("CTD"):
            return "flag"
        if award.kind == "title":
            return "title"
        return "merit" if award.code.startswith("BK") else "commendation"

    @api.private
    def _get_paper(self):
        """Return width, height and margins top, right, bottom, left in mm."""
        return (self.page_width, self.page_height, 0, 0, 0, 0)

    @api.private
    def _get_layout(self):
        """Return what all certificates of this template have in common: paper in mm, background, boxes."""
        full = self.mode == "full"
        return {
            "width": self.page_width,
            "height": self.page_height,
            "background": self.background_uri if full else False,
            "emblems": self._get_emblems() if full else [],
            "boxes": [box._get_box() for box in self.field_ids if full or box.on_preprinted],
            "is_copy": self.env["emulation.installation"]._is_copy(),
        }

    def _get_emblems(self):
        """Return the CSS of each emblem: a square as wide as its box, the image in its middle."""
        if not self.emblem_uri:
            return []
        return [
            f"{box._place(box.width)};height:{box.width:.2f}mm;"
            f"background:url({self.emblem_uri}) no-repeat center;background-size:contain;"
            "-webkit-background-size:contain"
            for box in self.field_ids
            if box.kind == "emblem"
        ]

    def action_calibrate(self):
        """Print the sheet that shows how far this printer is off."""
        return self.env.ref("hr_emulation.action_report_calibration").report_action(self, config=False)

    def action_stress(self):
        """Print the layout with the longest names there are."""
        return self.env.ref("hr_emulation.action_report_stress").report_action(self, config=False)

    def _get_stress_values(self):
        """Return texts as long as they come: they must stay in their boxes."""
        return {
            "verb": "Truy tặng",
            "recipient_name": "Công ty Trách nhiệm hữu hạn Một thành viên Đầu tư và Phát triển "
            "Nông nghiệp Tây Bắc",
            "position_unit": "Phó Trưởng phòng phụ trách Phòng Quản lý Công nghiệp và Năng lượng, "
            "Sở Công Thương",
            "achievement": "Đã có thành tích xuất sắc trong phong trào thi đua đặc biệt chào mừng kỷ niệm "
            "các ngày lễ lớn và hoàn thành vượt mức kế hoạch phát triển kinh tế - xã hội năm 2026",
            "award": "Chiến sĩ thi đua Bộ, ban, ngành, tỉnh",
            "decision_number": "1234/QĐ-VPUBND-TCHC",
            "decision_date": "ngày 30 tháng 12 năm 2026",
            "register_number": "12345/2026",
            "place_date": "Thành phố Hồ Chí Minh, ngày 30 tháng 12 năm 2026",
            "signer_on_behalf": "KT. CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ",
            "signer_title": "PHÓ CHỦ TỊCH THƯỜNG TRỰC",
            "signer_name": "Công Tằng Tôn Nữ Thị Phương Thảo",
            "agency": "Chủ tịch Ủy ban nhân dân Thành phố Hồ Chí Minh",
            "verify_address": self.env["emulation.installation"]._get_shown_address(),
            "qr": self._get_stress_code(),
        }

    def _get_stress_code(self):
        """Return a code as long as they come, with this installation's address; its key is known to everybody."""
        statement = signing.Statement(
            token="A" * 16,
            number="12345/2026",
            name="Hợp tác xã Du lịch cộng đồng và Dược liệu quý hiếm bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu",
            award="Gia đình văn hóa tiêu biểu xuất sắc cấp cơ sở nhiều năm liền",
            decision="1234/QĐ-VPUBND-TCHC",
            date="2026-12-30",
        )
        address = self.env["emulation.installation"]._get_public_address()
        return f"{address}/kt/{signing.sign(statement, 'A' * 43, 'Sở Thử nghiệm')}"
