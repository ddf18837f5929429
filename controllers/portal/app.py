from odoo import http
from odoo.http import request
from odoo.tools import file_open

from .gate import PUBLIC_PAGE

START = "/my/emulation"
WORKER = "hr_emulation/static/src/portal/worker.js"
ICONS = "/hr_emulation/static/description"


class App(http.Controller):
    """The portal as an app of the phone: how it is installed, and what it reads without a connection."""

    @http.route(f"{START}/manifest.webmanifest", **PUBLIC_PAGE, save_session=False)
    def manifest(self, **_query):
        lang = request.env.lang or "en_US"
        content = {
            "id": START,
            "name": request.env._("Emulation and commendation"),
            "short_name": request.env._("Emulation"),
            "lang": lang.replace("_", "-"),
            "start_url": START,
            "scope": START,
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#9c1c1c",
            "icons": [
                {"src": f"{ICONS}/icon.svg", "sizes": "any", "type": "image/svg+xml"},
                {"src": f"{ICONS}/icon.png", "sizes": "128x128", "type": "image/png"},
            ],
        }
        response = request.make_json_response(content)
        response.headers["Content-Type"] = "application/manifest+json; charset=utf-8"
        return response

    @http.route(f"{START}/worker.js", **PUBLIC_PAGE, save_session=False)
    def worker(self, **_query):
        with file_open(WORKER) as file:
            content = file.read()
        headers = [
            ("Content-Type", "text/javascript; charset=utf-8"),
            ("Service-Worker-Allowed", START),
            ("Cache-Control", "no-cache"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(content, headers=headers)
