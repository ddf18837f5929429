"""Lists that are exported with the columns of their screens."""

from odoo import models

WHO = (("recipient_name", 32), ("unit_id", 32))


class EmulationReportCommendation(models.Model):
    _name = "emulation.report.commendation"
    _inherit = ["emulation.report.commendation", "emulation.export.mixin"]
    _export_fields = (
        *WHO,
        *(("award_id", 34), ("level", 14), ("commendation_type", 16), ("state", 16), ("year", 8)),
        *(("granted_date", 12), ("waiting_days", 10), ("is_overdue", 9), ("days_to_decide", 10)),
        *(("prize_amount", 16), ("revoked_prize", 16), ("prize_state", 14)),
    )


class EmulationReportStep(models.Model):
    _name = "emulation.report.step"
    _inherit = ["emulation.report.step", "emulation.export.mixin"]
    _export_fields = (
        *WHO,
        *(("award_id", 34), ("step", 26), ("date_from", 12), ("date_to", 12), ("days", 9), ("is_open", 10)),
    )


class EmulationReportParticipation(models.Model):
    _name = "emulation.report.participation"
    _inherit = ["emulation.report.participation", "emulation.export.mixin"]
    _export_fields = (
        *WHO,
        ("campaign_id", 40),
        ("state", 16),
        ("title_count", 10),
        ("sheet_count", 10),
        ("missing_count", 10),
    )


class EmulationReportEvaluation(models.Model):
    _name = "emulation.report.evaluation"
    _inherit = ["emulation.report.evaluation", "emulation.export.mixin"]
    _export_fields = (
        *WHO,
        ("campaign_id", 36),
        ("review_id", 24),
        ("state", 14),
        ("deadline", 12),
        ("is_overdue", 9),
        ("self_total", 10),
        ("verified_total", 10),
        ("final_total", 10),
        ("difference", 10),
        ("grade_id", 22),
    )

    def _get_export_reader(self, field):
        read = super()._get_export_reader(field)
        if field.type != "float":
            return read
        return lambda record: None if record.scale == "levels" else read(record)


class EmulationReportVote(models.Model):
    _name = "emulation.report.vote"
    _inherit = ["emulation.report.vote", "emulation.export.mixin"]
    _export_fields = (
        *(("closed_on", 12), ("council_id", 34), *WHO, ("award_id", 34), ("entitled_count", 10)),
        *(("agree_count", 10), ("disagree_count", 10), ("blank_count", 10), ("agree_percent", 10)),
        ("is_passed", 10),
    )


class EmulationParticipation(models.Model):
    _name = "emulation.participation"
    _inherit = ["emulation.participation", "emulation.export.mixin"]
    _export_fields = (
        ("display_name", 34),
        ("unit_id", 32),
        ("campaign_id", 40),
        ("award_ids", 40),
        ("pledge", 40),
        ("state", 16),
    )


class EmulationAchievement(models.Model):
    _name = "emulation.achievement"
    _inherit = ["emulation.achievement", "emulation.export.mixin"]
    _export_fields = (
        ("name", 50),
        ("recipient_name", 32),
        ("kind", 16),
        ("reach", 16),
        ("date_from", 12),
        ("date_to", 12),
        ("recognition_number", 20),
        ("recognition_date", 12),
        ("state", 16),
    )


class EmulationRating(models.Model):
    _name = "emulation.rating"
    _inherit = ["emulation.rating", "emulation.export.mixin"]
    _export_fields = (
        ("display_name", 36),
        ("unit_id", 32),
        ("year", 8),
        ("rating", 30),
        ("source", 30),
    )


class EmulationGranted(models.Model):
    _name = "emulation.granted"
    _inherit = ["emulation.granted", "emulation.export.mixin"]
    _export_fields = (
        ("recipient_name", 32),
        ("position_name", 24),
        ("unit_name", 32),
        ("award_id", 36),
        ("granted_date", 12),
        ("decision_number", 26),
        ("period_from", 12),
        ("period_to", 12),
        ("state", 14),
    )
