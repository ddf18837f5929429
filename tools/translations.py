"""`./dev i18n`: the addon's terms and their Vietnamese, written into i18n/."""

from . import processes
from .console import say, step
from .locks import exclusive
from .places import MODULE, addon_digest
from .workshop import LANGUAGE, opened


def refresh(checkout, options):
    """Export the terms in place; translations are kept; print what is left to translate."""
    with opened(checkout) as shop, exclusive(shop.places.data / "i18n.lock"):
        databases = shop.databases
        template = shop.template(demo=False)
        stamp = f"{template} {addon_digest(checkout)}"
        if databases.note("prepared") == stamp:
            databases.copy("prepared", "i18n")
        else:
            step("installing the addon")
            databases.copy(template, "i18n")
            shop.job(
                "i18n.log",
                "install",
                databases.name("i18n"),
                MODULE,
                "--language",
                LANGUAGE,
                what="installing the addon",
            )
        command = shop.command("inside/jobs", "translate", databases.name("i18n"), MODULE)
        log = shop.places.logs / "i18n.log"
        said = processes.run(
            command, env=shop.environment(ODOO_LOGFILE=str(log)), timeout=600, what="the export"
        )
        databases.drop("i18n")
        say(said.strip() or "every term is translated")
        return 1 if said.strip() else 0
