"""What certificates need before they can be printed: an issued decision on many people."""

from odoo import fields


def make_decision(env, count):
    """Return a draft decision on `count` new people, one award each."""
    people = env["res.partner"].create([{"name": f"Nguyễn Thị Thử {index:04d}"} for index in range(count)])
    signer = env["hr.employee"].create({"name": "Vũ Ký Tên", "job_title": "Giám đốc"})
    award = env["emulation.award"].create(
        {"name": "Giấy khen", "code": "BENCH", "kind": "form", "level": "grassroots"}
    )
    book = env["emulation.rulebook"].create(
        {"name": "Quy tắc đo", "code": "BENCH", "date_from": "2000-01-01", "company_id": env.company.id}
    )
    env["emulation.award.rule"].create(
        {"rulebook_id": book.id, "award_id": award.id, "coefficient_individual": 0.3, "needs_council": False}
    )
    lines = env["emulation.commendation"].create(
        [{"recipient_type": "partner", "partner_id": person.id, "award_id": award.id} for person in people]
    )
    versions = lines._get_employee_versions(fields.Date.today())
    for line in lines:
        line._write_protected({**line._prepare_snapshot(versions), "state": "appraised"})
    if not env["emulation.base.salary"].search([], limit=1):
        env["emulation.base.salary"].create({"date_from": "2024-07-01", "amount": 2_340_000})
    decision = env["emulation.decision"].create({"signer_id": signer.id})
    decision._do_add(lines)
    return decision
