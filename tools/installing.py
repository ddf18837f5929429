"""`./dev check-install`: installed, removed and installed again; installed where there is nothing to print with."""

from .console import say, step
from .locks import exclusive
from .places import MODULE
from .workshop import LANGUAGE, opened

DEMO = ("--demo", "--settle", "--language", LANGUAGE)
ROLE = "check_install"


def check_install(checkout, options):
    """Install and remove the addon as an administrator does; each step must end well and leave nothing behind."""
    with opened(checkout) as shop, exclusive(shop.places.data / "check_install.lock"):
        try:
            check_removal(shop)
            check_without_printer(shop)
        finally:
            shop.databases.drop(ROLE)
    say("installed, removed and installed again; installed without anything to print with")
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


def fresh(shop):
    """Return the name of a new database without the addon."""
    shop.databases.copy(shop.template(demo=True), ROLE)
    return shop.databases.name(ROLE)
