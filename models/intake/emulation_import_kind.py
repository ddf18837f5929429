from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date, split_every

from ...engine.vietnamese import search_key
from ...office import values, words
from ...office.people import Asked, Match
from ...office.vocabulary import KINDS
from ..mixin.emulation_recipient_mixin import RECIPIENT_FIELDS
from .directory import Directory

COMPARED_AT_ONCE = 1000


class Verdict:
    """What was found out about one row."""

    def __init__(self, line, texts):
        self.line = line
        self.texts = texts
        self.wrong = []
        self.unsure = []
        self.notes = []
        self.vals = {}
        self.recipient = {}
        self.award = None
        self.existing = None
        self.changes = []
        self.accepted = []  # doubts an officer answered by taking the row as it is
        self.shared = None
        self.is_open = False  # something must be chosen: to confirm the row is not enough

    @property
    def name(self):
        if self.wrong:
            return "wrong"
        if self.unsure and (self.is_open or not all(map(self.is_accepted, self.unsure))):
            return "unsure"
        if self.existing:
            return "change" if self.changes else "same"
        return "new"

    @property
    def recipient_key(self):
        """The key of whom the row is about, as ``emulation.recipient.mixin`` stores it; None while not known."""
        kind = self.recipient.get("recipient_type")
        recipient = kind and self.recipient.get(RECIPIENT_FIELDS[kind])
        return f"{kind}:{recipient}" if recipient else None

    def is_accepted(self, doubt):
        """Tell whether an officer took the row as it is, knowing of this doubt."""
        line = self.line
        return line.is_confirmed and (line.confirmed is False or doubt in line.confirmed)

    @property
    def message(self):
        return "\n".join([*self.wrong, *self.unsure, *self.changes, *self.notes])

    def take(self, field, reader, complaint):
        """Return a cell read by a function of ``office.values``; what cannot be read is wrong."""
        try:
            return reader(self.texts.get(field))
        except ValueError:
            self.wrong.append(complaint % {"value": self.texts[field]})
            return None


