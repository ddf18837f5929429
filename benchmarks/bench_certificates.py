"""A thousand certificates, beside wkhtmltopdf alone on the same HTML and Odoo's survey certification."""

import resource
import subprocess
import tempfile
import time

from measure import Result

from odoo.addons.hr_emulation.models.document.ir_actions_report import paper_arguments  # not a package here

COUNT = 1000
SURVEYS = 30


def measure(label, pages, work):
    start = time.monotonic()
    work()
    seconds = time.monotonic() - start
    print(f"{label}: {pages} pages in {seconds:.1f} s = {pages / seconds:.1f} pages a second")
    return seconds / pages


def make_certificates(env):
    people = env["res.partner"].create([{"name": f"Nguyễn Thị Thử {i:04d}"} for i in range(COUNT)])
    signer = env["hr.employee"].create({"name": "Vũ Ký Tên"})
    award = env["emulation.award"].create(
        {"name": "Giấy khen", "code": "BENCH", "kind": "form", "level": "grassroots"}
    )
    lines = env["emulation.commendation"].create(
        [{"recipient_type": "partner", "partner_id": person.id, "award_id": award.id} for person in people]
    )
    versions = lines._get_employee_versions("2026-01-01")
    for line in lines:
        line._write_protected({**line._prepare_snapshot(versions), "state": "appraised"})
    if not env["emulation.base.salary"].search([], limit=1):
        env["emulation.base.salary"].create({"date_from": "2024-07-01", "amount": 2_340_000})
    decision = env["emulation.decision"].create({"signer_id": signer.id})
    decision._do_add(lines)
    start = time.monotonic()
    decision.action_issue()
    print(f"decision with {COUNT} lines issued, annex PDF included: {time.monotonic() - start:.1f} s")
    return decision.certificate_ids.sorted("rank")


def print_floor(env, cards):
    """wkhtmltopdf alone, one process after the other as Odoo runs it, on the HTML the addon gives it."""
    args = ["wkhtmltopdf", *paper_arguments((297, 210, 0, 0, 0, 0))]
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for index, body in enumerate(cards._iterate_bodies()):
            paths.append(f"{folder}/{index}.html")
            with open(paths[-1], "w", encoding="utf-8") as file:
                file.write(body)

        def work():
            for path in paths:
                subprocess.run([*args, path, path + ".pdf"], check=False)

        return measure("wkhtmltopdf alone, same HTML", len(cards), work)


def survey_floor(env):
    if "survey.survey" not in env:
        print("survey is not installed: second floor left out")
        return None
    survey = env["survey.survey"].create(
        {"title": "Bench", "certification": True, "scoring_type": "scoring_without_answers"}
    )
    inputs = env["survey.user_input"].create(
        [
            {"survey_id": survey.id, "partner_id": env.user.partner_id.id, "state": "done"}
            for _i in range(SURVEYS)
        ]
    )
    return measure(
        "survey certification",
        SURVEYS,
        lambda: env["ir.actions.report"]._render_qweb_pdf("survey.certification_report", inputs.ids),
    )


def run(env):
    """1,000 certificates printed and kept; goals of the issue: 1.2 × wkhtmltopdf, a third of survey's time."""
    cards = make_certificates(env)
    own = measure("this addon", COUNT, cards._print_all)
    own_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child_memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory: {own_memory:.0f} MB here, {child_memory:.0f} MB in the largest wkhtmltopdf")
    yield Result("a certificate, beside wkhtmltopdf alone", own, print_floor(env, cards), goal=1.2)
    survey = survey_floor(env)
    if survey:
        yield Result("a certificate, beside survey's", own, survey, goal=1 / 3)
