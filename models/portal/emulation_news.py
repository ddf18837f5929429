from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from . import news_texts

SHOWN_DAYS = 30  # how long a page and a mail speak of it
KEPT_DAYS = 180
BATCH = 100
MOST_RECEIPTS = 5

# What a record is called by.
NAMED = {
    "emulation.participation": ("campaign_id",),
    "emulation.evaluation": ("campaign_id", "review_id"),
    "emulation.commendation": ("award_id",),
    "emulation.target": ("campaign_id",),
    "emulation.unit.report": ("round_id",),
    "emulation.inspection": (),
    "emulation.inspection.finding": (),
    "emulation.achievement": (),
    "emulation.exemplar": (),
    "emulation.exemplar.step": ("exemplar_id",),
    "emulation.erasure": (),
    "emulation.publication": (),
}
# What is read of a record to tell of it, where that is less than the whole: it has many columns and long texts.
READ = {
    "emulation.participation": ["campaign_id", "state"],
    "emulation.evaluation": ["campaign_id", "review_id", "state"],
    "emulation.target": ["campaign_id", "name", "state"],
    "emulation.unit.report": ["round_id", "state"],
    "emulation.achievement": ["name", "state"],
    "emulation.exemplar": ["name", "state", "consent_date"],
    "emulation.publication": ["name", "is_open"],
}
# (model, verb) that just happened: what it is for the person it is about.
EVENTS = {
    ("emulation.participation", "approve"): "registration_approved",
    ("emulation.participation", "refuse"): "registration_refused",
    ("emulation.participation", "withdraw"): "registration_withdrawn",
    ("emulation.participation", "leave"): "registration_left",
    ("emulation.participation", "come_back"): "registration_back",
    ("emulation.target", "approve"): "target_approved",
    ("emulation.target", "return"): "target_returned",
    ("emulation.target", "cancel"): "target_dropped",
    ("emulation.target.progress", "approve"): "figure_approved",
    ("emulation.target.progress", "refuse"): "figure_refused",
    ("emulation.evaluation", "open"): "sheet_open",
    ("emulation.evaluation", "return"): "sheet_returned",
    ("emulation.evaluation", "confirm"): "sheet_confirmed",
    ("emulation.unit.report", "accept"): "report_accepted",
    ("emulation.unit.report", "return"): "report_returned",
    ("emulation.inspection", "issue"): "visit_recorded",
    ("emulation.inspection.finding", "reopen"): "finding_reopened",
    ("emulation.publication", "publish"): "published",
    ("emulation.publication.comment", "handle"): "comment_answered",
    ("emulation.commendation", "grant"): "granted",
    ("emulation.commendation", "reject"): "rejected",
    ("emulation.commendation", "revoke"): "revoked",
    ("emulation.request", "answer"): "answered",
    ("emulation.commendation", "invite"): "ceremony",
    ("emulation.certificate", "suspend"): "suspended",
    ("emulation.certificate", "resume"): "resumed",
    ("emulation.certificate", "replace"): "replaced",
    ("emulation.achievement", "return"): "initiative_returned",
    ("emulation.achievement", "recognise"): "initiative_recognised",
    ("emulation.achievement", "refuse"): "initiative_refused",
    ("emulation.exemplar", "foster"): "story_asked",
    ("emulation.exemplar", "publish"): "story_published",
    ("emulation.exemplar", "honour"): "story_honoured",
    ("emulation.exemplar", "withdraw_consent"): "story_hidden",
    ("emulation.exemplar.step", "name_helper"): "helper_named",
    ("emulation.erasure", "erase"): "erased",
    ("emulation.erasure", "refuse"): "erasure_refused",
}
# kind: by which field its records lead to what the news are about, where it is not the records themselves.
ABOUT = {
    "published": "commendation_ids",
    "answered": "commendation_id",
    "suspended": "commendation_id",
    "resumed": "commendation_id",
    "replaced": "commendation_id",
    "figure_approved": "target_id",
    "figure_refused": "target_id",
    "comment_answered": "publication_id",
}
# kind: the field of who is told, where it is not whom it is about.
AUTHORS = {
    "comment_answered": "author_id",
    "erased": "user_id",
    "erasure_refused": "user_id",
    "helper_named": "helper_id.user_id",
}
# kind: the states in which the record still asks what the news ask, or is still what they say. Done, closed or undone,
# they are told no more; kinds without an entry tell what happened and stay as long as they are shown.
CURRENT = {
    "sheet_open": ("draft",),
    "sheet_returned": ("draft",),
    "target_returned": ("draft",),
    "report_returned": ("owed",),
    "finding_reopened": ("open",),
    "initiative_returned": ("draft",),
    "granted": ("granted",),
    "ceremony": ("granted",),
    "story_asked": ("fostered",),
    "story_published": ("published",),
}
# What decides something about a person or a unit and is told by no news, and why. A test asks for one or the other.
UNTOLD = {
    ("emulation.commendation", "endorse"): "A step on the way: the page shows it, the result is told.",
    ("emulation.commendation", "appraise"): "A step on the way: the page shows it, the result is told.",
    ("emulation.commendation", "vote"): "A vote is no award: the decision, or its refusal, is told.",
    ("emulation.commendation", "forward"): "A step on the way: the superior's answer is told.",
    ("emulation.commendation", "return"): "The notifier tells its proposer, all that came back in one mail.",
    ("emulation.evaluation", "verify"): "Points of the head are not final; the conclusion is told.",
    ("emulation.evaluation", "stop"): "Follows from leaving the campaign, which is told.",
    ("emulation.evaluation", "resume"): "Follows from coming back to the campaign, which is told.",
    ("emulation.target", "stop"): "Follows from leaving the campaign, which is told.",
    ("emulation.target", "resume"): "Follows from coming back to the campaign, which is told.",
    ("emulation.meeting", "issue"): "A step on the way: whom the unit proposes hears of the result.",
    ("emulation.meeting", "cancel"): "The meeting's own affair; nothing is decided by it.",
    ("emulation.unit.report", "stop"): "Follows from leaving the campaign, which is told.",
    ("emulation.unit.report", "resume"): "Follows from coming back to the campaign, which is told.",
    ("emulation.certificate", "revoke"): "Falls with the award: its revocation is told.",
    ("emulation.reliance", "keep"): "The officers' own question: nothing changes for the person.",
    ("emulation.reliance", "review"): "The officers' own question: what comes of it is told.",
    ("emulation.reliance", "revoke"): "What follows is done, and told, by the verbs of the dossier.",
    ("emulation.reliance", "reopen"): "The officers' own question: it is asked again.",
    ("emulation.deadline", "finish"): "A deadline of the officers.",
    ("emulation.deadline", "reopen"): "A deadline of the officers.",
    ("emulation.exemplar", "decline"): "Goes back to who nominated; the person was asked nothing.",
    ("emulation.block.year", "settle"): "The block's own result; its minutes go to every member.",
    ("emulation.block.year", "acclaim"): "What the leading unit is proposed for is told by its dossier.",
    ("emulation.block.year", "reopen"): "The block's own result; its minutes go to every member.",
    ("emulation.propaganda", "publish"): "News of a campaign, about nobody's own matter.",
    ("emulation.inspection", "cancel"): "A visit that never took place.",
    ("emulation.inspection.finding", "settle"): "Asks nothing more of the unit; stands on the finding.",
}


