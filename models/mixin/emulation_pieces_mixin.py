from odoo import api, fields, models

from . import emulation_job

JOB_FIELDS = ("job_id", "job_state", "job_progress", "job_problem")


class EmulationPiecesMixin(models.AbstractModel):
    """A record with work on thousands of rows, done in pieces in the background (``emulation.job``).

    An heir has a method ``_work_<kind>(ids, **arguments)`` for each kind of work. It does one piece and returns the ids
    it left out; it may be called with the same ids again, and asks for no rights: that is for who hands over the work.
    """

    _name = "emulation.pieces.mixin"
    _description = "Record with long work"

    job_id = fields.Many2one(
        "emulation.job",
        string="Work in the background",
        compute="_compute_job",
        compute_sudo=True,
        help="What is not finished yet.",
    )
    job_state = fields.Selection(
        emulation_job.STATES, string="State of the work", compute="_compute_job", compute_sudo=True
    )
    job_progress = fields.Integer(string="Progress of the work", compute="_compute_job", compute_sudo=True)
    job_problem = fields.Text(string="Problem of the work", compute="_compute_job", compute_sudo=True)

    def _compute_job(self):
        jobs = self.env["emulation.job"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("state", "!=", "done")], order="id"
        )
        last = {job.res_id: job for job in jobs}
        for record in self:
            record.job_id = job = last.get(record.id, jobs.browse())
            record.job_state, record.job_progress, record.job_problem = job.state, job.progress, job.problem

    def action_stop_job(self):
        """Stop what is done in the background; what is done stays."""
        self.check_access("write")
        self.job_id.action_stop()
        self.invalidate_recordset(JOB_FIELDS)

    def action_resume_job(self):
        """Go on with what was stopped."""
        self.check_access("write")
        self.job_id.action_resume()
        self.invalidate_recordset(JOB_FIELDS)

    def _drop_stopped(self, kind):
        """Forget what was stopped of a kind of work: what is left of it is asked for anew."""
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids), ("kind", "=", kind)]
        # sudo: emulation.job - whoever may ask for the work, also where another officer stopped it
        jobs = self.env["emulation.job"].sudo().search([*domain, ("state", "in", ("stopped", "failed"))])
        jobs._with_seal().unlink()
        self.invalidate_recordset(JOB_FIELDS)

    @api.private
    def _do_in_pieces(self, kind, ids, **arguments):
        """Do work at once where it is little, else hand it over.

        :param str kind: which ``_work_<kind>``
        :param list ids: what is worked on
        :param arguments: what else the method takes, as JSON can hold it
        :return: (the job, empty when it is done; the ids that were left out)
        """
        self.ensure_one()
        jobs = self.env["emulation.job"]
        if not jobs._is_long(ids):
            return jobs, getattr(self, f"_work_{kind}")(ids, **arguments)
        job = jobs._hand_over(self, kind, ids, arguments)
        self.invalidate_recordset(JOB_FIELDS)
        return job, []