class EmulationImportKind(models.AbstractModel):
    """What rows of one kind mean. An heir names itself ``emulation.import.<kind>`` and says how a row becomes a record.

    Other addons add a kind by adding to the selection ``emulation.import.kind`` and inheriting this model.
    """

    _name = "emulation.import.kind"
    _description = "Kind of import"

    # The field whose values stand in columns side by side, and the field the heading of each says; empty: none.
    _year_field = ""
    _side_field = "year"
    # The model rows become records of.
    _target = ""
    # Fields of it that somebody may change later: then the import is not undone over it.
    _kept = ()
    # Whether the kind itself looks at what one may do about oneself.
    _knows_own = False

    # ------------------------------------------------------------------
    # To be said by an heir
    # ------------------------------------------------------------------

    @api.model
    def _check_row(self, record, verdict):
        """Add to the verdict what the row says (``vals``) and what is wrong or unsure."""
        raise NotImplementedError

    @api.model
    def _prepare(self, record):
        """Return what all rows of a batch are looked at with."""
        return None

    @api.model
    def _get_sides(self, record, headings):
        """Return {key: what the column says of the values below it} of the columns that may stand side by side.

        :param headings: [(key, text, year)]
        """
        from ...office.headings import is_about

        if not self._year_field:
            return {}
        known = {field: words for field, words in KINDS[record.kind].items() if field != self._year_field}
        return {key: year for key, text, year in headings if year and not is_about(text, known)}

    @api.model
    def _split_row(self, record, texts):
        """Return what a row is cut into: for each part {field: text} to put over the cells; one part as a rule."""
        return [{}]

    @api.model
    def _match_known(self, record, verdicts):
        """Set ``existing`` and ``changes`` of the rows that are on record, for all of a batch at once."""

    @api.model
    def _get_key(self, verdict):
        """Return what makes two rows of one file the same."""
        raise NotImplementedError

    @api.model
    def _create_records(self, record, lines):
        """Create a record for each line, in their order."""
        target = self.env[self._target]
        target.check_access("create")
        # The import is the deed: it keeps the file and who brought it in.
        return target._create_protected([self._prepare_vals(record, line) for line in lines])

    @api.model
    def _get_rests(self, record, lines):
        """Return texts saying what rests on the records of the lines: proposals that were judged since."""
        keys = [
            f"{line.recipient_type}:{line[RECIPIENT_FIELDS[line.recipient_type]].id}"
            for line in lines
            if line.recipient_type
        ]
        # sudo: emulation.commendation - what was judged counts, whoever may read it
        judged = (
            self.env["emulation.commendation"]
            .sudo()
            .search(
                Domain("recipient_key", "in", list(set(keys)))
                & Domain("import_id", "=", False)
                & Domain("state", "not in", ("draft", "rejected", "withdrawn"))
                & (
                    Domain("submitted_on", ">=", record.imported_on)
                    | Domain("appraised_on", ">=", record.imported_on)
                )
            )
        )
        return self._get_changed(lines) + [
            self.env._("%(proposal)s: has been judged since.", proposal=name)
            for name in judged.mapped("display_name")
        ]

    def _get_changed(self, lines):
        """Return texts naming the records somebody changed after they were imported: undoing would lose that."""
        found = self.env[self._target]
        for part in split_every(COMPARED_AT_ONCE, lines.ids):
            batch = self.env["emulation.import.line"].browse(part)
            targets = {target.id: target for target in found.browse(batch.mapped("res_id")).exists()}
            for line in batch:
                target = targets.get(line.res_id)
                names = [name for name in self._kept if name in (line.vals or {})] if target else []
                if any(
                    (self._to_json(target[name]) or False) != (line.vals[name] or False) for name in names
                ):
                    found |= target
        return [
            self.env._("%(record)s: has been changed since.", record=name)
            for name in found.mapped("display_name")
        ]

    @api.model
    def _get_template(self, record):
        """Return the headings and example rows of an empty list, in Vietnamese."""
        raise NotImplementedError

    @api.model
    def _get_recognisers(self, record):
        """Return {field: function that tells whether a cell is one}."""
        from ...office.headings import is_identity

        return {"identity": is_identity}

    @api.model
    def _find_award_in(self, record, text):
        """Return the award a title names, if any."""
        return None

    @api.model
    def _clean_up(self, record):
        """Take back what was made beside the records, after everything is undone."""

    # ------------------------------------------------------------------
    # Looking at rows
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _check_lines(self, record, lines):
        """Find a verdict on each line."""
        mapping = record._get_mapping()
        verdicts = [Verdict(line, line._get_texts(mapping)) for line in lines]
        shared = self._prepare(record)
        for verdict in verdicts:
            verdict.shared = shared
        self._find_recipients(record, verdicts)
        for verdict in verdicts:
            self._note_unknown(mapping, verdict)
            self._check_row(record, verdict)
        self._match_known(record, verdicts)  # finds the recipient too, where the file names a proposal
        if not self._knows_own:
            self._refuse_own(verdicts)
        for verdict in verdicts:
            self._note_doubts(verdict)
            self._note(verdict)

    def _note_doubts(self, verdict):
        """Say what of the row made the reader doubt it; what is on record as it is needs no second look."""
        if verdict.existing and not verdict.changes:
            return
        texts = {
            "alone": self.env._("Only this stands in the row: is it a recipient or a heading?"),
            "struck": self.env._("Some cells of the row are struck through."),
            "unnumbered": self.env._("The row has no running number, others have: is it part of the list?"),
        }
        verdict.unsure += [texts[doubt] for doubt in verdict.line.doubts or [] if doubt in texts]

    def _note_unknown(self, mapping, verdict):
        fields_of = {key: field for field, key in mapping[0].items()}
        for key in verdict.line.unknown or []:
            if key in fields_of and not verdict.texts.get(fields_of[key]):
                verdict.unsure.append(
                    self.env._(
                        "“%(heading)s” is a formula without a value: open the file in Excel and save it.",
                        heading=key,
                    )
                )

    def _refuse_own(self, verdicts):
        """Nobody brings in what is about oneself, or about a unit one heads: another officer does."""
        user = self.env.user._get_emulation_identity()
        for verdict in verdicts:
            person, unit = verdict.recipient.get("employee_id"), verdict.recipient.get("department_id")
            contact = verdict.recipient.get("partner_id")
            if person in user.employees or (unit and unit in user.led) or contact == user.partner:
                verdict.wrong.append(self.env._("This is about yourself: another officer brings it in."))

    def _note(self, verdict):
        line = verdict.line
        vals = {
            "verdict": verdict.name,
            "message": verdict.message,
            "vals": verdict.vals,
            "recipient_label": " – ".join(
                filter(None, (verdict.texts.get("name"), verdict.texts.get("unit")))
            ),
            **verdict.recipient,
        }
        if line.is_confirmed and line.confirmed is False:
            vals["confirmed"] = verdict.unsure + verdict.accepted
        if not line.is_done:
            vals["res_id"] = verdict.existing.id if verdict.existing else 0
        if "award_id" not in (line.chosen or []):
            vals["award_id"] = verdict.award.id if verdict.award else False
        line._write_protected(
            {name: value for name, value in vals.items() if self._differs(line, name, value)}
        )

    @staticmethod
    def _differs(line, name, value):
        old = line[name]
        return (old.id if hasattr(old, "_name") else old) != value

    @api.model
    @api.private
    def _compare_lines(self, record):
        """Say of rows that repeat an earlier row of the file that they do."""
        first = {}
        ids = record._search_lines([("verdict", "in", ("new", "change"))], None).ids
        for part in split_every(COMPARED_AT_ONCE, ids):
            for line in self.env["emulation.import.line"].browse(part):
                key = self._get_line_key(line)
                if key in first:
                    self._refuse_repeated(line, first[key])
                else:
                    first[key] = line.id
            self.env.flush_all()
            self.env.invalidate_all()  # fifty thousand rows do not stay in memory

    def _refuse_repeated(self, line, first):
        """Say of a row that an earlier one says the same."""
        first = self.env["emulation.import.line"].browse(int(first))
        where = (
            f"{first.sheet}, {first.number}" if first.sheet and first.sheet != line.sheet else first.number
        )
        line._write_protected(
            {"verdict": "wrong", "message": self.env._("The same as row %(row)s.", row=where)}
        )

    def _get_line_key(self, line):
        recipient = line[RECIPIENT_FIELDS[line.recipient_type]].id if line.recipient_type else 0
        texts = line._get_texts() if not recipient else {}
        who = (
            line.recipient_type,
            recipient,
            search_key(texts.get("name", "")),
            search_key(texts.get("unit", "")),
        )
        return (*who, *self._get_key(line))

    # ------------------------------------------------------------------
    # Who a row is about
    # ------------------------------------------------------------------

    def _find_recipients(self, record, verdicts):
        memory = self.env["emulation.import.memory"]._recall(record.company_id, "unit")
        directory = Directory(self.env, record.company_id, memory)
        people = []
        for verdict in verdicts:
            self._split_post(directory, verdict)
            kind = self._find_kind(verdict)
            if not verdict.texts.get("name") and record.default_unit_id:
                self._set_recipient(verdict, "department", record.default_unit_id.id)
            elif not verdict.texts.get("name"):
                verdict.wrong.append(self.env._("The name is missing."))
            elif self._take_choice(verdict):
                continue
            elif kind == "department":
                self._take_unit(directory, verdict)
            else:
                people.append((verdict, self._ask(verdict)))
        matches = directory.find_people([asked for _verdict, asked in people])
        for (verdict, _asked), match in zip(people, matches, strict=True):
            self._take_person(directory, verdict, match)

    @staticmethod
    def _split_post(directory, verdict):
        """A column may hold post and unit: what stands after the last comma is the unit."""
        both = verdict.texts.get("post_unit")
        if both:
            from ...office.people import split_post_unit

            post, unit = split_post_unit(both, directory.unit_keys)
            verdict.texts.setdefault("post", post)
            if unit:
                verdict.texts.setdefault("unit", unit)
        elif not verdict.texts.get("unit"):
            from ...office.people import unit_key

            for section in reversed(verdict.line.sections or []):
                if unit_key(section) in directory.unit_keys:
                    verdict.texts["unit"] = section
                    break

    def _find_kind(self, verdict):
        """Return whether a row is about a person or a unit: by its column, its sections, its award."""
        if verdict.line.recipient_type and "recipient" in (verdict.line.chosen or []):
            return verdict.line.recipient_type
        kind = words.find_choice("recipient", verdict.texts.get("kind") or "")
        if verdict.texts.get("kind") and not kind:
            verdict.wrong.append(self.env._("Unknown kind “%(value)s”.", value=verdict.texts["kind"]))
        for section in reversed(verdict.line.sections or []):
            kind = kind or words.find_section_kind(section)
        return kind or self._find_kind_by_content(verdict)

    def _find_kind_by_content(self, verdict):
        return "employee"

    def _ask(self, verdict):
        texts = verdict.texts
        identity = verdict.take(
            "identity", values.read_identity, self.env._("“%(value)s” is not an identity number.")
        )
        birth = verdict.take(
            "birth", values.read_year, self.env._("“%(value)s” is not a date or year of birth.")
        )
        return Asked(
            texts["name"], texts.get("unit") or "", birth, identity or "", (texts.get("email") or "").strip()
        )

    @staticmethod
    def _set_recipient(verdict, kind, record_id):
        verdict.recipient = {
            "recipient_type": kind,
            **{name: record_id if kind == of else False for of, name in RECIPIENT_FIELDS.items()},
        }

    def _take_choice(self, verdict):
        """Keep whom an officer chose."""
        line = verdict.line
        for kind, name in RECIPIENT_FIELDS.items():
            if name in (line.chosen or []) and line[name]:
                self._set_recipient(verdict, kind, line[name].id)
                return True
        if line.is_outsider:
            self._set_recipient(verdict, "partner", line.partner_id.id)
            return True
        return False

    def _take_unit(self, directory, verdict):
        match = directory.find_unit(verdict.texts["name"])
        self._set_recipient(verdict, "department", match.id or False)
        if not match.id:
            verdict.is_open = True
            # sudo: hr.department - names of the candidates, closed ones too
            names = self.env["hr.department"].sudo().browse(match.candidates).mapped("complete_name")
            verdict.unsure.append(self._explain_match(match, verdict.texts["name"], names))

    def _take_person(self, directory, verdict, match):
        if match.reason == "nobody" and not verdict.texts.get("kind") and not verdict.line.sections:
            unit = directory.find_unit(verdict.texts["name"])
            if unit.id:
                return self._set_recipient(verdict, "department", unit.id)
        self._set_recipient(verdict, "employee", match.id or False)
        if match.id:
            return None
        # sudo: hr.employee - name and unit of the candidates, for the officer who chooses
        people = self.env["hr.employee"].sudo().browse(match.candidates)
        names = [", ".join(filter(None, (person.name, person.department_id.name))) for person in people[:5]]
        doubt = self._explain_match(match, verdict.texts["name"], names)
        if len(match.candidates) == 1 and verdict.is_accepted(doubt):
            verdict.accepted.append(doubt)
            return self._set_recipient(verdict, "employee", match.candidates[0])
        verdict.is_open = True
        return verdict.unsure.append(doubt)

    def _explain_match(self, match, name, names):
        texts = {
            "nobody": self.env._("Nobody is called “%(name)s”.", name=name),
            "several": self.env._("“%(name)s” is the name of several.", name=name),
            "other_name": self.env._(
                "The identity number or address belongs to another name than “%(name)s”.", name=name
            ),
            "other_unit": self.env._("“%(name)s” of another unit is perhaps somebody else.", name=name),
            "accents": self.env._("“%(name)s” is written with other accents.", name=name),
            "alike": self.env._("Nobody is called “%(name)s”, somebody nearly so.", name=name),
        }
        who = self.env._("Perhaps: %(names)s.", names="; ".join(names)) if names else ""
        return " ".join(filter(None, (texts[match.reason], who)))

    # ------------------------------------------------------------------
    # Storing and undoing
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _store_lines(self, record, lines):
        """Create what is new, change what changes, remember what it was before."""
        self._make_outsiders(record, lines)
        new = lines.filtered(lambda line: line.verdict == "new")
        for line, created in zip(new, self._create_records(record, new), strict=True):
            line._write_protected({"res_id": created.id, "before": False})
        for line in lines - new:
            self._change_record(record, line)

    def _prepare_vals(self, record, line):
        """Return the values of the record of a line: who, and what was read."""
        recipient = RECIPIENT_FIELDS[line.recipient_type]
        return {
            "recipient_type": line.recipient_type,
            recipient: line[recipient].id,
            "company_id": record.company_id.id,
            **(line.vals or {}),
        }

    def _change_record(self, record, line):
        target = self.env[self._target].browse(line.res_id)
        before = {name: self._to_json(target[name]) for name in line.vals or {}}
        target.check_access("write")
        target._write_protected(line.vals)
        line._write_protected({"before": before})

    @staticmethod
    def _to_json(value):
        if hasattr(value, "_name"):
            return value.id
        return str(value) if hasattr(value, "isoformat") else value

    def _make_outsiders(self, record, lines):
        """Make an outside party for each name an officer said is nobody of the agency, one for all its rows."""
        for line in lines.filtered(lambda line: line.is_outsider and not line.partner_id):
            texts = line._get_texts()
            same = record.line_ids.filtered(
                lambda other, label=line.recipient_label: other.partner_id and other.recipient_label == label
            )
            # sudo: res.partner - officers do not manage contacts; only the name of a recipient is made
            partner = same[:1].partner_id or self.env["res.partner"].sudo().create(
                [
                    {
                        "name": texts["name"],
                        "comment": texts.get("unit") or False,
                        "company_id": record.company_id.id,
                    }
                ]
            )
            line._write_protected({"partner_id": partner.id, "recipient_type": "partner"})

    @api.model
    @api.private
    def _undo_lines(self, record, lines):
        """Delete what was created and give back what was changed."""
        created = lines.filtered(lambda line: not line.before)
        self._delete_records(self.env[self._target].browse(created.mapped("res_id")).exists())
        for line in lines - created:
            self.env[self._target].browse(line.res_id).exists()._write_protected(line.before)

    def _delete_records(self, records):
        records.check_access("unlink")
        records._with_seal().unlink()

    # ------------------------------------------------------------------
    # Helpers of the heirs
    # ------------------------------------------------------------------

    def _read_period(self, record, verdict):
        """Return (first day, last day) the row is about, by its period, its year or the year of the whole list."""
        complaint = self.env._("“%(value)s” is not a period.")
        period = verdict.take("period", values.read_period, complaint)
        if period:
            return period
        year = self._read_year(record, verdict)
        return values.read_period(str(year)) if year else (None, None)

    def _read_year(self, record, verdict):
        text = verdict.texts.get("year")
        for section in reversed([] if text else verdict.line.sections or []):
            try:
                return values.read_year(section)
            except ValueError:
                continue
        return (
            verdict.take("year", values.read_year, self.env._("“%(value)s” is not a year."))
            or record.default_year
        )

    def _format_changes(self, target, vals):
        """Return what of a record would change, in words."""
        changes = []
        for name, value in vals.items():
            old = self._to_json(target[name])
            if (old or False) != (value or False):
                field = target._fields[name]
                changes.append(
                    f"{field._description_string(self.env)}: {self._show(field, old)} → {self._show(field, value)}"
                )
        return changes

    def _show(self, field, value):
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "–")
        if field.type == "date" and value:
            return format_date(self.env, value)
        return value or "–"


__all__ = ["EmulationImportKind", "Match", "Verdict"]
