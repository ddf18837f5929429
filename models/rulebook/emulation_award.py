from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...engine import wording
from ...engine.vietnamese import initials

# Kinds of agencies to which the law gives titles and certificates of their own (Law 06/2022/QH15, Articles 24, 75),
# by the codes of ``emulation.agency.kind``; the armed forces keep rules of their own.
AGENCY_KINDS = [
    ("province", "People's Committee of a province"),
    ("department", "Office or department of a province"),
    ("commune", "Commune, ward or special zone"),
    ("unit", "Unit of a ministry or central body"),
    ("enterprise", "Enterprise or co-operative"),
    ("forces", "Armed forces"),
]
SECTORS = [("education", "Education and training"), ("health", "Health"), ("culture", "Culture and arts")]
OWN_LEVELS = ("grassroots", "internal")
# The nearer to the agency, the earlier a box offers it.
NEAREST_FIRST = (*OWN_LEVELS, "sub_ministry", "province", "ministry", "state")
# What the law fixes about an award; an agency may rename, sort or archive it, not redefine it.
OFFICIAL_FIELDS = frozenset(
    {
        "code",
        "kind",
        "level",
        "official_name",
        "is_official",
        "company_id",
        "legal_reference",
        "given_by",
        "sector",
    }
    | {"subject_individual", "subject_collective", "subject_household"}
)


