from datetime import date

from odoo import api, models
from odoo.fields import Domain

from ...engine.vietnamese import search_key
from ...office import values
from ...office.people import title_case, unit_key
from ...office.row_words import is_section

# Column -> field of the employee it fills in.
EMPLOYEE_FIELDS = {
    "identity": "identification_id",
    "sex": "sex",
    "birth": "birthday",
    "post": "job_title",
    "email": "work_email",
    "joined": "contract_date_start",
}


class EmulationImportStaff(models.AbstractModel):
    """People and units of the agency, for an officer who may manage employees.

    Who is already there is filled in, never entered twice. Units a list names that the agency does not have are made
    when the officer takes the row as it is.
    """

    _name = "emulation.import.staff"
    _description = "Import of people and units"
    _inherit = ["emulation.import.kind"]
    _target = "hr.employee"
    _knows_own = True  # the rights of the staff office hold, and nothing of it is about merit

    # ------------------------------------------------------------------
    # Who a row is about
    # ------------------------------------------------------------------

    @api.model
    def _prepare(self, record):
        """Return {key of a unit: unit}."""
        units = self.env["hr.department"].with_context(active_test=False)
        found = units.search(
            Domain("company_id", "in", (record.company_id.id, False)), order="active, id desc"
        )
        return {unit_key(unit.name): unit for unit in found}

    def _take_choice(self, verdict):
        """“Somebody from outside” means here: somebody who is not there yet."""
        if verdict.line.is_outsider:
            self._set_recipient(verdict, "employee", False)
            return True
        return super()._take_choice(verdict)

    def _take_unit(self, directory, verdict):
        match = directory.find_unit(verdict.texts["name"])
        self._set_recipient(verdict, "department", match.id or False)
        if not match.id:
            self._doubt_unit(verdict, verdict.texts["name"])

    def _take_person(self, directory, verdict, match):
        if match.reason == "nobody" and not verdict.texts.get("kind"):
            name = verdict.texts["name"]
            if directory.find_unit(name).id or is_section(name):  # "Phòng Tổng hợp" is nobody's name
                return self._take_unit(directory, verdict)
        if match.reason == "nobody":
            return self._set_recipient(verdict, "employee", False)
        return super()._take_person(directory, verdict, match)

    def _doubt_unit(self, verdict, name):
        text = self.env._("There is no unit “%(name)s”: take the row as it is to make it.", name=name)
        verdict.unsure.append(text)

    # ------------------------------------------------------------------
    # Reading a row
    # ------------------------------------------------------------------

    @api.model
    def _check_row(self, record, verdict):
        is_unit = verdict.recipient.get("recipient_type") == "department"
        if not self.env["hr.department" if is_unit else "hr.employee"].has_access("create"):
            verdict.wrong.append(self.env._("People and units are brought in by who may manage employees."))
        if is_unit:
            verdict.vals = {"name": values.read_text(verdict.texts.get("name"))}
            verdict.vals["parent"] = values.read_text(verdict.texts.get("parent_unit")) or False
        else:
            self._read_person(verdict)
        for unit in filter(None, (verdict.vals.get("unit"), verdict.vals.get("parent"))):
            if unit_key(unit) not in verdict.shared:
                self._doubt_unit(verdict, unit)

    def _read_person(self, verdict):
        texts = verdict.texts
        born = self._read_birth(verdict)
        complaint = self.env._("“%(value)s” is not a date.")
        joined = verdict.take("joined", values.read_date, complaint)
        sex = values.read_sex(texts.get("sex"))
        if texts.get("sex") and not sex:
            verdict.wrong.append(self.env._("“%(value)s” is neither man nor woman.", value=texts["sex"]))
        if joined and not self.env.user.has_group("hr.group_hr_manager"):
            verdict.notes.append(self.env._("The first day is left out: who manages contracts enters it."))
            joined = None
        identity = values.read_identity(texts.get("identity")) if not verdict.wrong else None
        found = {
            "name": title_case(values.read_text(texts.get("name")) or ""),
            "unit": values.read_text(texts.get("unit")),
            "identification_id": identity,
            "sex": sex,
            "birthday": born and str(born),
            "job_title": values.read_text(texts.get("post")),
            "work_email": values.read_text(texts.get("email")),
            "contract_date_start": joined and str(joined),
        }
        verdict.vals = {name: value for name, value in found.items() if value}

    def _read_birth(self, verdict):
        """Return the day somebody was born; a year alone finds a person and is not made a day."""
        try:
            born = values.read_date(verdict.texts.get("birth"))
        except ValueError:
            if verdict.texts["birth"].strip().isdecimal():
                verdict.notes.append(self.env._("Only the year of birth is said: no day is stored."))
            elif not verdict.wrong:
                verdict.wrong.append(self.env._("“%(value)s” is not a date.", value=verdict.texts["birth"]))
            return None
        if born and not 1900 < born.year < date.today().year - 10:
            verdict.wrong.append(self.env._("“%(value)s” is no day of birth.", value=verdict.texts["birth"]))
        return born

    @api.model
    def _match_known(self, record, verdicts):
        for verdict in verdicts:
            people = self.env["hr.employee"].browse(verdict.recipient.get("employee_id") or ())
            units = self.env["hr.department"].browse(verdict.recipient.get("department_id") or ())
            if people or units:
                verdict.existing = people or units
            if people and not verdict.wrong:
                self._compare(record, verdict, people)

    def _compare(self, record, verdict, person):
        """What is empty is filled in; what says something else is the officer's to decide."""
        wanted = {name: verdict.vals[name] for name in EMPLOYEE_FIELDS.values() if name in verdict.vals}
        unit = verdict.shared.get(unit_key(verdict.vals.get("unit", "")))
        if unit:
            wanted["department_id"] = unit.id
        changed = {
            name: value for name, value in wanted.items() if (self._to_json(person[name]) or None) != value
        }
        verdict.changes = self._format_changes(person, changed)
        if changed and "unit" in verdict.vals and not unit and not person.department_id:
            verdict.changes.append(self.env._("Unit: %(name)s", name=verdict.vals["unit"]))
        verdict.vals["changed"] = changed
        if any(person[name] for name in changed) and not record.replace_known:
            verdict.unsure.append(self.env._("The register says otherwise."))

    def _show(self, field, value):
        if field.name == "department_id" and value:
            return self.env["hr.department"].browse(value).name
        return super()._show(field, value)

    @api.model
    def _get_key(self, line):
        vals = line.vals or {}
        return (vals.get("identification_id"), vals.get("birthday"), search_key(vals.get("parent") or ""))

    # ------------------------------------------------------------------
    # Storing and undoing
    # ------------------------------------------------------------------

    @api.model
    def _create_records(self, record, lines):
        units = self._prepare(record)
        people = lines.filtered(lambda line: line.recipient_type != "department")
        for line in lines - people:
            self._make_unit(record, units, line, line.vals["name"], line.vals["parent"])
        for line in people:
            if line.vals.get("unit"):
                self._make_unit(record, units, line, line.vals["unit"])
        quiet = self.env["hr.employee"].with_context(tracking_disable=True, mail_create_nosubscribe=True)
        created = iter(quiet.create([self._prepare_person(record, units, line) for line in people]))
        return [next(created) if line in people else units[unit_key(line.vals["name"])] for line in lines]

    def _make_outsiders(self, record, lines):
        """Nobody of this list is an outside party."""

    def _make_unit(self, record, units, line, name, parent=None):
        """Make a unit nobody made yet, below the unit the list says; the row remembers what it made."""
        if unit_key(name) in units:
            return
        if parent:
            self._make_unit(record, units, line, parent)
        above = units.get(unit_key(parent or ""), self.env["hr.department"])
        made = self.env["hr.department"].create(
            [{"name": name, "parent_id": above.id, "company_id": record.company_id.id}]
        )
        units[unit_key(name)] = made
        line._write_protected({"vals": {**line.vals, "made": [*line.vals.get("made", []), made.id]}})

    def _prepare_person(self, record, units, line):
        vals = {name: line.vals[name] for name in ("name", *EMPLOYEE_FIELDS.values()) if name in line.vals}
        if line.vals.get("contract_date_start"):  # the first version begins with the first day
            vals["date_version"] = line.vals["contract_date_start"]
        unit = units.get(unit_key(line.vals.get("unit", "")))
        return {**vals, "department_id": unit.id if unit else False, "company_id": record.company_id.id}

    def _change_record(self, record, line):
        person = self.env["hr.employee"].with_context(tracking_disable=True).browse(line.res_id)
        changed = line.vals.get("changed", {})
        line._write_protected({"before": {name: self._to_json(person[name]) for name in changed} or False})
        person.write(changed)

    @api.model
    @api.private
    def _undo_lines(self, record, lines):
        created = lines.filtered(lambda line: not line.before and line.verdict == "new")
        people = created.filtered(lambda line: line.recipient_type != "department")
        self.env["hr.employee"].browse(people.mapped("res_id")).exists().unlink()
        for line in lines - created:
            self.env["hr.employee"].browse(line.res_id).exists().write(line.before or {})

    @api.model
    def _clean_up(self, record):
        """Units that were made go with it while nobody and nothing is in them."""
        made = [number for line in record.line_ids for number in (line.vals or {}).get("made", [])]
        for unit in self.env["hr.department"].browse(sorted(made, reverse=True)).exists():
            inside = Domain("parent_id", "=", unit.id)
            if not self._get_uses("department_id", unit) and not unit.search_count(inside, limit=1):
                unit.unlink()

    @api.model
    def _get_rests(self, record, lines):
        created = lines.filtered(lambda line: line.verdict == "new" and line.recipient_type != "department")
        people = self.env["hr.employee"].browse(created.mapped("res_id")).exists()
        used = self._get_uses("employee_id", people) | people.filtered("user_id")
        return self._get_changed(lines - created) + [
            self.env._("%(name)s: has been used since.", name=name) for name in used.mapped("name")
        ]

    def _get_changed(self, lines):
        found = self.env["hr.employee"]
        for line in lines.filtered("before"):
            person = found.browse(line.res_id).exists()
            now = {name: self._to_json(person[name]) or None for name in line.before} if person else {}
            if now and now != {name: value or None for name, value in line.vals.get("changed", {}).items()}:
                found |= person
        return [
            self.env._("%(record)s: has been changed since.", record=name) for name in found.mapped("name")
        ]

    def _get_uses(self, field_name, records):
        """Return the records that registers, memberships and the staff office use."""
        used = records.browse()
        own = ("emulation.import.line", "hr.version", "hr.employee.public")
        for name in self.env.registry.models:
            model = self.env[name]
            field = model._fields.get(field_name)
            if not field or field.type != "many2one" or not field.store or name in own:
                continue
            if field.comodel_name == records._name and model._auto and not model._abstract:
                # sudo: any model - what uses a record counts, whoever may read it
                groups = model.sudo().with_context(active_test=False)
                used |= records.browse(
                    item.id for (item,) in groups._read_group([(field_name, "in", records.ids)], [field_name])
                )
        return used

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    @api.model
    def _get_template(self, record):
        head = ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Chức vụ", "Đơn vị", "Email"]
        head += ["Ngày vào cơ quan", "Đơn vị cấp trên"]
        rows = [
            ["I", "Tập thể"],
            [1, "Phòng Tổng hợp", *[""] * 7, "Văn phòng"],
            ["II", "Cá nhân"],
            [1, "Nguyễn Văn A", "Nam", "15/03/1985", "001085000123", "Chuyên viên", "Phòng Tổng hợp",
             "a@example.vn", "01/09/2010", ""],
        ]  # fmt: skip
        return head, rows
