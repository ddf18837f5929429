"""A thousand certificates through the print queue, beside wkhtmltopdf alone and beside Odoo's survey certification.

What is measured: from queued to kept, as the scheduled job does it: HTML, QR codes, printing, a PDF for each
recipient with its checksum in the file store, a commit each chunk.

What it is measured against, in the same run, turn by turn, so that both meet the same machine:

* the floor of the goal: wkhtmltopdf and nothing else, as many at once as there are cores, on the HTML of the same
  certificates in the same chunks, each page whole, as the report shows it on the screen. The files lie ready on
  the disk; what is printed is thrown away.
* for information: the same, one wkhtmltopdf at a time, as Odoo runs it; and wkhtmltopdf on the HTML that the addon
  really hands it, which leaves out the frame: that is printed once and laid under each page.
* Odoo's certification of survey, a hundred in one call, as its Print menu makes them, style sheets fetched from a
  server beside.

Memory: the highest sum of this process, Odoo with all it has loaded, and its wkhtmltopdfs while they print.
"""

import os
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

from certificates import make_decision
from measure import PeakMemory, Result, duration, serving

from odoo.addons.hr_emulation.models.document.ir_actions_report import paper_arguments  # not a package here

NEEDS = ["survey"]
COUNT = 1000
TURNS = 2
SURVEYS = 100
MEMORY = 400  # MB
CORES = os.cpu_count() or 1


def run(env):
    """1,000 certificates; goals of the issue: 1.2 × wkhtmltopdf, a third of survey's time, 400 MB."""
    decision = make_decision(env, COUNT)
    print(f"  decision with {COUNT} lines issued, its PDF included: {duration(decision.action_issue):.1f} s")
    env.cr.commit()
    cards = decision.certificate_ids.sorted("rank")
    memory = PeakMemory()
    own, alone, single, handed = [sum(times) for times in zip(*turns(env, cards, memory), strict=True)]
    check(env, cards)
    print(f"  merged in the order of the ceremony: {duration(decision._merge_certificates):.1f} s")
    survey = duration_of_surveys(env) / SURVEYS * COUNT
    for what, seconds in (
        ("this addon", own),
        ("wkhtmltopdf alone, whole pages", alone),
        ("wkhtmltopdf alone, one at a time", single),
        ("wkhtmltopdf alone, pages without frame", handed),
        ("survey certification", survey),
    ):
        print(f"  {what:<40} {COUNT / seconds:6.1f} pages a second")
    yield Result("1,000 certificates, beside wkhtmltopdf alone", own, alone, goal=1.2)
    yield Result("the same, beside one wkhtmltopdf at a time", own, single)
    yield Result("the same, beside wkhtmltopdf without the frame", own, handed)
    yield Result("the same, beside survey's certifications", own, survey, goal=1 / 3)
    yield Result("memory while printing, beside what is allowed", memory.megabytes, MEMORY, goal=1, unit="MB")


def turns(env, cards, memory):
    """Yield the seconds each way takes for a part of the certificates, one way after the other."""
    for part in (cards[start::TURNS] for start in range(TURNS)):
        with tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as bare:
            whole_pages, bare_pages = write_bodies(part, whole, False), write_bodies(part, bare, True)
            part._write_protected({"print_state": "queued"})
            env.cr.commit()
            with memory:
                own = duration(env["emulation.certificate"]._cron_print)
            yield (
                own,
                duration(lambda pages=whole_pages: print_alone(pages, CORES)),
                duration(lambda pages=whole_pages: print_alone(pages, 1)),
                duration(lambda pages=bare_pages: print_alone(pages, CORES)),
            )


def write_bodies(cards, folder, bare):
    """Write the HTML of certificates in the chunks in which they are printed; return the arguments to print it."""
    commands = []
    for number, chunk in enumerate(cards._get_chunks()):
        path = f"{folder}/{number}.html"
        with open(path, "w", encoding="utf-8") as file:
            file.write(chunk._render_body("report_certificate", bare=bare))
        commands.append([*paper_arguments(chunk.template_id._get_paper()), path, f"{path}.pdf"])
    return commands


def print_alone(commands, processes):
    program = shutil.which("wkhtmltopdf")
    with ThreadPoolExecutor(max_workers=processes) as pool:
        list(pool.map(lambda arguments: subprocess.run([program, *arguments], check=True), commands))


def check(env, cards):
    """Make sure that what was timed is there."""
    env.invalidate_all()
    if set(cards.mapped("print_state")) != {"done"} or len(cards.attachment_id) != COUNT:
        raise RuntimeError("not every certificate was printed")


def duration_of_surveys(env):
    survey = env["survey.survey"].create(
        {"title": "Bench", "certification": True, "scoring_type": "scoring_without_answers"}
    )
    person = env.user.partner_id.id
    inputs = env["survey.user_input"].create(
        [{"survey_id": survey.id, "partner_id": person, "state": "done"} for _index in range(SURVEYS)]
    )
    report = env["ir.actions.report"].with_context(force_report_rendering=True)
    with serving(env) as url:
        env["ir.config_parameter"].set_param("report.url", url)
        report._render_qweb_pdf("survey.certification_report", inputs[:1].ids)  # style sheets are made once
        return duration(lambda: report._render_qweb_pdf("survey.certification_report", inputs.ids))
