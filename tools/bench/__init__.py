"""`./dev bench`: how far the addon is from the floor."""

import ast
from pathlib import Path

from .. import processes
from ..console import Stop, step
from ..locks import exclusive
from ..places import MODULE
from ..workshop import LANGUAGE, opened

HERE = Path(__file__).parent


def bench(checkout, options):
    """Run the benchmarks one by one on a database of their own; return 1 if a goal is missed."""
    files = sorted(HERE.glob("bench_*.py"))
    if options.names:
        files = [file for file in files if any(name in file.stem for name in options.names)]
    if not files:
        raise Stop("no such benchmark: tools/bench/bench_*.py")
    with opened(checkout) as shop, exclusive(shop.places.data / "bench.lock"):
        step("installing the addon without demo data")
        shop.databases.copy(shop.template(demo=False), "bench")
        name = shop.databases.name("bench")
        if shop.server.sql("select 1 from pg_available_extensions where name = 'pg_trgm'"):
            # As Odoo does with each database it makes itself.
            shop.server.sql("create extension if not exists pg_trgm", database=name)
        addons = ",".join([MODULE, *sorted({addon for file in files for addon in needs(file.read_text())})])
        shop.job(
            "bench-install.log", "install", name, addons, "--language", LANGUAGE, what="installing the addon"
        )
        launcher = shop.command("inside/launch")[-1]
        environment = shop.environment(
            ODOO_LOGFILE=str(shop.places.logs / "bench.log"), HR_EMULATION_LAUNCHER=str(launcher)
        )
        process = processes.start(shop.command("inside/jobs", "bench", name, *files), env=environment)
        status = process.wait()
        processes.end(process)
        shop.databases.drop("bench")
        return status


def needs(source):
    """Return the addons a benchmark needs besides this one: its list `NEEDS`.

    >>> needs('NEEDS = ["survey"]'), needs("COUNT = 1")
    (['survey'], [])
    """
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "NEEDS":
            return ast.literal_eval(statement.value)
    return []
