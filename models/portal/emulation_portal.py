import secrets
from datetime import timedelta
from functools import cache

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import SQL

from ..campaign.emulation_unit_report import OWED_DAYS
from .person import find_person

TEXT_SIZES = ("normal", "large", "larger")
DISPLAY_COOKIE = "emulation_display"
BUNDLE = "hr_emulation.assets_portal"
TAB_URLS = {
    "waiting": "/my/emulation",
    "campaigns": "/my/emulation/campaigns",
    "targets": "/my/emulation/targets",
    "evaluations": "/my/emulation/evaluations",
    "achievements": "/my/emulation/achievements",
    "commendations": "/my/emulation/commendations",
    "unit": "/my/emulation/unit",
    "blocks": "/my/emulation/blocks",
    "honour": "/emulation/honour",
}


class EmulationPortal(models.AbstractModel):
    """What waits for a person: one answer for the start page, "For me to do" and whoever tells people of it.

    An addon that brings more to do extends ``_get_waiting`` with ``super()``, one that brings a page ``_get_tabs``.
    """

    _name = "emulation.portal"
    _description = "Portal of emulation"

    @api.model
    @api.private
    def _get_person(self):
        """Return the ``Person`` behind the current user; without ``employee_ids`` if there is no employee."""
        return find_person(self.env)

    @api.model
    @api.private
    def _get_frame(self, person=None):
        """Return what the frame of a page says whoever looks: language, text size and contrast, agency and name.

        :param person: None for who is not logged in
        """
        size, contrast = self._get_display()
        names = {key: name for key, name, _who in self.env["res.company"]._get_honour_boards()}
        employees = person.employees if person else ()
        agency = employees[0][2] if employees else self.env.company.id
        assets = self.env["ir.qweb"]
        return {
            "page_styles": assets._get_asset_links(BUNDLE, js=False),
            "page_scripts": assets._get_asset_links(BUNDLE, css=False),
            "page_lang": (self.env.lang or "en_US").replace("_", "-"),
            "page_class": f"o_emulation_text_{size}" + (" o_emulation_contrast" if contrast else ""),
            "page_text_size": size,
            "page_contrast": contrast,
            "page_path": request.httprequest.full_path.rstrip("?"),
            "page_agency": names.get(agency, ""),
            "page_person": employees[0][1] if employees else "",
            "page_user": 0 if self.env.user._is_public() else self.env.uid,
            "form_key": secrets.token_urlsafe(12),
            "page_token": cache(request.csrf_token),  # one for all forms of the page, made if there is any
        }

    @api.model
    @api.private
    def _get_tabs(self, person=None):
        """Return the section menu: (name, url, label); a visitor without employee sees the honour board, and the blocks
        it scores in, only.
        """
        labels = {
            "waiting": self.env._("For me to do"),
            "campaigns": self.env._("Campaigns"),
            "targets": self.env._("Targets"),
            "evaluations": self.env._("Evaluations"),
            "achievements": self.env._("Achievements"),
            "commendations": self.env._("My commendations"),
            "unit": self.env._("My unit"),
            "blocks": self.env._("Clusters and blocks"),
            "honour": self.env._("Honour board"),
        }
        hidden = {"blocks"} if person and person.is_head else {"blocks", "unit"}
        if not person or not person.employee_ids:
            own = {"blocks"} if person and self.env["emulation.block.member"]._find_mine() else set()
            hidden = labels.keys() - {"honour"} - own
        elif person.is_former:
            hidden = labels.keys() - {"commendations", "honour"}
        return [(name, TAB_URLS[name], label) for name, label in labels.items() if name not in hidden]

    @api.model
    @api.private
    def _get_display(self):
        """Return (text size, high contrast?) as the visitor chose."""
        size, _dash, contrast = request.cookies.get(DISPLAY_COOKIE, "").partition("-")
        return (size if size in TEXT_SIZES else "normal"), contrast == "contrast"

    @api.model
    @api.private
    def _get_error_text(self, code):
        """Return what to say of an HTTP error: a heading, a full stop, and what to do.

        :param int code: status of the answer
        """
        kept = self.env._("What you typed is kept on this device.")
        texts = {
            400: self.env._("This page was open for too long. Open it again.") + f" {kept}",
            404: self.env._("This page is not here. The link may be old, or the page is not for you."),
            413: self.env._("This is too large to be sent. Choose a smaller file.") + f" {kept}",
            429: self.env._("That was too fast. Wait a minute and try again.") + f" {kept}",
        }
        if code in (403, 405):
            return texts[404]
        return (
            texts.get(code)
            or self.env._("Something went wrong here. Try again in a few minutes.") + f" {kept}"
        )

    @api.model
    @api.private
    def _get_waiting(self, person):
        """Return {what: (model, domain)} of what waits for the person; the domains hold the person's own ids."""
        today = fields.Date.context_today(self.env.user)
        seats = self.env["emulation.session"]._open_seat_domain(self.env.user)
        waiting = {
            "fill": ("emulation.evaluation", person.to_fill()),
            "to_correct": ("emulation.commendation", person.returned()),
            "receipt": ("emulation.commendation", person.to_receive(today)),
            "vote": ("emulation.session.attendance", Domain(seats)),
            "mark": ("emulation.initiative.item", person.to_mark()),
            "comment": ("emulation.publication", person.published()),
            "score": ("emulation.block.year", self.env["emulation.block.year"]._get_to_score_domain()),
        }
        if person.is_head:
            submitted = Domain("state", "=", "submitted")
            is_open = Domain("review_id.state", "=", "open")
            waiting["pass"] = ("emulation.commendation", person.to_pass())
            waiting["verify"] = ("emulation.evaluation", person.to_verify() & submitted & is_open)
            soon = today + timedelta(days=OWED_DAYS)
            waiting["report"] = ("emulation.unit.report", person.to_report(soon))
            waiting["finding"] = ("emulation.inspection.finding", person.to_mend())
            running = Domain("campaign_id.state", "=", "launched")
            waiting["approve"] = ("emulation.participation", person.to_verify() & submitted & running)
            waiting["target"] = ("emulation.target", person.to_verify() & submitted)
            waiting["figure"] = ("emulation.target.progress", person.to_verify() & submitted)
        return waiting

    @api.model
    @api.private
    def _get_joinable(self, person):
        """Return the domain of running campaigns of the person's audience, without those already joined."""
        joined = person.own() & Domain("state", "in", ("draft", "submitted", "approved", "left"))
        # sudo: emulation.participation - the person's own registrations, for people without access rights
        taken = self.env["emulation.participation"].sudo()._search(joined).select("campaign_id")
        units = self.env["hr.department"].browse(person.unit_ids + person.led_ids)
        running = self.env["emulation.campaign"]._get_open_for_registration_domain(units)
        return person.audience() & running & Domain("id", "not in", taken)

    @api.model
    @api.private
    def _count(self, domains):
        """Return {name: how many there are}, in one query.

        :param dict domains: {name: (model, domain)}; the domains hold the person's own ids
        """
        counts = [
            # sudo: the models named - people of the portal have no access rights, the domain holds their own ids
            self.env[model].sudo()._search(domain).select(SQL("%s AS name, COUNT(*) AS number", name))
            for name, (model, domain) in domains.items()
        ]
        found = SQL(" UNION ALL ").join(SQL("(%s)", count) for count in counts)
        return dict(self.env.execute_query(found))
