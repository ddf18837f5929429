"""What has to be done beside what Odoo does by itself when the addon is removed."""

# Records of Odoo's own models about ours, which Odoo would leave: the field that names the model, or the code.
LEFT = {
    "ir.sequence": "code",
    "ir.filters": "model_id",
    "ir.exports": "resource",
}


def uninstall_hook(env):
    """Take along what only this addon uses: to-dos, numbers, parameters, favourites, lists of fields to export.

    The private keys outside the database stay: who still has certificates may need them.
    """
    env = env(context={**env.context, "active_test": False})
    kinds = env["ir.model.data"].search(
        [("module", "=", "hr_emulation"), ("model", "=", "mail.activity.type")]
    )
    about_us = [
        "|",
        ("activity_type_id", "in", kinds.mapped("res_id")),
        ("res_model", "=like", "emulation.%"),
    ]
    env["mail.activity"].search(about_us).unlink()
    for model, name in LEFT.items():
        env[model].search([(name, "=like", "emulation.%")]).unlink()
    env["ir.config_parameter"].search([("key", "=like", "hr_emulation.%")]).unlink()
    # Names that Odoo's mail gives to the choices of a field of ours and forgets.
    env["ir.model.data"].search(
        [("module", "=", "mail"), ("name", "=like", "selection__emulation_%")]
    ).unlink()
