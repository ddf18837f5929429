"""The dialog that proposes many from their sheets: a round of 200 people, and one of 20,000, in one database.

Value and floor are the same call for the large round and for the small one: opening, a tick and a page cost what they
show, however many are listed and ticked. Making the list ticks everybody who fits, once, and grows with the round.
"""

from bench_portal import copy_rows, vacuum
from measure import NOISE, PeakMemory, Result, duration, fastest
from odoo import fields
from odoo.fields import Command
from odoo.tests import Form

from odoo.addons.hr_emulation.tools.inside.people import new_employees

SMALL, LARGE = 200, 20_000
UNITS = 200
TIMES = 5
MOST = 0.3  # seconds a tick may take
MOST_MEMORY = 400  # megabytes a worker may take


def run(env):
    """Making the list, opening, ticking, turning the page, for 20,000 sheets beside 200."""
    env = env(context=dict(env.context, tracking_disable=True, lang="vi_VN"))
    officer = env["res.users"].create(
        {
            "name": "Chuyên viên",
            "login": "bench_propose",
            "group_ids": [(6, 0, env.ref("hr_emulation.group_emulation_officer").ids)],
        }
    )
    units = env["hr.department"].create([{"name": f"Phòng {number}"} for number in range(UNITS)])
    rounds = [make_round(env, units, count) for count in (SMALL, LARGE)]
    with PeakMemory() as memory:
        for what, award in get_awards(env).items():
            small, large = (measure(env(user=officer.id), review, award) for review in rounds)
            yield from compare(what, small, large)
    yield Result("memory of the process", memory.megabytes, MOST_MEMORY, 1.0, "MB")


def compare(what, small, large):
    """Yield what each call takes in the large round beside the small one, and a tick beside the most it may take."""
    print(f"{what:<58}{'small ms':>9}{'large ms':>9}")
    for name, seconds in large.items():
        print(f"{name:<58}{1000 * small[name]:>9.1f}{1000 * seconds:>9.1f}")
        yield Result(f"{name}, {what}", max(seconds, NOISE), max(small[name], NOISE))
    yield Result(f"a tick among {LARGE:,}, {what}", large["a tick"], MOST, 1.0)


def get_awards(env):
    """Return a title without a rule about the whole list, and one with a quota of the agency and of each unit."""
    plain, limited = env.ref("hr_emulation.award_ldtt"), env.ref("hr_emulation.award_cstdcs")
    key = (env.company, fields.Date.today(), limited)
    rule = limited._rule(env["emulation.rulebook"]._choose_many([key])[key])._get_local_rule(env.company)
    env["emulation.requirement"].create(
        [
            {
                "award_rule_id": rule.id,
                "name": f"Không quá 15% ({scope})",
                "kind": "group_quota",
                "severity": "info",
                "share": 15,
                "count": 0,
                "scope": scope,
            }
            for scope in ("company", "unit")
        ]
    )
    return {"no quota": plain, "quotas": limited}


def make_round(env, units, count):
    """Return a round of as many people, all confirmed and ranked; copied by SQL from a first one."""
    criteria = env["emulation.criterion.set"].create(
        {"name": "Bộ", "criterion_ids": [Command.create({"name": "A", "kind": "rating", "max_points": 5})]}
    )
    campaign = env["emulation.campaign"].create(
        {"name": f"Phong trào {count}", "theme": "Đoàn kết", "individual_set_id": criteria.id}
    )
    campaign._write_protected({"state": "launched", "date_start": "2025-01-01", "date_end": "2030-12-31"})
    review = env["emulation.review"].create(
        {
            "name": "Tổng kết",
            "campaign_id": campaign.id,
            "date_from": "2025-01-01",
            "date_to": "2025-12-31",
            "self_deadline": "2030-12-31",
        }
    )
    people = new_employees(env, units[0], count)
    env.cr.execute(
        "UPDATE hr_version SET department_id = %s + id %% %s, sex = (ARRAY['male', 'female', NULL])[1 + id %% 3]"
        " WHERE employee_id = ANY(%s)",
        [units[0].id, len(units), people.ids],
    )
    first = env["emulation.participation"]._find_or_register(
        campaign, {"recipient_type": "employee", "employee_id": people[0].id}
    )
    first._do_submit()
    first._do_approve()
    review._do_open()
    review.evaluation_ids._write_protected({"state": "confirmed", "rank": 1})
    copy_sheets(env, first, review.evaluation_ids, people.ids[1:], units)
    return review


def copy_sheets(env, registration, sheet, people, units):
    who = {"employee_id": f"(ARRAY{people})[n]", "unit_id": f"{units[0].id} + n % {len(units)}"}
    registrations = copy_rows(
        env,
        "emulation_participation",
        registration,
        len(people),
        {**who, "recipient_key": f"'employee:' || (ARRAY{people})[n]"},
    )
    changed = {**who, "participation_id": f"(ARRAY{registrations})[n]", "rank": "n + 1"}
    copy_rows(env, "emulation_evaluation", sheet, len(people), changed)
    env.cr.commit()
    vacuum(env)
    env.invalidate_all()


def measure(env, review, award):
    """Return {call: seconds} as the officer; each from a cold cache."""
    wizard = env["emulation.propose"].create({"review_id": review.id, "award_id": award.id})

    def cold(deed):
        env.flush_all()
        env.invalidate_all()
        env.cr.cache.clear()
        deed()
        env.flush_all()

    found = {"make the list": duration(lambda: cold(wizard.action_preview))}
    form = Form(wizard)
    spec = form._view["fields_spec"]
    line = wizard.line_ids[0]
    values = {"line_ids": [Command.update(line.id, {"is_selected": False})]}
    calls = {
        "open": lambda: wizard.web_read(spec),
        "a tick": lambda: wizard.onchange(values, ["line_ids"], spec),
        "save a tick": lambda: line.write({"is_selected": not line.is_selected}),
        "turn the page": wizard.action_next_page,
        "find a name": lambda: (wizard.write({"typed": "nguoi 1"}), wizard.action_find()),
    }
    return found | {name: fastest(lambda deed=deed: cold(deed), TIMES) for name, deed in calls.items()}