class EmulationAward(models.Model):
    """Catalogue of emulation titles, forms of commendation (Law 06/2022/QH15, Articles 9, 19, 20) and an
    agency's own recognitions (Article 81(1))."""

    _name = "emulation.award"
    _description = "Emulation title or form of commendation"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin", "emulation.shipped.mixin"]
    _writable = {
        "*": {
            "admin": {
                *("code", "name", "official_name", "local_name", "sequence", "kind", "level", "period_kind"),
                *("subject_individual", "subject_collective", "subject_household", "decider"),
                *("award_object", "legal_reference", "company_id", "active", "given_by", "printed_name"),
                "sector",
            },
            "program": {"is_official"},
        }
    }
    _deletable = {"*": "admin"}
    _shipped_fields = ("name", "sequence", "period_kind", "decider", "award_object")
    _order = "sequence, code"
    _search_key_fields = ("code", "official_name", "name", "local_name")
    _check_company_auto = True

    code = fields.Char(required=True, help="Short name used in lists and registers, for example LDTT.")
    name = fields.Char(required=True, translate=True)
    official_name = fields.Char(
        string="Official name",
        compute="_compute_official_name",
        store=True,
        readonly=False,
        precompute=True,
        help="Vietnamese name printed on decisions and certificates, whatever the user's language.",
    )
    local_name = fields.Char(
        string="Local name",
        company_dependent=True,
        help="What this company calls it on screen, for example Nhân viên xuất sắc quý.",
    )
    sequence = fields.Integer(
        default=100, aggregator=None, help="Rank: lower comes first in lists and ceremonies."
    )
    kind = fields.Selection(
        [
            ("title", "Emulation title"),
            ("form", "Form of commendation"),
            ("recognition", "Internal recognition"),
        ],
        required=True,
        default="recognition",
    )
    subject_individual = fields.Boolean(string="Individuals", default=True)
    subject_collective = fields.Boolean(string="Collectives")
    subject_household = fields.Boolean(string="Households")
    subject_text = fields.Char(string="Given to", compute="_compute_subject_text")
    level = fields.Selection(
        [
            ("internal", "Internal"),
            ("grassroots", "Grassroots"),
            ("sub_ministry", "Below ministry"),
            ("province", "Province"),
            ("ministry", "Ministry"),
            ("state", "State level"),
        ],
        required=True,
        default="internal",
    )
    given_by = fields.Selection(
        AGENCY_KINDS, string="Only of", help="The kind of agency whose award it is. Empty: of any kind."
    )
    sector = fields.Selection(
        SECTORS,
        string="Only of the field",
        help="The field of work whose people it honours. Empty: of any field.",
    )
    is_offered = fields.Boolean(
        string="Offered first",
        compute="_compute_is_offered",
        search="_search_is_offered",
        help="An agency of this kind and field of work gives it or may propose it. All others are found by their name.",
    )
    printed_name = fields.Char(
        string="Printed name",
        company_dependent=True,
        help="As your agency prints it on decisions and certificates, for example: Giấy khen của Giám đốc Sở Công"
        " Thương. {head} {agency} stand for your head and your agency. Empty: as the rule book or the law says.",
    )
    period_kind = fields.Selection(
        [("year", "Every year"), ("case", "Case by case"), ("campaign", "Every year or campaign")],
        string="Frequency",
        default="case",
        required=True,
    )
    decider = fields.Char(translate=True, help="Who decides, in words.")
    award_object = fields.Char(string="Object", translate=True, help="Certificate, flag, badge …")
    legal_reference = fields.Char(string="Legal reference")
    is_official = fields.Boolean(readonly=True, help="Defined by law: cannot be deleted.")
    company_id = fields.Many2one("res.company", index=True, help="Empty: shared by all companies.")
    active = fields.Boolean(default=True)
    rule_ids = fields.One2many("emulation.award.rule", "award_id", string="Award rules")
    rule_count = fields.Integer(compute="_compute_rule_count")

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "There is already an award with this code."
    )

    @api.depends("name")
    def _compute_official_name(self):
        for award in self:
            award.official_name = award.official_name or award.name

    @api.depends("subject_individual", "subject_collective", "subject_household")
    @api.depends_context("lang")
    def _compute_subject_text(self):
        for award in self:
            labels = [
                award._fields[f"subject_{subject}"]._description_string(self.env)
                for subject in award._get_subjects()
            ]
            award.subject_text = ", ".join(labels)

    @api.depends("rule_ids")
    def _compute_rule_count(self):
        counts = dict(
            self.env["emulation.award.rule"]._read_group(
                [("award_id", "in", self.ids)], ["award_id"], ["__count"]
            )
        )
        for award in self:
            award.rule_count = counts.get(award, 0)

    @api.depends("name", "local_name")
    @api.depends_context("lang", "company")
    def _compute_display_name(self):
        for award in self:
            award.display_name = award.local_name or award.name

    @api.depends_context("company", "emulation_offered")
    def _compute_is_offered(self):
        offered = self.filtered_domain(self._get_offered_domain(self._get_offering_agency()))
        for award in self:
            award.is_offered = award in offered

    @api.model
    def _search_is_offered(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_offered_domain(self._get_offering_agency())
        return domain if True in value else ~domain

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """In a box that asks so, offer what the agency gives or may propose, the nearest first; typing finds all.

        The box says ``emulation_offered`` in its context: the id of the agency, or False for the one at hand.
        """
        if "emulation_offered" not in self.env.context:
            return super().name_search(name, domain, operator, limit)
        names = dict(super().name_search(name, domain, operator, limit=None))
        offered = self._get_offered(self._get_offering_agency())
        places = {award.id: place for place, award in enumerate(offered)}
        shown = [key for key in names if name or key in places] or list(names)
        shown.sort(key=lambda key: places.get(key, len(places)))
        return [(key, names[key]) for key in shown[:limit]]

    @api.model
    def _get_offering_agency(self):
        agency = self.env["res.company"].browse(self.env.context.get("emulation_offered") or ())
        return agency or self.env.company

    @api.model
    def _get_offered_domain(self, company):
        """Return what an agency of a kind and a field of work gives or may propose: data of the kind and the award.

        It decides only what is shown first, nothing about who may give or receive an award.
        """
        company = company.sudo()  # sudo: res.company - its settings
        kind, sector = company.emulation_agency_kind_id, company.emulation_sector
        domain = Domain("company_id", "in", (company.id, False))
        if kind and kind.code != "other":
            domain &= Domain("given_by", "in", (kind.code, False))
        domain &= Domain("id", "not in", kind.set_aside_award_ids.ids)
        return domain & Domain("sector", "in", (sector, False)) if sector else domain

    @api.model
    @api.private
    def _get_offered(self, company, domain=Domain.TRUE):
        """Return what an agency gives or may propose: what it gave since last year first, then the nearest level.

        :param domain: which of them
        """
        last_year = fields.Date.start_of(fields.Date.context_today(self), "year") - relativedelta(years=1)
        given = self._get_given_since(company, last_year)
        found = self.search_fetch(self._get_offered_domain(company) & domain, ["name", "level"])
        return found.sorted(lambda award: (award not in given, NEAREST_FIRST.index(award.level)))

    @api.model
    @api.private
    def _get_fitting(self, company, subject="individual"):
        """Return the awards people of an agency may propose: its own, of its level and kind, ruled by a book in
        force, what the agency gave last year before the rest.

        :param str subject: ``individual``, ``collective`` or ``household``
        """
        fitting = Domain("level", "in", OWN_LEVELS) & Domain(f"subject_{subject}", "=", True)
        found = self._get_offered(company, fitting)
        today = fields.Date.context_today(self)
        books = self.env["emulation.rulebook"]._choose_many(
            [(company, today, award) for award in found], strict=True
        )
        return found.filtered(lambda award: books[company, today, award])

    @api.model
    def _get_given_since(self, company, day):
        """Return the awards an agency gave on a day or later."""
        domain = Domain("company_id", "=", company.id) & Domain("state", "=", "granted")
        domain &= Domain("granted_date", ">=", day)
        groups = self.env["emulation.commendation"]._read_group(domain, ["award_id"], [])
        return self.union(*(award for (award,) in groups))

    def _get_search_texts(self):
        self.ensure_one()
        return [*super()._get_search_texts(), initials(self.official_name), *self._get_local_names()]

    def _get_local_names(self):
        """Return what the companies call it: whoever searches finds it by any of these names."""
        # A stored key is computed in superuser mode: all companies, closed ones too.
        companies = self.env["res.company"].search([("active", "in", (True, False))])
        return [self.with_company(company).local_name for company in companies]

    @api.constrains("code", "company_id")
    def _check_code_is_not_shared(self):
        for award in self.filtered("company_id"):
            shared = self.with_context(active_test=False).search(
                [("code", "=", award.code), ("company_id", "=", False)], limit=1
            )
            if shared:
                raise ValidationError(
                    self.env._(
                        "The code %(code)s belongs to %(award)s. Choose another for the company's own award.",
                        code=award.code,
                        award=shared.display_name,
                    )
                )

    @api.constrains("subject_individual", "subject_collective", "subject_household")
    def _check_subject(self):
        for award in self:
            if not (award.subject_individual or award.subject_collective or award.subject_household):
                raise ValidationError(self.env._("Say who may receive %(award)s.", award=award.display_name))

    def write(self, vals):
        official = self.filtered("is_official")
        if OFFICIAL_FIELDS & vals.keys() and official and not self.env.su:
            raise AccessError(
                self.env._(
                    "The law defines %(awards)s. Rename, sort or archive it, or create your own award.",
                    awards=", ".join(official.mapped("display_name")),
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_official(self):
        if official := self.filtered("is_official"):
            raise UserError(
                self.env._(
                    "Official awards cannot be deleted, only archived: %(awards)s.",
                    awards=", ".join(official.mapped("display_name")),
                )
            )

    def copy_data(self, default=None):
        """Copy as the company's own award: the original stays the only official one."""
        vals_list = super().copy_data(default)
        for award, vals in zip(self, vals_list, strict=True):
            if "code" not in (default or {}):
                vals["code"] = self.env._("%(code)s copy", code=award.code)
            vals.update(is_official=False, company_id=self.env.company.id)
        return vals_list

    @api.private
    def _is_named_as_shipped(self):
        """Return whether the law defines the award and nobody here calls it otherwise, in any language."""
        self.ensure_one()
        known = self.env["emulation.shipped"]._get_values(self).get(self.id, {})
        if not self.is_official or "name" not in known or not self._is_as_shipped("name", known["name"]):
            return False
        vietnamese = self.env["emulation.shipped.term"]._get_texts(self).get(self.id, {})
        return not self._get_changed_translations(
            {"name": vietnamese["name"]} if "name" in vietnamese else {}
        )

    def action_view_rules(self):
        """Open what the rule books say about the award."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_award_rule_action")
        return {**action, "domain": [("award_id", "=", self.id)], "context": {"default_award_id": self.id}}

    def _rule(self, rulebook):
        """Return what a rule book says about the award.

        :param rulebook: an ``emulation.rulebook`` record, for instance from ``_for_date``
        :return: the ``emulation.award.rule``; the one of the book it is based on if it has none; empty if
            neither has one
        """
        self.ensure_one()
        return rulebook._get_rules(self).get(self, self.env["emulation.award.rule"])

    def _get_usual_type(self, campaign):
        """Return the kind of commendation a campaign leads to; titles are of the regular work of a year."""
        # sudo: emulation.award, emulation.campaign - kinds only; the campaign may be another agency's
        is_thematic = campaign.sudo().kind == "thematic" and self.sudo().kind != "title"
        return "thematic" if is_thematic else "merit"

    def _get_printed_name(self, company, rule):
        """Return the name on paper, in Vietnamese whatever the language: the agency's, the rule book's, the law's.

        :param company: the agency whose document it is
        :param rule: the ``emulation.award.rule`` that holds; may be empty
        """
        self.ensure_one()
        # sudo: res.company, emulation.award - how the agency is called on its papers
        company, own = company.sudo(), self.sudo().with_company(company).printed_name
        # A pattern of the book speaks of who gives it: a superior's award goes by the name the law gives it, as does
        # one of which nobody knows whether this agency gives it.
        pattern = rule.printed_name if rule and rule._is_given_by(company) else False
        name = own or pattern or self._get_vietnamese_name()
        return wording.printed_name(name, company.emulation_head_title or "", company.name or "")

    def _get_printed_names(self, company, rulebook):
        """Return the names on paper of all these, in their order; the rule book may be empty."""
        # sudo: emulation.rulebook, emulation.award.rule - the law is the same for everybody
        rules = rulebook.sudo()._get_rules(self) if rulebook else {}
        # sudo: emulation.award.rule - as above
        none = self.env["emulation.award.rule"].sudo()
        return [award._get_printed_name(company, rules.get(award, none)) for award in self]

    def _get_printed_names_on(self, company, day):
        """Return ``{award: its name on paper}``, each by the rule book that holds for the agency on a day."""
        wanted = [(company, day, award) for award in self]
        chosen = self.env["emulation.rulebook"]._choose_many(wanted)
        printed = {}
        for book, awards in self.grouped(lambda award: chosen[company, day, award]).items():
            printed |= zip(awards, awards._get_printed_names(company, book), strict=True)
        return printed

    def _get_vietnamese_name(self):
        """Return the official name; of an award that was entered in English the Vietnamese translation."""
        is_english = self.official_name == self.with_context(lang="en_US").name and not self.is_official
        translation = self.with_context(lang="vi_VN").name
        return (translation if is_english else self.official_name) or self.name or ""

    def _get_subjects(self):
        """Return the subjects that may receive the award."""
        self.ensure_one()
        return [
            subject for subject in ("individual", "collective", "household") if self[f"subject_{subject}"]
        ]
