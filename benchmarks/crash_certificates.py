"""Two things that a test inside one transaction cannot show. Run on a scratch database: it commits.

    odoo-bin shell -c CONF -d SCRATCH --no-http < benchmarks/crash_certificates.py

1. Two connections issue the same decision at the same moment: one decision, one set of certificates.
2. ``kill -9`` in the middle of batch printing; started again, it finishes and prints nothing twice.
"""

import os
import signal
import threading
import time

import odoo
from odoo.service.model import retrying

COUNT = 300


def make_decision(env):
    people = env["res.partner"].create([{"name": f"Nguyễn Thị Thử {i:04d}"} for i in range(COUNT)])
    signer = env["hr.employee"].create({"name": "Vũ Ký Tên"})
    award = env["emulation.award"].create(
        {"name": "Giấy khen", "code": f"CRASH{time.time()}", "kind": "form", "level": "grassroots"}
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
    env.cr.commit()
    return decision


def issue_twice(env, decision):
    answers = []

    def issue():
        with env.registry.cursor() as cr:
            own = odoo.api.Environment(cr, env.uid, dict(env.context))
            try:
                retrying(lambda: own["emulation.decision"].browse(decision.id)._do_issue(), own)
                answers.append("issued, or found issued")
            except Exception as error:
                answers.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=issue) for _i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    env.cr.commit()
    env.invalidate_all()
    print("answers:", answers)
    print(
        "state:", decision.state, "number:", decision.number, "certificates:", len(decision.certificate_ids)
    )
    assert decision.state == "issued" and len(decision.certificate_ids) == COUNT


def print_in_child(env):
    """Print the queue in a process of its own."""
    pid = os.fork()
    if pid:
        return pid
    odoo.sql_db._Pool = None  # the connections are the parent's: neither use nor close them
    with odoo.sql_db.db_connect(env.cr.dbname).cursor() as cr:
        odoo.api.Environment(cr, env.uid, {})["emulation.certificate"]._cron_print()
    os._exit(0)


def kill_and_resume(env, decision):
    decision.certificate_ids._write_protected({"print_state": "queued"})
    env.cr.commit()
    pid = print_in_child(env)
    done = 0
    while not done:
        time.sleep(0.5)
        env.cr.rollback()
        env.invalidate_all()
        done = decision.certificate_ids.search_count(
            [("decision_id", "=", decision.id), ("print_state", "=", "done")]
        )
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    env.cr.rollback()
    env.invalidate_all()
    kept = {card.id: card.attachment_id.id for card in decision.certificate_ids if card.attachment_id}
    print("killed after", len(kept), "of", COUNT)
    env["emulation.certificate"]._cron_print()
    env.invalidate_all()
    papers = env["ir.attachment"].search_count(
        [("res_model", "=", "emulation.certificate"), ("res_id", "in", decision.certificate_ids.ids)]
    )
    print("after the restart:", decision.print_progress, "%,", papers, "files")
    assert papers == COUNT and decision.print_progress == 100
    assert all(
        card.attachment_id.id == kept.get(card.id, card.attachment_id.id) for card in decision.certificate_ids
    )


decision = make_decision(env)  # noqa: F821  the shell gives env
issue_twice(env, decision)  # noqa: F821
kill_and_resume(env, decision)  # noqa: F821
