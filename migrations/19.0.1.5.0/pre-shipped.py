"""Layouts of certificates, base salaries, deadlines and statistical forms are updated where nobody changed them."""


def migrate(cr, version):
    cr.execute(
        "UPDATE ir_model_data SET noupdate = FALSE WHERE module = 'hr_emulation'"
        " AND model IN ('emulation.certificate.template', 'emulation.certificate.field', 'emulation.base.salary',"
        " 'emulation.deadline.rule', 'emulation.statistic.form', 'emulation.statistic.line')"
    )
