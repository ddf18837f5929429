"""Jobs done inside Odoo, each in a process of its own: `python jobs.py JOB DATABASE …`."""

import argparse
import contextlib
import logging
import os
import runpy
import sys

sys.path[0:1] = []  # this folder itself
sys.path.append(os.environ["HR_EMULATION_ODOO"])

import odoo  # noqa: E402
from odoo import api  # noqa: E402
from odoo.modules.registry import Registry  # noqa: E402
from odoo.service import server  # noqa: E402
from odoo.tools import config  # noqa: E402

_logger = logging.getLogger("hr_emulation.jobs")
# Bundles no page of this addon loads; making them takes ten seconds a run.
USELESS_BUNDLES = (
    "unit_test",
    "qunit",
    "dark",
    "tests_mobile",
    "tests_assets",
    "print",
    "spreadsheet",
    "html_editor",
    "test_",
    "__",
)


def load(database, *, install=(), update=(), language=None, demo=False):
    """Start Odoo on a database, installing or updating addons first."""
    options = ["-d", database, "--no-http", "--stop-after-init"]
    options += [f"--load-language={language}"] if language else []
    options += ["--with-demo"] if demo else []
    options += [f"--init={','.join(install)}"] if install else []
    options += [f"--update={','.join(update)}"] if update else []
    config.parse_config(options, setup_logging=True)
    server.load_server_wide_modules()
    registry = Registry.new(
        database,
        update_module=bool(install or update),
        install_modules=list(install),
        upgrade_modules=list(update),
    )
    missing = not_installed(registry, [*install, *update])
    if missing:
        raise SystemExit(f"not installed: {', '.join(missing)}")
    return registry


@contextlib.contextmanager
def environment(registry):
    """Give an environment of the superuser whose work is kept."""
    with registry.cursor() as cursor:
        yield api.Environment(cursor, api.SUPERUSER_ID, {})


def not_installed(registry, names):
    """Return those of the addons that are not installed."""
    with environment(registry) as env:
        found = env["ir.module.module"].search([("name", "in", names), ("state", "=", "installed")])
        return sorted(set(names) - set(found.mapped("name")))


def install(arguments):
    """Install addons into a database."""
    names = arguments.addons.split(",")
    registry = load(arguments.database, install=names, language=arguments.language, demo=arguments.demo)
    if arguments.bundles:
        with environment(registry) as env:
            make_bundles(env)
    if arguments.settle:
        with environment(registry) as env:
            settle(env)


def update(arguments):
    """Update addons of a database to the files as they are now."""
    load(arguments.database, update=arguments.addons.split(","))


def remove(arguments):
    """Uninstall an addon as an administrator does; fail if it leaves anything behind."""
    registry = load(arguments.database)
    with environment(registry) as env:
        env["ir.module.module"].search([("name", "=", arguments.addons)]).button_immediate_uninstall()
    with environment(Registry(arguments.database)) as env:
        left = find_left(env, arguments.addons)
    if left:
        raise SystemExit("left behind:\n" + "\n".join(left))


# What of an addon can be left in a database whose names all begin alike: columns that hold a name, and its pattern.
TRACES = (
    ("information_schema.tables", "table_name", "emulation\\_%"),
    ("information_schema.columns", "column_name", "emulation\\_%"),
    ("ir_model", "model", "emulation.%"),
    ("ir_model_fields", "name", "emulation\\_%"),
    ("ir_sequence", "code", "emulation.%"),
    ("ir_config_parameter", "key", "hr\\_emulation.%"),
    ("ir_filters", "model_id", "emulation.%"),
    ("ir_cron", "cron_name", "Emulation:%"),
    ("mail_activity", "res_model", "emulation.%"),
    ("mail_message", "model", "emulation.%"),
    ("ir_attachment", "res_model", "emulation.%"),
)


# People and agencies of the demo data: Odoo keeps whom other records name.
KEPT = ("res.company", "res.partner", "res.users", "hr.employee", "hr.department")


def find_left(env, module):
    """Return what an addon that was removed left in the database, a line each."""
    found = []
    for table, column, pattern in TRACES:
        env.cr.execute(f"SELECT {column}, count(*) FROM {table} WHERE {column} LIKE %s GROUP BY 1", [pattern])
        found += [f"{table}: {name} ({count})" for name, count in env.cr.fetchall()]
    env.cr.execute(
        "SELECT model, name FROM ir_model_data"
        " WHERE (module = %s AND model <> ALL(%s)) OR (module = 'mail' AND name LIKE %s)",
        [module, list(KEPT), "selection\\_\\_emulation%"],
    )
    return found + [f"ir_model_data: {model} {name}" for model, name in env.cr.fetchall()]


