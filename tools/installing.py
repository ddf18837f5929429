"""`./dev check-install`: installed, removed and installed again; where there is nothing to print with; as a wheel
beside a hundred others; updated.
"""

import io
import re
import shutil
import subprocess
import tarfile

from . import packages
from .console import Stop, say, step
from .locks import exclusive
from .places import MODULE
from .runner import OTHERS
from .runner.odoo_log import complaints
from .workshop import LANGUAGE, opened

DEMO = ("--demo", "--settle", "--language", LANGUAGE)
ROLE = "check_install"
FRESH = "check_install_fresh"
MARK = "is: "  # of a line of `describe`; the log has others
NUMBERED = re.compile(r"_idx\d+ ")
RELATION = re.compile(r"index CREATE (?:UNIQUE )?INDEX \w+ ON(?= \w+\.\w+_rel USING btree \(\w+, \w+\)$)")
# With what they bring they are more than a hundred.
MANY = (
    *OTHERS,
    *("hr_attendance", "hr_recruitment", "hr_timesheet", "hr_homeworking", "lunch", "event", "contacts"),
)
LOADED = re.compile(r" (\d+) modules loaded ")


def check_install(checkout, options):
    """Install and remove the addon as an administrator does; each step must end well and leave nothing behind."""
    with opened(checkout) as shop, exclusive(shop.places.data / "check_install.lock"):
        try:
            check_removal(shop)
            check_without_printer(shop)
            many = check_among_many(shop, checkout)
            for revision in options.revisions:
                check_update(shop, checkout, revision)
        finally:
            shop.databases.drop(ROLE, FRESH)
    say("installed, removed and installed again; installed without anything to print with")
    say(f"installed as a wheel beside {many} other modules: no warning")
    if options.revisions:
        say(f"updated from {', '.join(options.revisions)}: as if it were new")
    return 0


def check_removal(shop):
    """Install with demo data, remove, install again."""
    name = fresh(shop)
    for what, job, options in (
        ("installing the addon with demo data", "install", DEMO),
        ("removing it: nothing may be left", "remove", ()),
        ("installing it again with demo data", "install", DEMO),
    ):
        step(what)
        shop.job(f"{ROLE}-{job}.log", job, name, MODULE, *options, what=what)


def check_without_printer(shop):
    """Install with demo data where no wkhtmltopdf and no browser is found."""
    name = fresh(shop)
    what = "installing the addon with demo data and nothing to print with"
    step(what)
    path = str(shop.venv / "bin")
    shop.job(f"{ROLE}-printer.log", "install", name, MODULE, *DEMO, what=what, PATH=path)


def check_among_many(shop, checkout):
    """Install the wheel beside a hundred other modules; return beside how many.

    :raises Stop: a warning that they do not give without it
    """
    name = fresh(shop)
    what = "installing other modules"
    step(what)
    others = shop.job(f"{ROLE}-others.log", "install", name, ",".join(MANY), what=what).read_text()
    many = int(LOADED.findall(others)[-1])
    what = f"installing the wheel beside {many} other modules"
    step(what)
    beside = {"ODOO_RC": str(unpack_wheel(shop, checkout))}
    options = ("--language", LANGUAGE)
    log = shop.job(f"{ROLE}-wheel.log", "install", name, MODULE, *options, what=what, **beside)
    known = complaints(others)
    if ours := [complaint for complaint in complaints(log.read_text()) if complaint not in known]:
        raise Stop("\n".join([f"{what}, the log complains:", *map(str, ours), f"The whole log: {log}"]))
    return many


def unpack_wheel(shop, checkout):
    """Make the wheel and unpack it as pip does; return an Odoo configuration with it in our place."""
    made = shop.temporary / "wheel"
    packages.pip(shop.venv, "wheel", "-q", "--no-deps", "-w", made, checkout, what="making the wheel")
    shutil.unpack_archive(next(made.glob("*.whl")), made, "zip")
    return configured(shop, made / "odoo" / "addons")


def check_update(shop, checkout, revision):
    """Install an older version with demo data and update it: columns and rights must be those of a new database."""
    older = unpack(shop, checkout, revision)
    name = fresh(shop)
    what = f"installing {revision} with demo data"
    step(what)
    shop.job(f"{ROLE}-older.log", "install", name, MODULE, *DEMO, what=what, ODOO_RC=str(older))
    step("updating it")
    shop.job(f"{ROLE}-update.log", "update", name, MODULE, what="updating it")
    new = fresh(shop, FRESH)
    shop.job(f"{ROLE}-new.log", "install", new, MODULE, "--language", LANGUAGE, what="installing the addon")
    updated, expected = (
        shop.job(f"{ROLE}-{kind}.log", "describe", base, MODULE, what="reading it").read_text()
        for kind, base in (("updated", name), ("expected", new))
    )
    if differences := compare(updated, expected):
        raise Stop("\n".join([f"updated from {revision} it is not as if it were new:", *differences]))


def compare(updated, expected):
    """Return in what an updated database differs from a new one, as `describe` printed them.

    >>> compare("is: rule a\\nis: rule b\\n12:00 INFO read", "is: rule b\\nis: rule c\\n12:01 INFO read")
    ['left over: rule a', 'missing: rule c']

    Where shortened names of indexes meet, PostgreSQL numbers them as they come; the same index has another number then.

    >>> compare("is: index CREATE INDEX a_idx4 ON b", "is: index CREATE INDEX a_idx5 ON b")
    []
    """
    old, new = (
        {even(line.removeprefix(MARK)) for line in text.splitlines() if line.startswith(MARK)}
        for text in (updated, expected)
    )
    return sorted([f"left over: {line}" for line in old - new] + [f"missing: {line}" for line in new - old])


def even(line):
    """Return how something is described whatever chance decided: a number, or which side of a relation came first.

    A table of links is indexed both ways; the way of the model that is loaded first is its primary key.

    >>> one = "index CREATE UNIQUE INDEX a_rel_pkey ON public.a_rel USING btree (b_id, a_id)"
    >>> other = "index CREATE INDEX a_rel_b_id_a_id_idx ON public.a_rel USING btree (b_id, a_id)"
    >>> even(one) == even(other) == "index ON public.a_rel USING btree (b_id, a_id)"
    True
    """
    return RELATION.sub("index ON", NUMBERED.sub("_idx ", line))


def unpack(shop, checkout, revision):
    """Put a version of the history into a folder of its own; return an Odoo configuration with it in our place."""
    found = subprocess.run(
        ["git", "-C", str(checkout), "archive", revision], capture_output=True, check=False
    )
    if found.returncode:
        raise Stop(f"{revision} is not in the history of this checkout: {found.stderr.decode().strip()}")
    addons = shop.temporary / f"older-{len(list(shop.temporary.iterdir()))}"
    with tarfile.open(fileobj=io.BytesIO(found.stdout)) as archive:
        archive.extractall(addons / MODULE, filter="data")
    return configured(shop, addons)


def configured(shop, addons):
    """Return an Odoo configuration with a folder of addons in the place of this checkout."""
    path = addons / "odoo.conf"
    text = shop.configuration().read_text()
    path.touch(mode=0o600)
    path.write_text(text.replace(str(shop.places.addons), str(addons)))
    return path


def fresh(shop, role=ROLE):
    """Return the name of a new database without the addon."""
    shop.databases.copy(shop.template(demo=True), role)
    return shop.databases.name(role)
