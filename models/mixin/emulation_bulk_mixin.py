from markupsafe import Markup
from odoo import api, models
from odoo.tools import SQL

from .labels import get_labels


class EmulationBulkMixin(models.AbstractModel):
    """Ten thousand records moved in as many statements as two.

    The ORM sends one statement for every hundred records it writes, and one for each of their tracking
    messages. These methods send one for all; whoever calls them has checked that it may be done.
    """

    _name = "emulation.bulk.mixin"
    _description = "Records moved by the thousand"

    @api.private
    def _store_rows(self, names, rows):
        """Store values that differ from record to record.

        :param names: stored fields of this model
        :param rows: [(id, value of the first name, …)]
        """
        if not rows:
            return
        self.flush_model()
        columns = SQL(", ").join(SQL("%s = data.%s", *[SQL.identifier(name)] * 2) for name in names)
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET write_uid = %s, write_date = %s, %s FROM unnest(%s) AS data(id, %s)"
                " WHERE %s.id = data.id AND (%s) IS DISTINCT FROM (%s)",
                SQL.identifier(self._table),
                self.env.uid,
                self.env.cr.now(),
                columns,
                self._get_arrays(names, rows),
                SQL(", ").join(map(SQL.identifier, names)),
                SQL.identifier(self._table),
                SQL(", ").join(SQL.identifier(self._table, name) for name in names),
                SQL(", ").join(SQL.identifier("data", name) for name in names),
            )
        )
        self._notify_stored(names)

    def _get_arrays(self, names, rows):
        """Return the rows as typed arrays, one a column."""
        types = [SQL("int"), *(SQL(self._fields[name].column_type[0]) for name in names)]
        columns = [
            [None if value is False else value for value in column] for column in zip(*rows, strict=True)
        ]
        return SQL(", ").join(
            SQL("%s::%s[]", column, kind) for column, kind in zip(columns, types, strict=True)
        )

    @api.private
    def _move_all(self, state, note=None, /, **values):
        """Bring all records to a state, with a line in each one's chatter as the ORM would write it.

        :param state: None leaves it as it is
        :param str note: a reason that stands in the same message
        :raises AccessError: as the ORM's ``write`` would
        """
        if not self:
            return
        self.check_access("write")
        self.flush_model()
        if state:
            self._log_state(state, note)
            values["state"] = state
        values = {"write_uid": self.env.uid, "write_date": self.env.cr.now(), **values}
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id IN %s",
                SQL.identifier(self._table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), None if value is False else value)
                    for name, value in values.items()
                ),
                tuple(self.ids),
            )
        )
        self._notify_stored(values)

    def _notify_stored(self, names):
        """Tell the ORM what changed behind its back."""
        self.invalidate_recordset(names, flush=False)
        self.modified(names)

    def _log_state(self, state, note=None):
        """Write the change of state into the chatters, two statements for all."""
        if "message_ids" not in self._fields:
            return
        user, subtype = self.env.user, self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        self.env["mail.message"].flush_model()
        messages = self.env.execute_query(
            SQL(
                """
                INSERT INTO mail_message
                    (model, res_id, message_type, subtype_id, author_id, email_from, is_internal, date,
                     message_id, body, create_uid, write_uid, create_date, write_date)
                SELECT %(model)s, id, 'notification', %(subtype)s, %(author)s, %(email)s, TRUE, %(now)s,
                       '<' || gen_random_uuid() || '-message-notify@' || current_database() || '>',
                       %(body)s, %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM %(table)s WHERE id IN %(ids)s
             RETURNING id, res_id
                """,
                model=self._name,
                subtype=subtype,
                body=str(Markup("<p>%s</p>") % note) if note else "",
                author=user.partner_id.id,
                email=user.email_formatted or None,
                now=self.env.cr.now(),
                uid=self.env.uid,
                table=SQL.identifier(self._table),
                ids=tuple(self.ids),
            )
        )
        self._log_values(messages, state)
        self.env["mail.message"].invalidate_model()
        self.invalidate_recordset(["message_ids"], flush=False)

    def _log_values(self, messages, state):
        """Say in each message what the state was and is, in the words of the user who moved it."""
        labels = get_labels(self, "state")
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mail_tracking_value
                    (mail_message_id, field_id, old_value_char, new_value_char,
                     create_uid, write_uid, create_date, write_date)
                SELECT m.id, %(field)s, l.label, %(new)s, %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM unnest(%(messages)s::int[], %(records)s::int[]) AS m(id, res_id)
                  JOIN %(table)s r ON r.id = m.res_id
                  JOIN unnest(%(states)s::text[], %(labels)s::text[]) AS l(state, label) ON l.state = r.state
                """,
                field=self.env["ir.model.fields"]._get(self._name, "state").id,
                new=labels[state],
                uid=self.env.uid,
                now=self.env.cr.now(),
                messages=[message for message, _record in messages],
                records=[record for _message, record in messages],
                table=SQL.identifier(self._table),
                states=list(labels),
                labels=list(labels.values()),
            )
        )
