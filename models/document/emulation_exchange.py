from dataclasses import dataclass
from typing import Any

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...office import exchange_file
from ...office.problems import OfficeError
from ...printing import signing
from ..mixin.actions import download
from ..mixin.emulation_role_mixin import OFFICER_GROUP
from ..mixin.file_names import name_file
from ..mixin.office_error import explain
from ..mixin.refusals import OFFICERS_ONLY

TAKERS = {"submission": "emulation.received.submission", "answer": "emulation.submission"}


@dataclass(frozen=True)
class Paper:
    """A file that was opened and believed.

    :param data: the file, as it came
    :param text: what is signed
    :param content: what it says, as the schema has it
    :param company: the agency it is for
    :param sender: the ``emulation.agency.key`` it is signed with
    """

    data: bytes
    text: str
    content: dict[str, Any]
    company: Any
    sender: Any


class EmulationExchange(models.AbstractModel):
    """The one door for files signed by agencies, in and out (docs/exchange.md)."""

    _name = "emulation.exchange"
    _description = "Signed files exchanged with other agencies"

    # ------------------------------------------------------------------
    # In
    # ------------------------------------------------------------------

    @api.model
    def receive(self, content):
        """Take in a signed file, once: a unit's submission, or the superior's answer to one's own.

        :param str content: the file
        :return: ``{"model", "id", "name", "is_new", "warnings"}`` of the submission; the warnings are texts that the
            dialog shows before it is taken
        :raises AccessError: the user is no officer
        :raises UserError: the file is refused; why, in words
        """
        if not self.env.user.has_group(OFFICER_GROUP):
            raise AccessError(self.env._(OFFICERS_ONLY))
        paper = self._open(content.encode("utf-8", "replace") if isinstance(content, str) else b"")
        taker = self.env[TAKERS[paper.content["kind"]]].with_company(paper.company)
        warnings = taker._get_warnings(paper)
        record, is_new = taker._take(paper)
        return {
            "model": record._name,
            "id": record.id,
            "name": record.display_name,
            "is_new": is_new,
            "warnings": warnings if is_new else [],
        }

    @api.model
    @api.private
    def _open(self, data):
        """Return the ``Paper`` of a file: unchanged since it was signed, for an agency of the user, by one it trusts.

        :raises UserError: it is not
        """
        envelope, content = self._read(data)
        company = self._get_addressee(content)
        key = signing.PublicKey(envelope.key, envelope.agency)
        sender = self.env["emulation.agency.key"]._get_trusted(key, company)
        return Paper(data, envelope.content, content, company, sender)

    def _read(self, data):
        """Return envelope and content of a file that fits its own signature."""
        try:
            envelope = exchange_file.read(data)
            if not signing.is_exchange_signed(envelope.content, envelope.signature, envelope.key):
                raise UserError(self.env._("The file was changed after it was signed."))
            return envelope, exchange_file.read_content(envelope.content)
        except OfficeError as error:
            raise UserError(explain(self.env, error)) from error

    def _get_addressee(self, content):
        """Return the agency a file is for, one of those the user works for."""
        if content["kind"] not in TAKERS:
            raise UserError(
                self.env._("A decision by itself is for reading; import the answer to the submission.")
            )
        key = self.env["emulation.signing.key"]._find_by_name(content["to"])
        company = self.env.companies.filtered(lambda company: company.id == key.company_id.id)
        if not company:
            raise UserError(self.env._("This file is for another agency."))
        return company

    @api.model
    @api.private
    def _note_key(self, data):
        """Enter the key of a file, for an administrator to confirm; returns its entry.

        :raises UserError: the file is damaged or for another agency
        """
        envelope, content = self._read(data)
        company = self._get_addressee(content)
        entries, key = self.env["emulation.agency.key"], signing.PublicKey(envelope.key, envelope.agency)
        known = entries.search([("company_id", "=", company.id), ("key_id", "=", key.name)])
        values = {"company_id": company.id, "agency": key.agency, "public_key": key.public}
        return known or entries.create(values)

    # ------------------------------------------------------------------
    # Out
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _seal(self, content, company):
        """Return the file with this content, signed by the agency's present key.

        :raises UserError: this database is a copy, or the content is not possible in a file
        """
        key = self.env["emulation.signing.key"]._get_current(company)
        try:
            text = exchange_file.write_content(content)
            signature = signing.sign_exchange(text, key._get_private_key())
            return exchange_file.write(exchange_file.Envelope(key.agency, key.public_key, text, signature))
        except OfficeError as error:
            raise UserError(explain(self.env, error)) from error

    @api.model
    @api.private
    def _keep(self, record, name, data):
        """Keep a file with the record it is about; returns the attachment."""
        return self.env["ir.attachment"].create(
            {
                "name": f"{name_file(name)}.json",
                "raw": data,
                "mimetype": "application/json",
                "res_model": record._name,
                "res_id": record.id,
            }
        )

    @api.model
    @api.private
    def _offer(self, record, name, text):
        """Keep a file with the record it was made of, and let the user download it."""
        return download(self._keep(record, name, text.encode()))
