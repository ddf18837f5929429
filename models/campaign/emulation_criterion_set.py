from copy import deepcopy

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ...engine import scoring
from ..mixin.actions import open_dialog

_lt = LazyTranslate(__name__)


def _is_staffed(markers):
    """Return whether somebody is left to mark at a stage: a person with an account, an office that still exists."""
    # sudo: res.users, hr.department - whether they are still there
    return any((marker.sudo().user_id or marker.sudo().department_id).active for marker in markers)


class EmulationCriterionSet(models.Model):
    """A scoring sheet. A launched campaign owns a locked copy of the template it was made from."""

    _name = "emulation.criterion.set"
    _description = "Criterion set"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin", "emulation.thread.mixin"]
    _search_key_fields = ("name",)
    _check_company_auto = True
    _writable = {
        "*": {
            "officer": {
                *("name", "subject", "scale", "total_points", "bonus_cap", "deduction_cap", "most_points"),
                *("is_template", "criterion_ids"),
                "note",
                *("grade_ids", "tie_ids", "is_head_not_above", "company_id", "active"),
            }
        }
    }
    _deletable = {"*": "officer"}
    # Without states, so no verb; it takes a reason all the same.
    _reasoned = {"new_version": _lt("New version")}

    name = fields.Char(required=True)
    subject = fields.Selection(
        [("individual", "Individual"), ("collective", "Collective"), ("any", "Any")],
        default="any",
        required=True,
    )
    scale = fields.Selection(
        [("points", "Points"), ("weights", "Weights"), ("levels", "Levels by name, without points")],
        default="points",
        required=True,
        help="Points: maximum points add up to the total. Weights: each full mark counts its weight. Levels by name: "
        "each criterion is given A+, A, B or the like; no points are shown and no total, and grades count the levels.",
    )
    total_points = fields.Float(
        string="Total points",
        default=100,
        required=True,
        help="What the basic criteria must add up to. Criteria that do not apply to somebody are left out of the "
        "sheet; the others then count in proportion, so that full marks are worth this total for everybody.",
    )
    bonus_cap = fields.Float(
        string="Bonus cap", help="Bonus points at most; 0: no limit beyond the maximum of each bonus."
    )
    deduction_cap = fields.Float(
        string="Deductions cap",
        help="Points taken off a sheet at most, all deductions together; 0: no limit beyond the maximum of each.",
    )
    most_points = fields.Float(
        string="Total at most", help="No sheet counts more, whatever its bonus; 0: no such limit."
    )
    note = fields.Text(string="Before use", help="What to adapt, and who decides it.")
    current_total = fields.Float(string="Adds up to", compute="_compute_current_total")
    template_id = fields.Many2one("emulation.criterion.set", string="Made from", readonly=True, copy=False)
    is_template = fields.Boolean(string="Is template", default=True)
    locked = fields.Boolean(readonly=True, copy=False)
    version = fields.Integer(default=1, readonly=True, copy=False, aggregator=None)
    criterion_ids = fields.One2many("emulation.criterion", "set_id", string="Criteria")
    grade_ids = fields.One2many("emulation.grade", "set_id", copy=True, string="Grades")
    tie_ids = fields.One2many("emulation.tie.key", "set_id", string="Equal totals")
    is_head_not_above = fields.Boolean(
        string="Head not above the unit",
        help="Who leads a unit has no better grade than the unit in the same round.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    active = fields.Boolean(default=True)

    @api.depends("criterion_ids.max_points", "criterion_ids.weight", "criterion_ids.kind", "scale")
    def _compute_current_total(self):
        for sheet in self:
            sheet.current_total = float(scoring.get_maximum(sheet._get_engine_criteria()))

    @api.constrains("total_points", "bonus_cap", "deduction_cap", "most_points")
    def _check_figures(self):
        if any(sheet.total_points <= 0 or min(sheet.bonus_cap, sheet.deduction_cap) < 0 for sheet in self):
            raise ValidationError(
                self.env._("The total must be above 0, the limits of bonus and deductions not below.")
            )
        if any(sheet.most_points and sheet.most_points < sheet.total_points for sheet in self):
            raise ValidationError(
                self.env._("No sheet could reach its full marks: the limit is below the total.")
            )

    def write(self, vals):
        if vals.keys() - {"active"}:
            self._check_unlocked()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked(self):
        self._check_unlocked()

    def copy_data(self, default=None):
        return [
            {**vals, "name": sheet.env._("%(name)s (copy)", name=sheet.name) if not default else vals["name"]}
            for sheet, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def copy(self, default=None):  # pylint: disable=method-required-super
        """Copy the tree too: a copied line belongs to the copy of its group."""
        return self._copy_trees([(sheet, default) for sheet in self])

    @api.model
    def _copy_trees(self, wanted):
        """Copy sets with their criteria, level by level: as many statements for twenty copies as for one.

        :param wanted: [(set, values of the copy)]; a set may come twice
        """
        copies = self.create([sheet.copy_data(default)[0] for sheet, default in wanted])
        lines = self.env["emulation.criterion"]
        lines = lines.union(*(sheet.criterion_ids for sheet, _default in wanted))
        prepared = dict(zip(lines, lines.copy_data(), strict=True))
        copied = {}
        level = [
            (new, line)
            for new, (sheet, _default) in zip(copies, wanted, strict=True)
            for line in sheet.criterion_ids.filtered(lambda line: not line.parent_id)
        ]
        while level:
            vals_list = [
                {
                    **deepcopy(prepared[line]),
                    "set_id": new.id,
                    "parent_id": copied[new, line.parent_id].id if line.parent_id else False,
                }
                for new, line in level
            ]
            copied.update(zip(level, lines.create(vals_list), strict=True))
            level = [(new, child) for new, line in level for child in line.child_ids]
        self._copy_rules(copies, [sheet for sheet, _default in wanted], copied)
        # sudo: emulation.criterion.source - administrators' only; a copy goes on reading with the rights of
        # its administrator
        lines.sudo().source_ids._copy_to([(line.id, copy.id) for (_new, line), copy in copied.items()])
        return copies

    @api.model
    def _copy_rules(self, copies, sheets, copied):
        """Let the rules of the copies look at the copies' own criteria; what decides a tie is copied with them.

        :param copied: {(new set, criterion): its copy}
        """
        keys = []
        for new, sheet in zip(copies, sheets, strict=True):
            pairs = zip(new.grade_ids.condition_ids, sheet.grade_ids.condition_ids, strict=True)
            for condition, original in pairs:
                if original.criterion_ids:
                    own = [copied[new, line].id for line in original.criterion_ids]
                    condition._with_seal().write({"criterion_ids": [Command.set(own)]})
            keys += [
                {
                    "set_id": new.id,
                    "sequence": key.sequence,
                    "kind": key.kind,
                    "criterion_id": copied[new, key.criterion_id].id if key.criterion_id else False,
                }
                for key in sheet.tie_ids
            ]
        self.env["emulation.tie.key"]._with_seal().create(keys)

    def action_new_version(self):
        """Ask for the reason, then unlock a new version for the campaign."""
        return self.env["emulation.reason.wizard"]._open(self, "new_version")

    def action_import(self):
        """Open the wizard that reads or writes the criteria as .xlsx."""
        self.ensure_one()
        return open_dialog(
            "emulation.set.import", {"default_set_id": self.id}, self.env._("Criteria as a file")
        )

    def action_compare(self):
        """Show what changed against the set this one was made from."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_set_compare_action")
        context = {
            "dialog_size": "extra-large",
            "default_old_id": self.template_id.id,
            "default_new_id": self.id,
        }
        return {**action, "context": context}

    def _check_unlocked(self):
        """Refuse any change of a set in use, except by the verbs that lock it."""
        # sudo: emulation.criterion.set - only whether it is in use
        if not self._has_seal() and any(sheet.locked for sheet in self.sudo()):
            raise UserError(
                self.env._("A launched campaign uses this set: make a new version with a reason.")
            )

    def _get_cannot_use_reason(self):
        """Return {id: reason}: an empty set, or one that does not total what it says."""
        marked = self.criterion_ids._get_stages()
        idle = {line for line, stages in marked.items() if not all(map(_is_staffed, stages.values()))}
        found = {sheet.id: sheet._get_gap(marked, idle) or sheet._get_wrong_sum() for sheet in self}
        return {sheet_id: text for sheet_id, text in found.items() if text}

    def _get_gap(self, marked, idle):
        """Return what is missing before anybody can be scored by the set; empty: nothing.

        :param marked: ids of the criteria that somebody named marks
        :param idle: those of them that nobody is left to mark
        """
        lines = self.criterion_ids.filtered(lambda line: line.kind != "group")
        if not lines:
            return self.env._("%(set)s has no criteria.", set=self.name)
        if unmarked := lines.filtered(
            lambda line: line.id in idle or (line.is_marked_only and line.id not in marked)
        ):
            names = ", ".join(unmarked.mapped("name"))
            return self.env._("Nobody marks these criteria: %(names)s.", names=names)
        if unknown := self.grade_ids.condition_ids._filter_unknown_level():
            return unknown[:1]._get_unknown_level_text()
        without = lines.filtered(lambda line: line.kind == "rating" and not line.levels)
        if self.scale == "levels" and without:
            names = ", ".join(without.mapped("name"))
            return self.env._("These criteria have no levels by name: %(names)s.", names=names)
        return ""

    def _get_wrong_sum(self):
        """Return that the points do not add up to what the set says; empty: they do, or there are none."""
        is_right = scoring.points(self.current_total) == scoring.points(self.total_points)
        if self.scale == "levels" or is_right:
            return ""
        return self.env._(
            "%(set)s adds up to %(sum)s instead of %(total)s points.",
            set=self.name,
            sum=self.current_total,
            total=self.total_points,
        )

    @api.model
    def _take_locked_copies(self, wanted):
        """Return locked copies that campaigns own.

        :param wanted: [(set, name of the copy)]
        """
        copies = self._copy_trees([(sheet, {"name": name, "is_template": False}) for sheet, name in wanted])
        for new, (sheet, _name) in zip(copies, wanted, strict=True):
            new._write_protected({"locked": True, "template_id": sheet.id})
        return copies

    @api.private
    def _do_new_version(self, reason):
        """Return an unlocked next version; the campaigns that used this one take it, opened sheets
        keep theirs.
        """
        self.ensure_one()
        self.lock_for_update()
        new = self.copy({"name": self.name, "is_template": self.is_template})
        new._write_protected({"version": self.version + 1, "template_id": self.id})
        for name in self.env["emulation.campaign"]._set_fields:
            campaigns = self.env["emulation.campaign"].search(
                [(name, "=", self.id), ("state", "=", "launched")]
            )
            campaigns._write_protected({name: new.id})
            campaigns._message_log_batch(bodies=dict.fromkeys(campaigns.ids, reason))
        new._message_log(body=reason)
        return new

    def action_lock(self):
        """Lock a new version; it has to total what it says."""
        reasons = self._get_cannot_use_reason()
        if reasons:
            raise UserError("\n".join(reasons.values()))
        self._write_protected({"locked": True})

    def _get_rank_sql(self):
        """Return the SQL order of sheets ``e``, the better first: by total, or by grade where there are no points."""
        if self.scale != "levels":
            return SQL("e.final_total DESC NULLS LAST")
        return SQL(
            "ARRAY_POSITION(%s::text[], (SELECT g.name FROM emulation_grade g WHERE g.id = e.grade_id)::text)"
            " ASC NULLS LAST",
            self.grade_ids.mapped("name"),
        )

    def _get_lines_from_the_root(self):
        """Return the criteria, each group before what it holds."""
        ordered, level = (
            self.env["emulation.criterion"],
            self.criterion_ids.filtered(lambda line: not line.parent_id),
        )
        while level:
            ordered |= level
            level = level.child_ids
        return ordered

    def _get_engine_criteria(self):
        """Return the criteria for ``engine.scoring.add_up``."""
        self.ensure_one()
        return [line._to_engine() for line in self.criterion_ids.filtered(lambda line: line.kind != "group")]
