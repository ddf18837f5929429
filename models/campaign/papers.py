"""What the documents of a campaign say where the writer has not put it in own words.

Words are Vietnamese by law (Decree 30/2020), whatever the user's language. Each class drafts one kind of document;
the officer takes the draft over and mends it, or lets it be printed as it is.
"""

from dataclasses import dataclass

from ...engine import points, vietnamese

MOST_ROUNDS = 60  # reports named in a guidance document
ROUNDS = {"interim": "Sơ kết phong trào", "final": "Tổng kết phong trào"}
# How a document of ours is named when another one refers to it.
KIND_NAMES = {
    "letter": "Công văn",
    "appeal": "Lời kêu gọi",
    "plan": "Kế hoạch",
    "directive": "Chỉ thị",
    "notice": "Thông báo",
    "report": "Báo cáo",
    "minutes": "Biên bản",
    "guidance": "Hướng dẫn",
}
SYMBOLS = {
    **{"plan": "KH", "directive": "CT", "notice": "TB", "report": "BC", "minutes": "BB", "appeal": "LKG"},
    "guidance": "HD",
}


@dataclass(frozen=True)
class Point:
    """One point of a text: level 1 is the outermost; ``table`` is ``{"head": [...], "rows": [[...], ...]}``."""

    name: str = ""
    text: str = ""
    level: int = 1
    style: str = "number"
    table: dict | None = None


class Draft:
    """The words of one ``emulation.campaign.document``."""

    def __init__(self, document):
        self.document = document.with_context(lang="vi_VN")
        # sudo: emulation.campaign - what is launched is read by everybody it asks
        self.campaign = self.document.campaign_id.sudo()
        self.agency = document.company_id.name or ""
        self.title = points.inside_sentence(self.campaign.name or "")

    def get_abstract(self):
        return ""

    def get_addressee(self):
        units = self.campaign.audience_department_ids.mapped("name")
        return "; ".join(units) if units else f"Các phòng, đơn vị thuộc {self.agency}"

    def get_opening(self):
        return ""

    def get_points(self):
        """Return the points of the text.

        :rtype: list[Point]
        """
        return []

    def get_closing(self):
        return ""


