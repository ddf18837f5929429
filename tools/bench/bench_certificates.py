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
from dataclasses import dataclass

from certificates import make_decision
from measure import PeakMemory, Result, duration, serving

from odoo.addons.hr_emulation.printing.layout import paper_arguments

NEEDS = ["survey"]
COUNT = 1000
TURNS = 2
SURVEYS = 100
MEMORY = 400  # MB
CORES = os.cpu_count() or 1


@dataclass
class Effort:
    """What one way of printing has taken so far: seconds, and seconds of processor, of the programs it ran too."""

    seconds: float = 0
    processor: float = 0

    def add(self, work, *arguments):
        """Do the work and count it."""
        before = self._spent()
        self.seconds += duration(lambda: work(*arguments))
        self.processor += self._spent() - before

    def _spent(self):
        times = os.times()
        return times.user + times.system + times.children_user + times.children_system

    def __str__(self):
        processor = self.processor / COUNT * 1000
        return f"{COUNT / self.seconds:6.1f} pages a second, {processor:5.1f} ms of processor a page"


def prepare(env):
    """Return a decision whose certificates may be printed: the address in their code is one that opens."""
    env["ir.config_parameter"].set_param("hr_emulation.public_address", "https://thidua.example.org")
    return make_decision(env, COUNT)


def run(env):
    """1,000 certificates; goals of the issue: 1.2 × wkhtmltopdf, a third of survey's time, 400 MB."""
    decision = prepare(env)
    print(f"  decision with {COUNT} lines issued, its PDF included: {duration(decision.action_issue):.1f} s")
    env.cr.commit()
    cards, memory = decision.certificate_ids.sorted("rank"), PeakMemory()
    own, alone, single, handed = Effort(), Effort(), Effort(), Effort()
    for start in range(TURNS):
        take_turn(env, cards[start::TURNS], memory, own, alone, single, handed)
    check(env, cards)
    survey = duration_of_surveys(env) / SURVEYS * COUNT
    print(f"  this addon                               {own}")
    print(f"  wkhtmltopdf alone, {CORES} at a time           {alone}")
    print(f"  wkhtmltopdf alone, one at a time         {single}")
    print(f"  wkhtmltopdf alone, pages without frame   {handed}")
    print(f"  survey certification                     {COUNT / survey:6.1f} pages a second")
    print(f"  merged in the order of the ceremony:     {duration(decision._merge_certificates):6.1f} s")
    yield Result("1,000 certificates, beside wkhtmltopdf alone", own.seconds, alone.seconds, goal=1.2)
    yield Result("the same, beside one wkhtmltopdf at a time", own.seconds, single.seconds)
    yield Result("the same, beside wkhtmltopdf without the frame", own.seconds, handed.seconds)
    yield Result("the same, beside survey's certifications", own.seconds, survey, goal=1 / 3)
    yield Result("memory while printing, beside what is allowed", memory.megabytes, MEMORY, goal=1, unit="MB")


def take_turn(env, cards, memory, own, alone, single, handed):
    """Print some of the certificates each way, one way after the other."""
    with tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as bare:
        whole_pages, bare_pages = write_bodies(cards, whole, False), write_bodies(cards, bare, True)
        cards._write_protected({"print_state": "queued"})
        env.cr.commit()
        with memory:
            own.add(env["emulation.certificate"]._cron_print)
        alone.add(print_alone, whole_pages, CORES)
        single.add(print_alone, whole_pages, 1)
        handed.add(print_alone, bare_pages, CORES)


def write_bodies(cards, folder, bare):
    """Write the HTML of certificates in the chunks in which they are printed; return the arguments to print it."""
    commands = []
    for number, chunk in enumerate(cards._get_chunks()):
        path = f"{folder}/{number}.html"
        with open(path, "w", encoding="utf-8") as file:
            file.write(chunk._render_body("report_certificate", bare=bare))
        commands.append(
            [*paper_arguments(chunk.template_id._get_paper(), is_patched=bare), path, f"{path}.pdf"]
        )
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
