"""The plan of a cluster or block for a year, as plain values for ``report/emulation_block_report.xml``.

Words are Vietnamese by law (Decree 30/2020/NĐ-CP), whatever the user's language.
"""

from ...engine import points, vietnamese
from ...engine.wording import keep_place
from ..mixin import notices

KINDS = {"cluster": ("cụm", "CTĐ"), "block": ("khối", "KTĐ")}


class BlockPlan:
    """The plan (kế hoạch hoạt động) of one ``emulation.block.year``, signed by the head of the block."""

    def __init__(self, year):
        self.year = year.with_context(lang="vi_VN")
        self.block = self.year.block_id
        self.kind, self.symbol = KINDS[self.block.kind]

    def get_values(self):
        """Return what the report ``hr_emulation.report_block_plan`` prints."""
        abstract = f"Hoạt động của {self.block.name} năm {self.year.year}"
        return {
            "document": self.get_frame(abstract),
            "abstract": abstract,
            "aims": self.list_aims(),
            "work": points.end_lines(self.list_lines(self.year.plan)),
            "scoring": self.list_scoring(),
            "acclaim": self.list_acclaim(),
            "members": [
                {"name": member.name, "part": self.get_part(member)} for member in self.block.member_ids
            ],
            "duties": self.list_duties(),
        }

    def get_frame(self, abstract):
        """Return what stands around the body: the block below who organised it; its head signs."""
        company = self.year.company_id
        frame = notices.get_frame(
            company, "KH", abstract, [company.name, f"Các thành viên {self.kind} thi đua"]
        )
        title = f"{self.kind.capitalize()} trưởng"
        own = {
            "number": f"{frame['number'].partition('/')[0]}/KH-{self.symbol}",
            "signer_lines": [f"TM. {self.kind} thi đua", title],
            "signer_name": "",
        }
        heading = keep_place(self.block.name)
        if frame["is_state_body"]:
            return {**frame, **own, "parent_agency": frame["agency"], "agency": heading}
        return {**frame, **own, "letterhead": [heading, *frame["letterhead"]]}

    @staticmethod
    def list_lines(text):
        return [bare for line in (text or "").splitlines() if (bare := line.strip(" -;."))]

    def list_aims(self):
        aims = [
            f"Tổ chức các hoạt động thi đua của {self.kind} năm {self.year.year} thiết thực, hiệu quả; trao đổi kinh"
            " nghiệm, phát hiện và nhân rộng điển hình tiên tiến giữa các thành viên.",
            "Chấm điểm, bình xét, suy tôn tập thể dẫn đầu công khai, công bằng, đúng tiêu chí đã thống nhất.",
        ]
        theme = (self.year.theme or "").strip()
        return [f"Thực hiện chủ đề thi đua: “{theme.rstrip('.')}”.", *aims] if theme else aims

    def list_scoring(self):
        """Return how the members are scored, by what and until when."""
        year = self.year
        ways = {
            "cross": "Các thành viên chấm điểm lẫn nhau; điểm của mỗi thành viên là điểm bình quân do các thành viên"
            " khác chấm.",
            "own": "Mỗi thành viên tự chấm điểm; điểm xếp hạng là điểm sau thẩm định.",
        }
        names = year._get_criteria().mapped("name")
        criteria = names or self.list_lines(self.block.criteria)
        found = [ways[year.way]]
        if criteria:
            found.append(f"Tiêu chí: {'; '.join(criteria)}.")
        # sudo: emulation.criterion.set - what its points come to
        most = year.sudo().set_id.total_points or year.maximum
        found.append(f"Tổng điểm tối đa: {vietnamese.format_decimal(float(most))} điểm.")
        if year.score_deadline:
            day = vietnamese.administrative_date(year.score_deadline)
            found.append(f"Hoàn thành chấm điểm chậm nhất {day}.")
        return found

    def list_acclaim(self):
        """Return how many are acclaimed and what they are proposed for."""
        block, flags = self.block, self.year._get_flag_count()
        award = f", đề nghị tặng {block.award_id.name}" if block.award_id else ""
        found = [f"Hội nghị tổng kết suy tôn {flags:02d} tập thể dẫn đầu{award}."]
        if block.second_award_id and block.second_count:
            found.append(
                f"{block.second_count:02d} tập thể xếp tiếp theo được đề nghị tặng {block.second_award_id.name}."
            )
        return found

    def get_part(self, member):
        if member == self.year.head_id:
            return f"{self.kind.capitalize()} trưởng"
        return f"{self.kind.capitalize()} phó" if member == self.year.deputy_id else "Thành viên"

    def list_duties(self):
        """Return what head, deputy and members see to."""
        head, deputy = self.year.head_id.name or "…", self.year.deputy_id.name
        found = [
            f"{head} ({self.kind} trưởng): chủ trì tổ chức các hoạt động của {self.kind}, tổng hợp kết quả chấm điểm,"
            " báo cáo cơ quan thường trực."
        ]
        if deputy:
            found.append(
                f"{deputy} ({self.kind} phó): phối hợp với {self.kind} trưởng chuẩn bị các hội nghị."
            )
        found.append(
            f"Các thành viên {self.kind}: tổ chức phong trào thi đua tại cơ quan, đơn vị; tham gia đầy đủ các hoạt"
            " động, chấm điểm và gửi báo cáo đúng thời hạn."
        )
        return found