class LaunchDraft(Draft):
    """The letter, appeal, plan or directive that launches a campaign (Law 06/2022/QH15, Article 17)."""

    def get_abstract(self):
        verb = "tổ chức" if self.document.kind == "plan" else "phát động"
        text = f"{verb} {self.title}"
        return text if self.document.kind == "letter" else text[:1].upper() + text[1:]

    def get_opening(self):
        theme = f" với chủ đề: “{self.campaign.theme.strip()}”" if self.campaign.theme else ""
        # the agency is not named twice
        subject = self.title.removesuffix(f" của {self.agency}")
        return f"{self.agency} phát động {subject}{theme}, cụ thể như sau:"

    def get_points(self):
        campaign = self.campaign
        offered = campaign.award_line_ids.award_id
        awards = "; ".join(campaign._get_award_names(offered, campaign.company_id))
        parts = [
            ("Mục tiêu", [campaign.purpose]),
            ("Phạm vi, đối tượng", [campaign.scope, campaign.audience]),
            ("Thời gian thực hiện", [self.get_period()]),
            ("Nội dung thi đua", []),
            ("Tiêu chí thi đua", self.list_criteria()),
            ("Danh hiệu, hình thức khen thưởng", [points.end_sentence(awards)]),
            ("Tổ chức thực hiện", self.list_organisation()),
        ]
        found = []
        for heading, lines in parts:
            below = self.list_contents() if heading == "Nội dung thi đua" else []
            text = "\n".join(line.strip() for line in lines if line)
            if text or below:
                found += [Point(heading, text), *below]
        return found

    def get_period(self):
        campaign = self.campaign
        if not (campaign.date_start and campaign.date_end):
            return ""
        start, end = map(vietnamese.administrative_date, (campaign.date_start, campaign.date_end))
        text = f"Từ {start} đến {end}."
        if campaign.occasion_ids:
            days = (
                f"{o.name} ({vietnamese.short_date(o.date)})" if o.date else o.name
                for o in campaign.occasion_ids
            )
            text += f" Chào mừng {', '.join(days)}."
        return text

    def list_contents(self):
        return [
            Point(content.name, content.description or "", 2, "letter")
            for content in self.campaign.content_ids
        ]

    def list_criteria(self):
        words = (
            ("individual_set_id", "Đối với cá nhân"),
            ("collective_set_id", "Đối với tập thể"),
            ("household_set_id", "Đối với hộ gia đình"),
        )
        lines = []
        for field, who in words:
            sheet = self.campaign[field]
            if sheet:
                names = sheet.criterion_ids.filtered(lambda line: line.kind != "group").mapped("name")
                total = f"tổng {vietnamese.format_decimal(float(sheet.total_points))} điểm"
                how = "xếp loại, không tính điểm" if sheet.scale == "levels" else total
                lines.append(f"{who} ({how}): {'; '.join(names)}.")
        return lines

    def list_organisation(self):
        lines = []
        if self.campaign.standing_unit_id:
            lines.append(
                f"{self.campaign.standing_unit_id.name} là bộ phận thường trực: theo dõi, hướng dẫn, đôn đốc việc "
                "thực hiện, thẩm định hồ sơ khen thưởng và tổng hợp báo cáo."
            )
        lines += [
            f"{body.name} phối hợp: {points.end_sentence(body.part)}"
            if body.part
            else f"{body.name} phối hợp thực hiện."
            for body in self.campaign.body_ids
        ]
        lines += [
            f"{block.name} bình xét, chấm điểm chéo giữa {len(block.member_ids)} thành viên; "
            f"{block.year_ids.sorted('year')[-1:].head_id.name or 'các thành viên luân phiên'} làm "
            f"{'cụm trưởng' if block.kind == 'cluster' else 'khối trưởng'}."
            for block in self.campaign.block_ids
        ]
        lines += [
            f"{ROUNDS[review.kind]}: hoàn thành chậm nhất {vietnamese.administrative_date(review.date_to)}."
            for review in self.campaign.review_ids.sorted("date_to")
        ]
        return lines

    def get_closing(self):
        return (
            f"Đề nghị các tập thể, cá nhân tích cực hưởng ứng {self.title}; trong quá trình thực hiện, kịp thời phản "
            "ánh vướng mắc để được hướng dẫn."
        )


class LaterDraft(Draft):
    """A document that follows the launch document."""

    def get_reference(self):
        """Return how the launch document is cited; empty if the campaign has none."""
        launch = self.campaign.launch_document_id
        if not launch:
            return ""
        day = vietnamese.administrative_date(launch.issue_date)
        return f"{KIND_NAMES[launch.kind]} số {launch._get_document_number()} {day}"

    def get_reason(self):
        return points.end_sentence(self.document.reason or "", "")


class AmendmentDraft(LaterDraft):
    """What changes in a launched campaign: old and new, and why."""

    def get_abstract(self):
        text = f"điều chỉnh, bổ sung {self.title}"
        return text if self.document.kind == "letter" else text[:1].upper() + text[1:]

    def get_opening(self):
        launch, reason = self.get_reference(), self.get_reason()
        since = f", phát động theo {launch}" if launch else ""
        why = f" Lý do: {points.inside_sentence(reason)}." if reason else ""
        return f"{self.agency} điều chỉnh, bổ sung {self.title}{since}.{why} Nội dung điều chỉnh, bổ sung như sau:"

    def get_points(self):
        found = []
        for change in self.document.change_ids:
            old, new = (points.end_sentence(text, "") for text in (change.current_value, change.new_value))
            is_new = old == "–" and not change.is_removal
            name = change._get_printed_name(is_new)
            if change.is_removal:
                text = f"Bỏ {name}: {old}."
            elif is_new:
                text = f"Bổ sung {name}: {new}."
            else:
                text = f"Điều chỉnh {name}: từ “{old}” thành “{new}”."
            found.append(Point(text=text))
        return found

    def get_closing(self):
        launch = self.get_reference()
        return (
            f"Các nội dung khác thực hiện theo {launch}." if launch else "Các nội dung khác không thay đổi."
        )


class ExtensionDraft(AmendmentDraft):
    """A later end, and why."""

    def get_abstract(self):
        text = f"kéo dài thời gian thực hiện {self.title}"
        return text if self.document.kind == "letter" else text[:1].upper() + text[1:]


