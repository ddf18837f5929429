import base64
import hashlib
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.vietnamese import clean_line, name_key, short_date
from ..document import exchange_papers
from ..mixin.actions import open_list
from ..mixin.emulation_recipient_mixin import SUBJECTS
from ..mixin.file_names import name_file
from ..rulebook.award_names import AwardNames

DECIDED = (*exchange_papers.GRANTED, "rejected")


class EmulationReceivedSubmission(models.Model):
    """A submission that another agency sent as a signed file: its proposals are drafts here.

    It stays as it came; what is decided is decided on the drafts, and handed back by ``export_answer``.
    """

    _name = "emulation.received.submission"
    _description = "Submission received"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin"]  # nothing of it is written: a file made it
    _search_key_fields = ("number", "agency", "abstract")
    _order = "date desc, id desc"
    _rec_name = "number"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    sender_id = fields.Many2one(
        "emulation.agency.key", string="Signed with", required=True, readonly=True, ondelete="restrict"
    )
    agency = fields.Char(required=True, readonly=True)
    reference = fields.Char(required=True, readonly=True, groups="hr_emulation.group_emulation_officer")
    digest = fields.Char(string="SHA-256 of what is signed", required=True, readonly=True)
    number = fields.Char(required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    abstract = fields.Char(readonly=True)
    addressee = fields.Char(readonly=True)
    file = fields.Binary(attachment=True, readonly=True)
    file_name = fields.Char(string="File name", readonly=True)
    line_ids = fields.One2many("emulation.received.line", "received_id", string="Proposals", readonly=True)
    decided_count = fields.Integer(string="With result", compute="_compute_decided_count")

    # Whatever the sender is called: an agency that was renamed may send again what it sent before.
    _once = models.UniqueIndex("(company_id, reference)", "This submission was received already.")

    @api.depends("line_ids.commendation_id.state")
    def _compute_decided_count(self):
        for record in self:
            states = record.line_ids.commendation_id.mapped("state")
            record.decided_count = sum(state in DECIDED for state in states)

    # ------------------------------------------------------------------
    # In
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _take(self, paper):
        """Return ``(record, whether it is new)``; a file that came before changes nothing.

        :param Paper paper: an opened file of kind ``submission``
        :raises UserError: other contents, or another sender, under the same reference, or awards nobody knows here
        """
        if known := self._find_known(paper):
            return known, False
        return self._receive(paper), True

    @api.model
    def _find_known(self, paper):
        """Return the submission where this file came before; raises as ``_take``."""
        content, digest = paper.content, self._get_digest(paper)
        known = self.search([("company_id", "=", paper.company.id), ("reference", "=", content["id"])])
        if known and known.agency != paper.sender.agency:
            raise UserError(
                self.env._(
                    "Submission %(number)s was received before from %(agency)s.",
                    number=known.number,
                    agency=known.agency,
                )
            )
        if known and known.digest != digest:
            raise UserError(
                self.env._(
                    "Submission %(number)s was received before with other contents.", number=known.number
                )
            )
        return known

    @api.model
    @api.private
    def _get_warnings(self, paper):
        """Return what should make an officer ask: the agency sent another submission of this number this year, or
        this one is of a day to come."""
        content, day = paper.content, fields.Date.to_date(paper.content["date"])
        sent = self.search(
            [
                *(("company_id", "=", paper.company.id), ("agency", "=", paper.sender.agency)),
                *(("date", ">=", day.replace(month=1, day=1)), ("date", "<=", day.replace(month=12, day=31))),
                ("reference", "!=", content["id"]),
            ]
        )
        same = sent.filtered(lambda one: name_key(one.number) == name_key(content["number"]))
        warnings = [self._describe_double(one) for one in same]
        if day > fields.Date.context_today(self):
            warnings.append(self.env._("The submission is of a day to come: %(day)s.", day=short_date(day)))
        return warnings

    def _describe_double(self, known):
        return self.env._(
            "%(agency)s sent another submission of this number: %(number)s of %(day)s, received on %(received)s."
            " Ask whether both are meant.",
            agency=known.agency,
            number=known.number,
            day=short_date(known.date),
            received=short_date(fields.Datetime.context_timestamp(known, known.create_date).date()),
        )

    @staticmethod
    def _get_digest(paper):
        return hashlib.sha256(paper.text.encode()).hexdigest()

    def _receive(self, paper):
        content = paper.content
        awards = self._find_awards(paper.company, content["lines"])
        vals = {name: content.get(name) for name in ("number", "date", "abstract", "addressee")} | {
            "company_id": paper.company.id,
            "reference": content["id"],
            "agency": paper.sender.agency,
            "digest": self._get_digest(paper),
            "sender_id": paper.sender.id,
            "file": base64.b64encode(paper.data),
            "file_name": f"{name_file(content['number'])}.json",
        }
        # sudo: emulation.received.submission - nobody makes one by hand, a signed file does
        record = self.sudo()._create_protected([vals]).sudo(False)
        record._take_proposals(content["lines"], awards)
        return record

    def _take_proposals(self, proposals, awards):
        """Make a draft of each proposal, about an outside party.

        :param awards: (award, what it is called here) of each
        """
        partners = self._find_partners(proposals)
        drafts = self.env["emulation.commendation"].create(
            [
                self._prepare_draft(proposal, award, partner)
                for proposal, (award, _name), partner in zip(proposals, awards, partners, strict=True)
            ]
        )
        lines = [
            {**self._prepare_line(proposal), "partner_id": draft.partner_id.id, "commendation_id": draft.id}
            for proposal, draft in zip(proposals, drafts, strict=True)
        ]
        # sudo: emulation.received.line - as above
        self.env["emulation.received.line"].sudo()._create_protected(lines)
        self._note_wordings(drafts, proposals, awards)

    def _note_wordings(self, drafts, proposals, awards):
        """Say on the drafts what the award is called in the file, where that is not what it is called here."""
        drafts._message_log_batch(
            {
                draft.id: self.env._("In the file it is called: %(award)s.", award=proposal["award"]["name"])
                for draft, proposal, (_award, name) in zip(drafts, proposals, awards, strict=True)
                if name_key(proposal["award"]["name"]) != name_key(name)
            }
        )

    def _prepare_draft(self, proposal, award, partner):
        given = ("subject", "period_from", "period_to", "achieved_on", "summary")
        return {
            "company_id": self.company_id.id,
            "recipient_type": "partner",
            "partner_id": partner.id,
            "award_id": award.id,
            "commendation_type": proposal["type"],
            "is_posthumous": proposal.get("posthumous", False),
            **{name: proposal[name] for name in given if name in proposal},
        }

    def _prepare_line(self, proposal):
        vote = proposal.get("vote", {})
        return {
            "received_id": self.id,
            "line_number": proposal["line"],
            "subject": proposal["subject"],
            "recipient_name": proposal["name"],
            "unit_name": proposal.get("unit"),
            "position_name": proposal.get("position"),
            "birth_year": proposal.get("birth_year", 0),
            "sex": proposal.get("sex"),
            "award_name": proposal["award"]["name"],
            "finding": proposal.get("finding"),
            "vote": bool(vote) and ("passed" if vote["passed"] else "refused"),
            "vote_note": vote.get("tally"),
        }

    # ------------------------------------------------------------------
    # What the file means here
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _find_awards(self, company, proposals):
        """Return ``[(award, what it is called here)]``: by the code only the law's awards share, else by its name.

        :raises UserError: naming those the catalogue does not have, and the proposals whose code and name are those of
            two awards
        """
        known = AwardNames(self.env, company)
        found = [self._find_award(known, proposal["award"]) for proposal in proposals]
        unknown = {p["award"]["name"] for p, award in zip(proposals, found, strict=True) if not award}
        if unknown:
            raise UserError(
                self.env._("The catalogue does not have: %(awards)s.", awards=", ".join(sorted(unknown)))
            )
        printed = known.get_printed(known.awards.union(*found))
        self._check_names(known, proposals, found, printed)
        return [(award, printed[award]) for award in found]

    @api.model
    def _check_names(self, known, proposals, awards, printed):
        """Refuse proposals that would become another award than they name: nobody guesses which was meant."""
        wrong = [
            self.env._(
                "%(recipient)s: the file asks for “%(name)s” (%(code)s); here that would be “%(award)s”.",
                recipient=proposal["name"],
                **proposal["award"],
                award=printed[award],
            )
            for proposal, award in zip(proposals, awards, strict=True)
            if not known.is_named(award, proposal["award"]["name"], [printed[award]])
        ]
        if wrong:
            raise UserError("\n".join(wrong))

    @staticmethod
    def _find_award(known, said):
        award = known.by_code.get(said["code"])
        return award if award and award.is_official else known.find(said["name"])

    def _find_partners(self, proposals):
        """Return the outside party of each proposal: who came from this agency before, else a new one.

        Of namesakes nobody can say which of them came before: each is a new one.
        """
        keys = self._tell_apart(proposals)
        twice = {person for person, number in keys if number}
        known = {(person, 0): one for person, one in self._find_before(keys).items() if person not in twice}
        new = [key for key in dict.fromkeys(keys) if key not in known]
        # sudo: res.partner - officers keep no address book: a name of their agency's, as the dialog for outsiders does
        partners = self.env["res.partner"].sudo()
        made = partners.create([self._prepare_partner(person) for person, _number in new])
        known |= dict(zip(new, made.sudo(False), strict=True))
        return [known[key] for key in keys]

    def _tell_apart(self, proposals):
        """Return ``[(person, number)]``: nobody is proposed twice for one award, who seems to be is a namesake."""
        asked, keys = Counter(), []
        for proposal in proposals:
            person = self._get_person(proposal)
            award = person, proposal["award"]["code"], proposal["award"]["name"]
            keys.append((person, asked[award]))
            asked[award] += 1
        return keys

    def _find_before(self, keys):
        """Return ``{person: outside party}`` of whom this agency proposed before, where there is one only."""
        domain = [("company_id", "=", self.company_id.id), ("received_id.agency", "=", self.agency)]
        domain += [("recipient_name", "in", [name for (_subject, name, *_rest), _number in keys])]
        lines = self.env["emulation.received.line"].search(domain)
        by_person = lines.grouped(lambda line: line._get_person())
        return {person: those.partner_id for person, those in by_person.items() if len(those.partner_id) == 1}

    def _prepare_partner(self, person):
        subject, name, *_rest = person
        return {"name": name, "is_company": subject == "collective", "company_id": self.company_id.id}

    @staticmethod
    def _get_person(proposal):
        """Return what two proposals of one agency are about the same recipient by."""
        names = (clean_line(proposal["name"]), clean_line(proposal.get("unit", "")))
        return (proposal["subject"], *names, proposal.get("birth_year", 0))

    # ------------------------------------------------------------------
    # Out
    # ------------------------------------------------------------------

    def export_answer(self):
        """Return the signed file that says what was decided on this submission so far.

        :rtype: str
        :raises UserError: nothing is decided yet
        """
        self.ensure_one()
        self.check_access("read")
        if not self.decided_count:
            raise UserError(self.env._("Nothing of it is decided yet."))
        return self.env["emulation.exchange"]._seal(exchange_papers.describe_answer(self), self.company_id)

    def action_export_answer(self):
        return self.env["emulation.exchange"]._offer(self, f"Trả lời {self.number}", self.export_answer())

    def action_open_proposals(self):
        """Open the drafts this submission became."""
        self.ensure_one()
        return open_list(
            "emulation.commendation",
            [("id", "in", self.line_ids.commendation_id.ids)],
            self.env._("Proposals"),
        )


class EmulationReceivedLine(models.Model):
    """One proposal of a submission received, as the other agency wrote it, and the draft it became."""

    _name = "emulation.received.line"
    _description = "Line of a submission received"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "received_id"
    _order = "received_id, id"
    _rec_name = "recipient_name"

    received_id = fields.Many2one(
        "emulation.received.submission", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="received_id.company_id", store=True)
    line_number = fields.Integer(string="Line of the sender", readonly=True, aggregator=None)
    partner_id = fields.Many2one("res.partner", string="Outside party", readonly=True, ondelete="restrict")
    commendation_id = fields.Many2one(
        "emulation.commendation", readonly=True, index="btree_not_null", ondelete="set null"
    )
    commendation_state = fields.Selection(related="commendation_id.state", string="Stands at")
    subject = fields.Selection(SUBJECTS, required=True, readonly=True)
    recipient_name = fields.Char(string="Recipient name", required=True, readonly=True, index=True)
    unit_name = fields.Char(string="Unit name", readonly=True)
    position_name = fields.Char(string="Position name", readonly=True)
    birth_year = fields.Integer(string="Year of birth", readonly=True, aggregator=None)
    sex = fields.Selection([("male", "Male"), ("female", "Female"), ("other", "Other")], readonly=True)
    award_name = fields.Char(string="Award asked for", readonly=True)
    finding = fields.Selection(
        [("met", "Requirements met"), ("review", "Needs review"), ("not_met", "Not met")],
        string="What the sender found",
        readonly=True,
    )
    vote = fields.Selection(
        [("passed", "Passed"), ("refused", "Refused")], string="Vote of the sender", readonly=True
    )
    vote_note = fields.Char(string="Vote note", readonly=True)

    def _get_person(self):
        """Return whom the line is about, as ``EmulationReceivedSubmission._get_person`` does of a proposal."""
        return self.subject, self.recipient_name, self.unit_name or "", self.birth_year

    def _get_snapshot(self):
        """Return unit and post as they are printed: the unit with its agency, each named once."""
        agency = self.received_id.agency
        unit = self.unit_name or ""
        named = agency in unit or agency == self.recipient_name
        return {
            "unit_name": unit if named else ", ".join(filter(None, (unit, agency))),
            "position_name": self.position_name,
        }
