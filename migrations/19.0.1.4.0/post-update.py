"""Jobs go by the day in Viet Nam from now on, not by UTC's: until 7 in the morning that was yesterday."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE ir_act_server action
           SET code = regexp_replace(action.code, '^model\\.(with_context\\(lang=''vi_VN''\\)\\.)?(_\\w+\\(\\))$',
                                     'model.\\1with_context(tz=''Asia/Ho_Chi_Minh'').\\2')
          FROM ir_cron cron JOIN ir_model_data data ON data.model = 'ir.cron' AND data.res_id = cron.id
         WHERE action.id = cron.ir_actions_server_id AND data.module = 'hr_emulation'
        """
    )
