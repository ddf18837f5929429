"""The command line of `./dev`."""

import argparse
import os
import sys

from . import processes, reasons
from .console import Stop, complain

EPILOGUE = """\
variables:
  ODOO_HOME       use this Odoo 19.0 (source checkout or installed package) instead of fetching one
  DATABASE_URL    use this PostgreSQL, not a private one: postgresql://user:password@host:port/database
  PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE   the same, as for psql
  PGBIN           folder of the PostgreSQL server programs to run the private server with
  XDG_CACHE_HOME, XDG_DATA_HOME   where downloads, and what belongs to this checkout, are kept
"""


def parser():
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="./dev",
        description="Run, test and check this addon in an Odoo 19 of its own, outside the checkout.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser(
        "run", help="serve a database with the demo data; prints the URL and the logins"
    )
    run.add_argument(
        "--workers", type=int, default=0, metavar="N", help="worker processes (default: threads)"
    )
    run.add_argument(
        "--port",
        type=int,
        metavar="P",
        help="port on 127.0.0.1 (default: one derived from the checkout's path)",
    )
    run.add_argument("--fresh", action="store_true", help="start from a new database")
    test = commands.add_parser("test", help="run all tests, or those asked for")
    test.add_argument(
        "tags",
        nargs="*",
        metavar="TAGS",
        help="Odoo's test tags, or Class, or Class.method; `plain`: only the tests without Odoo; "
        "`emulation_demo`: only those on demo data",
    )
    test.add_argument("--python", metavar="3.X", help="run them with another Python this machine has")
    test.add_argument(
        "--note-durations", action="store_true", help="write tools/runner/durations.json, for balance"
    )
    lint = commands.add_parser("lint", help="check style, mistakes and translations")
    lint.add_argument("--fix", action="store_true", help="format and mend what can be mended")
    audit = commands.add_parser("audit", help="look up known weaknesses of the pinned Python packages")
    audit.add_argument(
        "--service", choices=("pypi", "osv"), default="pypi", help="whom to ask (default: %(default)s)"
    )
    commands.add_parser("shell", help="Odoo's shell on the demo database")
    commands.add_parser("i18n", help="refresh i18n/hr_emulation.pot and vi.po")
    bench = commands.add_parser("bench", help="run tools/bench/bench_*.py and compare with their floors")
    bench.add_argument("names", nargs="*", metavar="NAME", help="only these (default: all)")
    commands.add_parser("pictures", help="draw docs/images/documents and screens again, out of the demo data")
    changelog = commands.add_parser(
        "changelog", help="show what changes/ says; with a version write CHANGELOG.md"
    )
    changelog.add_argument(
        "version", nargs="?", metavar="VERSION", help="the version to be released, as 19.0.1.2.0"
    )
    check_install = commands.add_parser(
        "check-install",
        help="install, remove and install again; install without anything to print with, and the wheel beside a "
        "hundred other modules; update older versions",
    )
    check_install.add_argument(
        "--from",
        dest="revisions",
        action="append",
        default=[],
        metavar="REVISION",
        help="also install this version of the history and update it, as HEAD~60; may be repeated",
    )
    commands.add_parser("stop", help="end what runs for this checkout")
    clean = commands.add_parser(
        "clean", help="remove what was made for this checkout: databases, files, logs"
    )
    clean.add_argument("--all", action="store_true", help="also the downloads shared with other checkouts")
    return top


def main(checkout):
    """Carry out the command line; return the exit status."""
    options = parser().parse_args()
    processes.on_signals()
    os.umask(0o077)
    try:
        return action(options.command)(checkout, options) or 0
    except (Exception, KeyboardInterrupt) as error:
        return conclude(first(error))
    finally:
        processes.end_all()


def first(error):
    """Return the error that came first: one of the cleaning up that followed must not hide it.

    Whoever interrupts may do so while another error is being handled; that one is not looked at.
    """
    while error.__context__ is not None and not (
        error.__suppress_context__ or isinstance(error, KeyboardInterrupt)
    ):
        error = error.__context__
    return error


def conclude(error):
    """Tell the person why the command ends; return the exit status."""
    if isinstance(error, Stop):
        complain(f"\n{error.message}")
        return error.code
    if isinstance(error, KeyboardInterrupt):
        complain("\ninterrupted: nothing is left running; the next command goes on from here")
        return 130
    if isinstance(error, BrokenPipeError):  # whoever read our output is gone, as in `./dev test | head`
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 (until the end)
        return 141
    if isinstance(error, OSError) and reasons.find(str(error)):
        complain(f"\n{reasons.stop(error.filename or 'writing a file', str(error)).message}")
        return 3
    raise error


def action(command):
    """Return the function behind a command."""
    from . import (
        assets,
        audit,
        bench,
        changelog,
        installing,
        lint,
        runner,
        serving,
        tidying,
        translations,
    )

    return {
        "run": serving.run,
        "shell": serving.shell,
        "test": runner.test,
        "lint": lint.lint,
        "audit": audit.audit,
        "i18n": translations.refresh,
        "bench": bench.bench,
        "pictures": assets.draw_pictures,
        "changelog": changelog.changelog,
        "check-install": installing.check_install,
        "stop": tidying.stop,
        "clean": tidying.clean,
    }[command]
