"""Lists as officers send them, read by an officer."""

import base64

from ...office.write_xlsx import build_plain_workbook
from .common import EmulationCommon

HEAD = ["STT", "Họ và tên", "Đơn vị", "Danh hiệu", "Số quyết định", "Ngày quyết định", "Năm"]


class ImportCommon(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ldtt = cls.env.ref("hr_emulation.award_ldtt")
        cls.cstdcs = cls.env.ref("hr_emulation.award_cstdcs")
        cls.bkt = cls.env.ref("hr_emulation.award_bkt")
        cls.ttldtt = cls.env.ref("hr_emulation.award_ttldtt")

    def new_import(self, head, *rows, user=None, read=True, **vals):
        imports = self.env["emulation.import"].with_user(user or self.user_officer)
        content = base64.b64encode(build_plain_workbook(head, rows))
        record = imports.create(
            {"data": content, "filename": "danh-sach.xlsx", "company_id": self.company.id, **vals}
        )
        if read:
            record.action_read()
        return record

    def new_awards(self, *rows, head=HEAD, **vals):
        return self.new_import(head, *rows, **vals)

    def get_verdicts(self, record):
        return record.line_ids.mapped("verdict")

    def get_granted(self, recipient=None):
        domain = [("company_id", "=", self.company.id), ("state", "=", "granted")]
        if recipient:
            domain.append(("recipient_key", "=", f"{recipient._name.removeprefix('hr.')}:{recipient.id}"))
        return self.env["emulation.commendation"].search(domain, order="id")
