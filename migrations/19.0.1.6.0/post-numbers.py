"""Names in the log the numbers that stand twice since an older version; lists of documents have a filter for them."""

import logging

from odoo import SUPERUSER_ID, api

_logger = logging.getLogger("odoo.addons.hr_emulation.migrations")


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for holders in env["emulation.decision"]._list_doubled().values():
        documents = [env[name].browse(id_) for name, id_ in holders]
        _logger.warning(
            "The number %s of %s stands twice (filter “Number given twice”): %s",
            documents[0]._get_document_number(),
            documents[0].issue_date.year,
            ", ".join(f"{document} {document.display_name}" for document in documents),
        )
