"""A unit and its superior, two companies whose officers see nothing of each other, with keys and an award in common."""

import json

from odoo.fields import Command
from odoo.tests import new_test_user

from ...models.commendation import handing_in
from ...office import exchange_file
from ...printing import signing
from .common import give_rule
from .document_common import DocumentCommon


class ExchangeCommon(DocumentCommon):
    """``self.unit_env`` and ``self.superior_env`` are the officers'; each agency trusts the other's key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.superior_award = cls.new_document_award("Bằng khen tỉnh thử", "BKTINHTHU", 1.5, company_id=False)
        rule = {"needs_endorsement": False, "needs_council": False, "coefficient_individual": 1.5}
        give_rule(cls.superior_award, cls.other_company, **rule)
        cls.superior_signer = cls.new_employee("Lê Chủ Tịch", cls.foreign_unit)
        cls.superior_admin = new_test_user(
            cls.env,
            "superior_admin",
            groups="hr_emulation.group_emulation_admin",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )
        cls.unit_env = cls.get_env(cls.user_officer)
        cls.superior_env = cls.get_env(cls.user_foreign_officer)
        cls.superior_known = cls.trust(cls.user_officer, cls.user_admin, cls.other_company)
        cls.unit_known = cls.trust(cls.user_foreign_officer, cls.superior_admin, cls.company)

    @classmethod
    def get_env(cls, user):
        return cls.env(user=user, context={"allowed_company_ids": user.company_ids.ids})

    @classmethod
    def get_key(cls, company):
        return cls.env["emulation.signing.key"]._get_current(company)

    @classmethod
    def enter_key(cls, user, company):
        """Enter the key of a company at the agency of a user, not yet confirmed."""
        key = cls.get_key(company)
        values = {"agency": key.agency, "public_key": key.public_key}
        return cls.get_env(user)["emulation.agency.key"].create(values)

    @classmethod
    def trust(cls, user, admin, company):
        known = cls.enter_key(user, company)
        known.with_env(cls.get_env(admin)).action_confirm()
        return known

    # ------------------------------------------------------------------
    # The unit
    # ------------------------------------------------------------------

    @classmethod
    def new_proposals(cls, people):
        """Return appraised proposals of employees of the unit for the superior's award."""
        records = cls.env["emulation.commendation"].create(
            [
                cls.prepare_commendation(person, award=cls.superior_award, summary="Thành tích xuất sắc")
                for person in people
            ]
        )
        handing_in.freeze_names(records)
        records._write_protected({"state": "appraised", "finding_state": "met"})
        return records

    @classmethod
    def send(cls, proposals):
        """Return a sent submission of these proposals, to go to the superior by file."""
        action = cls.put_on("submission", proposals.with_env(cls.unit_env))
        submission = cls.unit_env["emulation.submission"].browse(action["res_id"])
        submission.write(
            {
                "addressee": "Chủ tịch UBND tỉnh",
                "signer_id": cls.signer.id,
                "exchange_key_id": cls.superior_known.id,
            }
        )
        submission.action_send()
        return submission

    # ------------------------------------------------------------------
    # The superior
    # ------------------------------------------------------------------

    @classmethod
    def take(cls, env, text):
        """Take a file in; return the submission it is about."""
        taken = env["emulation.exchange"].receive(text)
        return env[taken["model"]].browse(taken["id"])

    @classmethod
    def decide(cls, drafts):
        """Grant drafts by an issued decision of the superior."""
        drafts.action_submit()
        drafts.action_appraise()
        decision = cls.superior_env["emulation.decision"].create(
            {
                "abstract": "Về việc khen thưởng",
                "signer_id": cls.superior_signer.id,
                "symbol": "QĐ-UBND",
                "article_ids": [Command.create({"content": "Tặng Bằng khen."})],
            }
        )
        decision._do_add(drafts)
        decision._do_issue()
        return decision

    # ------------------------------------------------------------------
    # Forgery
    # ------------------------------------------------------------------

    @classmethod
    def read(cls, text):
        """Return the content of a file."""
        return json.loads(json.loads(text)["content"])

    @classmethod
    def seal(cls, company, content):
        """Return a file with any content, signed by a company's real key."""
        key = cls.get_key(company)
        text = json.dumps(content, ensure_ascii=False)
        signature = signing.sign_exchange(text, key._get_private_key())
        return exchange_file.write(exchange_file.Envelope(key.agency, key.public_key, text, signature))
