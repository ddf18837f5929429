"""What is stored becomes as this version keeps it."""


def migrate(cr, version):
    _go_by_the_day_in_viet_nam(cr)
    _keep_used_funds(cr)
    _say_which_figures_are_given(cr)


def _go_by_the_day_in_viet_nam(cr):
    """Jobs went by UTC's day: until 7 in the morning that was yesterday."""
    cr.execute(
        """
        UPDATE ir_act_server action
           SET code = regexp_replace(action.code, '^model\\.(with_context\\(lang=''vi_VN''\\)\\.)?(_\\w+\\(\\))$',
                                     'model.\\1with_context(tz=''Asia/Ho_Chi_Minh'').\\2')
          FROM ir_cron cron JOIN ir_model_data data ON data.model = 'ir.cron' AND data.res_id = cron.id
         WHERE action.id = cron.ir_actions_server_id AND data.module = 'hr_emulation'
        """
    )


def _keep_used_funds(cr):
    """A fund that money went through is not deleted, whatever becomes of the entries."""
    cr.execute(
        """
        UPDATE emulation_fund fund
           SET is_used = TRUE
          FROM emulation_fund_line line
         WHERE line.fund_id = fund.id AND line.is_planned IS NOT TRUE
        """
    )


def _say_which_figures_are_given(cr):
    """A figure of 0 in a report that was handed in was given; in one that is still owed nobody typed it."""
    cr.execute(
        """
        UPDATE emulation_unit_report_line line
           SET is_given = TRUE
          FROM emulation_unit_report report
         WHERE report.id = line.report_id AND line.answer = 'number'
           AND (line.figure <> 0 OR line.target_id IS NOT NULL OR report.state <> 'owed')
        """
    )
