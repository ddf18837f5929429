import shutil
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import config

LATE = timedelta(hours=3)  # a job that waits longer than the longest other one takes does not run
ENOUGH = 1_000_000_000  # bytes: certificates of a large decision, and a night's backup beside them


class EmulationHealth(models.AbstractModel):
    """What a monitor asks of an installation: do the jobs run, is there a key, a printer and room. It names nobody."""

    _name = "emulation.health"
    _description = "Health"

    @api.model
    @api.private
    def _look(self):
        """Return what was looked at.

        :return: ``{"ok": bool, "jobs": …, "queues": …, "keys": …, "printer": …, "disk": …}``, each part with ``ok``
        """
        parts = {
            "jobs": self._look_at_jobs(),
            "queues": self._look_at_queues(),
            "keys": self._look_at_keys(),
            "printer": {"ok": self.env["ir.actions.report"]._can_print()},
            "disk": self._look_at_disk(),
        }
        return {"ok": all(part["ok"] for part in parts.values()), **parts}

    def _look_at_jobs(self):
        """Each scheduled job of the addon: when it ran, when it is due, how often it failed since."""
        names = self._get_job_names()
        # sudo: ir.cron - when jobs ran, for administrators
        jobs = self.env["ir.cron"].sudo().browse(names)
        rows = {names[job.id]: self._describe_job(job) for job in jobs}
        return {"ok": all(row["ok"] for row in rows.values()), "rows": rows}

    def _get_job_names(self):
        # sudo: ir.model.data - names of jobs
        found = (
            self.env["ir.model.data"]
            .sudo()
            .search([("module", "=", "hr_emulation"), ("model", "=", "ir.cron")], order="name")
        )
        return {data.res_id: data.name for data in found}

    @staticmethod
    def _describe_job(job):
        is_late = job.nextcall < fields.Datetime.now() - LATE
        return {
            "ok": job.active and not is_late and not job.failure_count,
            "active": job.active,
            "last": job.lastcall and job.lastcall.isoformat(),
            "next": job.nextcall.isoformat(),
            "failures": job.failure_count,
        }

    def _look_at_queues(self):
        """What waits for a job; that something waits is no fault, that the job does not run is."""
        # sudo: emulation.certificate, emulation.import - figures only, for administrators
        certificates = self.env["emulation.certificate"].sudo().search_count([("print_state", "=", "queued")])
        imports = self.env["emulation.import"].sudo()
        waiting = imports.search_count([("state", "in", ("checking", "running", "undoing"))])
        return {"ok": True, "certificates": certificates, "imports": waiting}

    def _look_at_keys(self):
        """Keys that signed and whose private half is not on this server: their agencies can issue nothing.

        A key that never signed is replaced by itself.
        """
        # sudo: emulation.certificate, emulation.signing.key - which keys signed, and whether each still can
        signed = (
            self.env["emulation.certificate"]
            .sudo()
            ._read_group([("signing_key_id.retired_on", "=", False)], ["signing_key_id"])
        )
        keys = self.env["emulation.signing.key"].sudo().union(*(key for (key,) in signed))
        missing = keys.filtered(lambda key: not key.is_here).mapped("key_id")
        return {"ok": not missing, "in_use": len(keys), "missing": missing}

    def _look_at_disk(self):
        room = shutil.disk_usage(config["data_dir"])
        return {"ok": room.free >= ENOUGH, "free_bytes": room.free, "of_bytes": room.total}