class ClosingDraft(LaterDraft):
    """The end of a campaign, and why now."""

    def get_abstract(self):
        text = f"kết thúc {self.title}"
        return text if self.document.kind == "letter" else text[:1].upper() + text[1:]

    def get_opening(self):
        launch, reason = self.get_reference(), self.get_reason()
        since = f", phát động theo {launch}" if launch else ""
        why = f" {reason}." if reason else ""
        return f"{self.agency} thông báo kết thúc {self.title}{since}.{why}"

    def get_closing(self):
        return "Đề nghị các đơn vị hoàn thành báo cáo, hồ sơ khen thưởng theo quy định."


class GuidanceDraft(LaterDraft):
    """How a launched campaign is carried out: targets, scoring, reports, and the papers of each dossier."""

    def get_abstract(self):
        text = f"hướng dẫn thực hiện {self.title}"
        if self.document.kind == "guidance":
            text = text.removeprefix("hướng dẫn ")
        return text if self.document.kind == "letter" else text[:1].upper() + text[1:]

    def get_opening(self):
        launch = self.get_reference()
        since = f", phát động theo {launch}" if launch else ""
        return f"{self.agency} hướng dẫn thực hiện {self.title}{since}, cụ thể như sau:"

    def get_points(self):
        parts = (
            ("Đăng ký thi đua", self.list_registration()),
            ("Chỉ tiêu thi đua", self.list_targets()),
            ("Chấm điểm, bình xét", self.list_rounds()),
            ("Chế độ báo cáo", self.list_reports()),
            ("Hồ sơ đề nghị khen thưởng", self.list_papers()),
        )
        return [Point(heading, "\n".join(lines)) for heading, lines in parts if lines]

    def list_registration(self):
        day = self.campaign.registration_deadline
        return [f"Hoàn thành đăng ký chậm nhất {vietnamese.administrative_date(day)}."] if day else []

    def list_targets(self):
        # sudo: emulation.target - those of the whole campaign are for everybody it asks
        common = self.campaign.target_ids.filtered(
            lambda target: target.state == "active" and not (target.employee_id or target.department_id)
        )
        words = {"more": "ít nhất", "less": "nhiều nhất"}
        return [
            f"{target.name}: {words[target.direction]} {vietnamese.format_decimal(target.figure)} "
            f"{target.unit_of_measure}."
            for target in common
        ]

    def list_rounds(self):
        lines = []
        for review in self.campaign.review_ids.sorted("date_to"):
            day = review.self_deadline or review.date_to
            lines.append(
                f"{ROUNDS[review.kind]}: tự chấm điểm chậm nhất {vietnamese.administrative_date(day)}, "
                f"hoàn thành chậm nhất {vietnamese.administrative_date(review.date_to)}."
            )
        return lines

    def list_reports(self):
        # sudo: emulation.report.round - days and names, for everybody the campaign asks
        asked = self.document.env["emulation.report.round"].sudo()
        rounds = asked.search(
            [("campaign_id", "=", self.campaign.id)], order="due_date, id", limit=MOST_ROUNDS
        )
        return [f"{one.name}: gửi trước {vietnamese.administrative_date(one.due_date)}." for one in rounds]

    def list_papers(self):
        """Return for each award on offer the papers its dossier needs, as the rule of the day says."""
        campaign = self.campaign
        awards = campaign.award_line_ids.award_id
        names = campaign._get_award_names(awards, campaign.company_id)
        books, day = campaign.env["emulation.rulebook"], campaign._get_rulebook_day()
        rulebook = campaign.rulebook_id or books._for_date(campaign.company_id, day, raise_if_none=False)
        rules = rulebook._get_rules(awards)
        found = []
        for award, name in zip(awards, names, strict=True):
            papers = rules[award].paper_ids.mapped("name") if award in rules else []
            if papers:
                found.append(f"{name}: {'; '.join(papers)}.")
        return found

    def get_closing(self):
        return "Trong quá trình thực hiện nếu có vướng mắc, đề nghị các đơn vị phản ánh kịp thời để được hướng dẫn."


DRAFTS = {
    "launch": LaunchDraft,
    "amendment": AmendmentDraft,
    "extension": ExtensionDraft,
    "closing": ClosingDraft,
    "guidance": GuidanceDraft,
}
