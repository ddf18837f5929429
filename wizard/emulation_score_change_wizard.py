from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.campaign import grades

STEP_DONE = {
    "self_points": ("submitted", "verified", "confirmed"),
    "verified_points": ("verified", "confirmed"),
    "final_points": ("confirmed",),
}


class EmulationScoreChangeWizard(models.TransientModel):
    """Change points of a step that is over; old, new and reason are kept."""

    _name = "emulation.score.change.wizard"
    _description = "Change points with a reason"
    _inherit = ["emulation.wizard.mixin"]

    score_id = fields.Many2one("emulation.score", required=True, readonly=True)
    field_name = fields.Selection(
        [
            ("self_points", "Self points"),
            ("verified_points", "Verified points"),
            ("final_points", "Final points"),
        ],
        string="Points",
        required=True,
        default="final_points",
    )
    level_choices = fields.Json(string="Levels by name", related="score_id.level_choices", related_sudo=False)
    old_points = fields.Float(string="Old points", compute="_compute_old_points", digits=(8, 2))
    new_points = fields.Float(string="New points", digits=(8, 2), required=True)
    reason = fields.Char(required=True)

    @api.depends("score_id", "field_name")
    def _compute_old_points(self):
        for wizard in self:
            wizard.old_points = wizard.score_id[wizard.field_name] if wizard.field_name else 0

    def action_change(self):
        """Store the change; officers only, and only once the step is over."""
        self.ensure_one()
        evaluation = self.score_id.evaluation_id
        if not {"officer", "stand_in"} & evaluation._get_roles()[evaluation.id]:
            raise AccessError(
                self.env._("Only an officer changes points after their step, and nobody their own.")
            )
        stages = self.score_id.criterion_id._get_stages().get(self.score_id.criterion_id.id, {})
        in_place = stages and self.field_name == "final_points" and evaluation.state == "verified"
        if not in_place and evaluation.state not in STEP_DONE[self.field_name]:
            raise UserError(self.env._("These points are still open: change them on the sheet."))
        evaluation.lock_for_update()
        self.score_id._refuse_faulty(self.new_points)
        self.env["emulation.score.change"]._create_protected(
            [
                {
                    "score_id": self.score_id.id,
                    "field_name": self.field_name,
                    "old_points": self.old_points,
                    "new_points": self.new_points,
                    "reason": self.reason,
                }
            ]
        )
        changed = {self.field_name: self.new_points}
        if in_place:  # the officer decides where a marker does not, or otherwise
            changed.update(is_final=True, marked_stage=max(stages))
        self.score_id._write_protected(changed)
        if evaluation.state == "confirmed":
            grades.store(evaluation)
            evaluation.review_id._update_ranks()
        return {"type": "ir.actions.act_window_close"}
