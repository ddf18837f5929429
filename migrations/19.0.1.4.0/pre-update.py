"""Rights are updated from now on, as are the texts that users may change: what they changed is kept field by field."""


def migrate(cr, version):
    cr.execute(
        "UPDATE ir_model_data SET noupdate = FALSE WHERE module = 'hr_emulation'"
        " AND model IN ('ir.rule', 'mail.template', 'emulation.absence.type', 'emulation.legal.document',"
        " 'emulation.decision.template', 'emulation.decision.article')"
    )
