"""`./dev pictures`: draw the documents, certificates and public pages of the documentation again."""

from .. import processes
from ..console import say, step
from ..serving import demo_database
from ..workshop import opened


def draw_pictures(checkout, _options):
    """Draw docs/images/documents from the demo data."""
    with opened(checkout, browser=True) as shop:
        role = demo_database(shop)
        folder = checkout / "docs/images/documents"
        step("drawing")
        command = shop.command("inside/jobs", "draw", shop.databases.name(role), folder)
        say(processes.run(command, env=shop.environment(), timeout=600, what="drawing"))
