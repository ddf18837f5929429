"""`./dev pictures`: draw the documents, certificates, public pages and screens of the documentation again."""

from .. import ports, processes
from ..console import say, step
from ..serving import demo_database, served
from ..workshop import opened


def draw_pictures(checkout, _options):
    """Draw docs/images/documents and docs/images/screens from the demo data."""
    images = checkout / "docs/images"
    with opened(checkout, browser=True) as shop:
        role = demo_database(shop)
        step("drawing documents")
        command = shop.command("inside/jobs", "draw", shop.databases.name(role), images / "documents")
        say(processes.run(command, env=shop.environment(), timeout=600, what="drawing"))
        photograph(shop, role, images / "screens")


def photograph(shop, role, folder):
    """Serve the demo data and photograph its screens."""
    step("photographing screens")
    port = ports.find(ports.first(shop.places.key))
    with served(shop, role, port, workers=0, log=shop.places.logs / "pictures.log"):
        command = shop.command("inside/screens", port, folder)
        say(processes.run(command, env=shop.environment(), timeout=900, what="photographing"))
