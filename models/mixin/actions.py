"""Actions of the web client that many buttons return."""


def open_form(record):
    """Return the action that opens one record."""
    return {
        "type": "ir.actions.act_window",
        "res_model": record._name,
        "res_id": record.id,
        "view_mode": "form",
        "views": [(False, "form")],
    }


def download(attachment):
    """Return the action that downloads a stored file."""
    return {
        "type": "ir.actions.act_url",
        "url": f"/web/content/{attachment.id}?download=true",
        "target": "self",
    }


# The name stands last: whoever collects the terms takes each text in a pair of brackets after ``_(…)`` for one, too.
def open_list(model, domain, name):
    """Return the action that lists records of a model."""
    return {
        "type": "ir.actions.act_window",
        "name": name,
        "res_model": model,
        "view_mode": "list,form",
        "domain": domain,
    }


def open_dialog(model, context, name):
    """Return the action that opens a new record of a model as a dialog."""
    return {
        "type": "ir.actions.act_window",
        "name": name,
        "res_model": model,
        "view_mode": "form",
        "views": [(False, "form")],
        "target": "new",
        "context": context,
    }