class EmulationNews(models.Model):
    """What a person has to hear of: something about them happened. Told at once or once a day, as they choose.

    The rows are written in the transaction of what happened, in one statement; the mails go later, one a person
    whatever the number of news, each line with a link the person may open.
    """

    _name = "emulation.news"
    _description = "News for a person"
    _inherit = ["emulation.guard.mixin"]  # nobody writes news but the house
    _order = "id desc"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("registration_approved", "Registration approved"),
            ("registration_refused", "Registration not approved"),
            ("registration_withdrawn", "Registration withdrawn"),
            ("registration_left", "Out of a campaign"),
            ("registration_back", "Back in a campaign"),
            ("target_approved", "Target approved"),
            ("target_returned", "Target returned"),
            ("target_dropped", "Target dropped"),
            ("figure_approved", "Figure of a target approved"),
            ("figure_refused", "Figure of a target refused"),
            ("sheet_open", "Sheet to fill in"),
            ("sheet_returned", "Sheet returned"),
            ("sheet_confirmed", "Sheet concluded"),
            ("report_accepted", "Report of a unit accepted"),
            ("report_returned", "Report of a unit returned"),
            ("visit_recorded", "Inspection recorded"),
            ("finding_reopened", "Finding not resolved yet"),
            ("published", "List published for comments"),
            ("comment_answered", "Comment on a list answered"),
            ("granted", "Commended"),
            ("rejected", "Dossier closed without an award"),
            ("revoked", "Award revoked"),
            ("answered", "Request answered"),
            ("received", "Proposal received"),
            ("ceremony", "Ceremony"),
            ("suspended", "Certificate suspended"),
            ("resumed", "Certificate valid again"),
            ("replaced", "Certificate replaced"),
            ("initiative_returned", "Initiative to be changed"),
            ("initiative_recognised", "Achievement or initiative recognised"),
            ("initiative_refused", "Achievement or initiative not recognised"),
            ("story_asked", "Exemplary model taken up"),
            ("story_published", "Exemplary model published"),
            ("story_honoured", "Exemplary model honoured"),
            ("story_hidden", "Exemplary model no longer shown"),
            ("helper_named", "Asked to help foster a model"),
            ("erased", "Personal data erased"),
            ("erasure_refused", "Request to be forgotten refused"),
        ],
        required=True,
        readonly=True,
    )
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Integer(string="Record number", required=True, readonly=True, aggregator=None)
    is_told = fields.Boolean(string="Sent", readonly=True)

    _untold_idx = models.Index("(user_id) WHERE is_told IS NOT TRUE")
    _user_idx = models.Index("(user_id, id DESC)")

    # ------------------------------------------------------------------
    # What happened
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _tell(self, records, verb):
        """Note for the people concerned that ``verb`` was done to these records."""
        kind = EVENTS.get((records._name, verb))
        if not kind or not records:
            return
        # sudo: emulation.news - of other people, by whoever made the step; record and person only
        subjects = self._get_subjects(records.sudo(), kind)
        told = self._get_authors(records.sudo(), kind) if kind in AUTHORS else self._get_people(subjects)
        pairs = [
            (subject.id, user)
            for subject in subjects
            for user in told.get(subject.id, ())
            if user != self.env.uid
        ]
        if pairs:
            self._insert(kind, subjects._name, *zip(*pairs, strict=True))
            self.env.ref("hr_emulation.cron_news").sudo()._trigger()  # sudo: ir.cron - to be sent soon

    @api.model
    @api.private
    def _tell_receipt(self, commendation):
        """Send who handed in a proposal its receipt, with number and time."""
        # sudo: emulation.news and ir.cron - for the person itself
        self.sudo()._insert("received", commendation._name, commendation.ids, commendation.proposer_id.ids)
        self.env.ref("hr_emulation.cron_news").sudo()._trigger()

    @api.model
    def _insert(self, kind, model, ids, users):
        """Write the rows in one statement: a campaign may open 10,000 sheets at once."""
        self.env.execute_query(
            SQL(
                """
                INSERT INTO emulation_news
                    (user_id, kind, res_model, res_id, create_uid, create_date, write_uid, write_date)
                SELECT told.user_id, %(kind)s, %(model)s, told.id, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM UNNEST(%(ids)s, %(users)s) AS told(id, user_id)
                RETURNING id
                """,
                kind=kind,
                model=model,
                ids=list(ids),
                users=list(users),
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )

    @api.model
    def _get_subjects(self, records, kind):
        """Return the records the news are about: the dossiers of a list, a request or a certificate, the target of a
        figure, the list of a comment, else themselves.
        """
        return records[ABOUT[kind]] if kind in ABOUT else records

    @api.model
    def _get_authors(self, records, kind):
        """Return {record id: ids of the users who wrote what is answered, or are asked by name}."""
        told = {}
        for record in records:
            about = self._get_subjects(record, kind)
            told.setdefault(about.id, set()).update(record.mapped(AUTHORS[kind]).ids)
        return told

    @api.model
    def _get_people(self, subjects):
        """Return {record id: ids of the users it is about}: the person, or who acts for the unit."""
        has_person = "employee_id" in subjects._fields
        # Before anything reads slices of a thousand.
        subjects.fetch(["employee_id", "department_id"] if has_person else ["department_id"])
        if has_person:
            people = subjects.employee_id | self._get_co_authors(subjects)
            people.fetch(["user_id"])
            people.user_id.fetch(["active"])
        heads = subjects.department_id._get_emulation_led_by_unit()
        return {
            subject.id: heads[subject.department_id.id].ids
            if subject.department_id
            else (subject.employee_id | self._get_co_authors(subject)).user_id.filtered("active").ids
            for subject in subjects
        }

    @api.model
    def _get_co_authors(self, subjects):
        """Return who shares in initiatives beside the first author."""
        if subjects._name == "emulation.achievement":
            return subjects.author_ids.employee_id
        return subjects.employee_id.browse()

    # ------------------------------------------------------------------
    # In words
    # ------------------------------------------------------------------

    @api.private
    def _get_lines(self, limit=None):
        """Return [{text, url, date}] in the language of the environment, for their own person only.

        What was asked and is done in the meantime is left out.

        :param limit: number of lines at most
        """
        existing = self._get_existing()
        current = self._get_current(existing)
        # sudo: emulation.commendation - as in _get_existing
        dossiers = self.env["emulation.commendation"].sudo()
        awards = dossiers.union(*(r for (model, _id), r in existing.items() if model == dossiers._name))
        names = awards._get_printed_awards()
        lines = []
        for news in current[:limit]:
            text, url = news_texts.tell(news, existing[news.res_model, news.res_id], names)
            lines.append({"text": text, "url": url, "date": news.create_date})
        return lines

    def _get_current(self, existing):
        """Return the news whose record is there and still asks what they ask.

        :param dict existing: as ``_get_existing`` returns it
        """
        listed = self.filtered(lambda news: news.kind == "published").mapped("res_id")
        # sudo: emulation.publication - which of the person's own dossiers are on a list that is open
        lists = self.env["emulation.publication"].sudo()
        open_lists = (
            lists.search([("is_open", "=", True), ("commendation_ids", "in", listed)]) if listed else lists
        )
        commented = set(open_lists.commendation_ids.ids)
        return self.filtered(
            lambda news: news._is_current(existing.get((news.res_model, news.res_id)), commented)
        )

    def _is_current(self, record, commented):
        """Return whether a record still asks what these news ask.

        :param set commented: ids of the dossiers on lists open for comments
        """
        if not record or (self.kind in CURRENT and record.state not in CURRENT[self.kind]):
            return False
        if self.kind in ("sheet_open", "sheet_returned"):
            return record.review_id.state == "open"
        if self.kind == "ceremony":
            moment = record.decision_id.ceremony_on
            return bool(moment and moment >= fields.Datetime.now())
        if self.kind == "story_asked":
            return not record.consent_date
        if self.kind == "helper_named":
            return not record.is_done and record.helper_id.user_id == self.user_id
        return self.kind != "published" or record.id in commented

    def _get_existing(self):
        """Return {(model, id): record} of what the news are about, in a few queries."""
        found = {}
        for model, news in self.grouped("res_model").items():
            # sudo: the models of EVENTS - the person's own records, named in the person's own news
            subjects = self.env[model].sudo()
            asked = [("id", "in", news.mapped("res_id"))]
            read = subjects.with_context(active_test=False).search_fetch(asked, READ.get(model), order="id")
            records = subjects.browse(read.ids)
            for name in NAMED[model]:
                records[name].fetch(["name"])
            found.update({(model, record.id): record for record in records})
        return found

    # ------------------------------------------------------------------
    # Mails
    # ------------------------------------------------------------------

    @api.model
    def _cron_send(self):
        """Send each person who wants to hear at once one mail of all that is new."""
        if self.env["emulation.installation"]._is_copy():
            return
        waiting = Domain("is_told", "=", False) & Domain("user_id.emulation_news", "=", "at_once")
        waiting &= Domain("create_date", ">=", fields.Datetime.now() - timedelta(days=SHOWN_DAYS))
        groups = self._read_group(waiting, ["user_id"], ["id:recordset"], limit=BATCH)
        for _user, news in groups:
            news._send()
        left = len(self._read_group(waiting, ["user_id"], [])) if len(groups) == BATCH else 0
        self.env["ir.cron"]._commit_progress(len(groups), remaining=left)

    @api.private
    def _take_digest(self):
        """Return {user id: unsent news} of those who want one mail a day, and take them as sent."""
        waiting = Domain("is_told", "=", False) & Domain("user_id.emulation_news", "=", "digest")
        groups = self._read_group(waiting, ["user_id"], ["id:recordset"])
        for _user, news in groups:
            news._write_protected({"is_told": True})
        return {user.id: news for user, news in groups}

    def _send(self):
        """Send these news of one person as one message, by whatever ways the person gets messages in Odoo."""
        user = self.user_id
        self._write_protected({"is_told": True})
        told = self.with_context(lang=user.lang)
        lines = told._get_lines()
        if not lines or not user.active or not user.partner_id.email:
            return
        partner = user.partner_id.with_context(lang=user.lang)
        partner.message_notify(
            partner_ids=partner.ids,
            subject=lines[0]["text"]
            if len(lines) == 1
            else told.env._("Emulation and commendation: news for you"),
            body=told._get_body(lines),
            attachments=told._get_receipts(),
            email_layout_xmlid="mail.mail_notification_light",
        )

    def _get_receipts(self):
        """Return (file name, PDF) of the receipts these news speak of; a few, a mail is no archive."""
        news = self.filtered(lambda line: line.kind == "received")[:MOST_RECEIPTS]
        # sudo: emulation.commendation - the person's own proposals
        proposals = self.env["emulation.commendation"].sudo().browse(news.mapped("res_id")).exists()
        receipts = self.env["emulation.receipt"]
        return [
            (f"tiep-nhan-{receipts._get_number(record).replace('/', '-')}.pdf", receipts._get_pdf(record))
            for record in proposals
            if receipts._get_number(record)
        ]

    def _get_body(self, lines):
        items = [Markup("<li>%s</li>") % self._get_link(line["url"], line["text"]) for line in lines]
        choice = self._get_link("/my/emulation/settings", self.env._("Choose how to be told"))
        return Markup("<ul>%s</ul><p>%s</p>") % (Markup().join(items), choice)

    @api.private
    def _get_links(self, lang):
        """Return the news as links, for a digest in ``lang``."""
        return [
            self._get_link(line["url"], line["text"]) for line in self.with_context(lang=lang)._get_lines()
        ]

    @api.model
    @api.private
    def _get_link(self, url, text):
        address = self.env["emulation.installation"]._get_public_address()
        return Markup('<a href="%s%s">%s</a>') % (address, url, text)

    @api.autovacuum
    def _gc_news(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search([("create_date", "<", limit)], limit=10_000)
        old._with_seal().unlink()
        return len(old), len(old) == 10_000