# What an update must bring to what a new database has: columns and rights, by the names the addon gives them.
DESCRIBED = (
    "SELECT 'column ' || table_name || '.' || column_name || ' ' || udt_name FROM information_schema.columns"
    " WHERE table_schema = 'public' AND (table_name LIKE 'emulation\\_%%' OR column_name LIKE 'emulation\\_%%')",
    "SELECT 'index ' || indexdef FROM pg_indexes WHERE tablename LIKE 'emulation\\_%%'",
    "SELECT 'rule ' || d.name || ' ' || coalesce(r.domain_force, '') || ' '"
    " || concat_ws(' ', r.perm_read, r.perm_write, r.perm_create, r.perm_unlink)"
    " FROM ir_rule r JOIN ir_model_data d ON d.model = 'ir.rule' AND d.res_id = r.id WHERE d.module = %(module)s",
    "SELECT 'access ' || d.name || ' ' || concat_ws(' ', a.perm_read, a.perm_write, a.perm_create, a.perm_unlink)"
    " FROM ir_model_access a JOIN ir_model_data d ON d.model = 'ir.model.access' AND d.res_id = a.id"
    " WHERE d.module = %(module)s",
    "SELECT 'data ' || name || ' ' || model || ' ' || coalesce(noupdate, FALSE) FROM ir_model_data"
    " WHERE module = %(module)s AND model IN ('ir.cron', 'ir.ui.menu', 'ir.ui.view', 'mail.template',"
    " 'emulation.award', 'emulation.certificate.field', 'emulation.decision.article', 'emulation.statistic.line')",
)


def describe(arguments):
    """Print what of an addon a database has, a line each."""
    registry = load(arguments.database)
    with environment(registry) as env:
        for query in DESCRIBED:
            env.cr.execute(query, {"module": arguments.addons})
            for (line,) in env.cr.fetchall():
                print("is: " + " ".join(line.split()))


def make_bundles(env):
    """Make the asset bundles the pages load, so that the copies of this database have them."""
    qweb = env["ir.qweb"]
    scripts, styles = qweb._get_bundles_to_pregenarate()
    for bundle in sorted(wanted(scripts)):
        qweb._get_asset_bundle(bundle, css=False, js=True).js()
    for bundle in sorted(wanted(styles)):
        qweb._get_asset_bundle(bundle, css=True, js=False).css()


def wanted(bundles):
    """Return the bundles worth making beforehand."""
    return [name for name in bundles if not any(part in name for part in USELESS_BUNDLES)]


def settle(env):
    """Make the demo database speak Vietnamese to everybody."""
    users = env["res.users"].with_context(active_test=False).search([("login", "!=", "__system__")])
    users.partner_id.write({"lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh"})
    env["ir.default"].set("res.partner", "lang", "vi_VN")


def translate(arguments):
    """Write the addon's terms into i18n/; print what is left to a translator."""
    registry = load(arguments.database)
    with environment(registry) as env:
        from odoo.addons.hr_emulation.tools.inside import translation

        print(*translation.write_files(env), sep="\n")


def bench(arguments):
    """Run benchmark files; print what each measures; fail if a goal is missed."""
    registry = load(arguments.database)
    sys.path.insert(0, os.path.dirname(arguments.addons[0]))
    missed = 0
    for path in arguments.addons:
        with environment(registry) as env:
            print(f"\n{os.path.basename(path)}", flush=True)
            for result in runpy.run_path(path)["run"](env):
                print(f"  {result}", flush=True)
                missed += not result.reached
            env.cr.rollback()
    sys.exit(1 if missed else 0)


def draw(arguments):
    """Draw the pictures of the documentation into a folder; keep nothing of what they show."""
    registry = load(arguments.database)
    with environment(registry) as env:
        from odoo.addons.hr_emulation.tools.assets import draw

        print(*draw.draw(env, arguments.addons), sep="\n")
        env.cr.rollback()


def main():
    parser = argparse.ArgumentParser()
    jobs = parser.add_subparsers(required=True)
    for job in (install, update, remove, describe, translate, bench, draw):
        parser_of_job = jobs.add_parser(job.__name__)
        parser_of_job.set_defaults(job=job)
        parser_of_job.add_argument("database")
        parser_of_job.add_argument("addons", nargs="+" if job is bench else None)
        parser_of_job.add_argument("--language")
        for flag in ("--demo", "--bundles", "--settle"):
            parser_of_job.add_argument(flag, action="store_true")
    arguments = parser.parse_args()
    arguments.job(arguments)


if __name__ == "__main__":
    main()
    logging.shutdown()
    odoo.sql_db.close_all()
