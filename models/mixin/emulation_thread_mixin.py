from markupsafe import Markup, escape
from odoo import api, models
from odoo.exceptions import AccessError

# Whom a client could name instead of itself, and what only the program says: when it was, and what changed.
FORGED = (
    *("author_id", "author_guest_id", "email_from", "reply_to"),
    *("date", "create_date", "tracking_value_ids", "message_id"),
)
# The identity of this object says that a message comes through its record: no RPC call can carry it.
THREAD = object()


class EmulationThreadMixin(models.AbstractModel):
    """A record people talk about, each in their own name."""

    _name = "emulation.thread.mixin"
    _inherit = ["mail.thread"]
    _description = "Record people talk about"
    _mail_post_access = "read"

    def message_post(self, **kwargs):
        """Post as the current user, whatever author a client names; a mail speaks for nobody, it is quoted."""
        if kwargs.get("message_type") == "email":
            kwargs = self._quote_mail(kwargs)
        return super().message_post(**self._in_own_name(kwargs))

    def message_notify(self, **kwargs):
        """Notify as the current user, of a record the user may read."""
        self.check_access("read")
        return super().message_notify(**self._in_own_name(kwargs))

    def message_mail_with_source(self, source_ref, **kwargs):
        return super().message_mail_with_source(source_ref, **self._in_own_name(kwargs))

    def message_post_with_source(self, source_ref, **kwargs):
        return super().message_post_with_source(source_ref, **self._in_own_name(kwargs))

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Refuse: what is sent by mail becomes no record, for nobody knows who sent it.

        :raises AccessError: always
        """
        raise AccessError(self.env._("Records of emulation and commendation are not made by mail."))

    def message_update(self, msg_dict, update_vals=None):
        """Change nothing by mail."""
        return super().message_update(msg_dict)

    def _notify_thread_by_email(self, message, recipients_data, **kwargs):
        """Send no mail out of a copy of the database: people would take it for real."""
        if self.env["emulation.installation"]._is_copy():
            return True
        return super()._notify_thread_by_email(message, recipients_data, **kwargs)

    def _creation_message(self):
        """Return what the history of a record begins with: in Vietnamese where the server itself made it."""
        told = self if self.env.context.get("lang") else self.with_context(lang="vi_VN")
        return told.env._("Created in the system.")

    def _message_create(self, values_list):
        """Make the messages; nobody makes one about a record any other way (``mail.message``)."""
        return super(EmulationThreadMixin, self.with_context(emulation_thread=THREAD))._message_create(
            values_list
        )

    def _check_can_update_message_content(self, messages):
        """Let only its author correct a comment.

        :raises AccessError: somebody else's
        """
        if any(message.author_id != self.env.user.partner_id for message in messages):
            raise AccessError(self.env._("Only who wrote a comment corrects it."))
        return super()._check_can_update_message_content(messages)

    def _tell(self, partners, url, write):
        """Send each of the partners one message with a link, in the own language.

        :param str url: where the link leads
        :param write: returns ``(subject, sentence, words of the link)`` of the record it is given, in its language
        """
        for lang, readers in partners.grouped("lang").items():
            told = self.with_context(lang=lang)
            subject, sentence, link = write(told)
            body = Markup('<p>%s</p><p><a href="%s">%s</a></p>') % (sentence, url, link)
            told.message_notify(partner_ids=readers.ids, subject=subject, body=body)

    def _in_own_name(self, kwargs):
        if self.env.su:
            return kwargs
        return {name: value for name, value in kwargs.items() if name not in FORGED}

    def _quote_mail(self, kwargs):
        """Return a mail as a note in the agency's own name: the address of a sender is easily forged."""
        sender, body = kwargs.get("email_from") or "?", kwargs.get("body") or ""
        said = self.env._("By mail, the sender is not checked: %(address)s", address=sender)
        rest = {name: value for name, value in kwargs.items() if name not in FORGED}
        author = self.env.ref("base.partner_root").id
        return {**rest, "author_id": author, "body": Markup("<p>%s</p>%s") % (escape(said), body)}
