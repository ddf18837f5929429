"""What a superior's answer says of each line of one's own submission, compared with what was asked."""

from odoo import fields
from odoo.exceptions import UserError

from ...engine import wording
from ...engine.vietnamese import name_key, short_date
from ...office.awards import award_key
from ...printing import signing
from ..rulebook.award_names import AwardNames


class AnswerReader:
    """Compares an answer with the submission it is to.

    :param submission: ``emulation.submission``, one
    :param dict content: of a file of kind ``answer``
    """

    def __init__(self, submission, content):
        self.env = submission.env
        self.content = content
        self.submission = submission
        self.lines = {line.id: line for line in submission.line_ids}
        self.printed = submission.line_ids.commendation_id._get_printed_awards()
        self.rules = self.env["emulation.award.rule"]._get_of(submission.line_ids.commendation_id)
        self.names = AwardNames(self.env, submission.company_id)
        self.wordings, self.revoked = {}, {}
        keys = (signing.PublicKey(one["key"], one["agency"]) for one in content["keys"])
        self.keys = {key.name: key for key in keys}

    def compare(self):
        """Return ``({line: values}, [problem])``: what may be recorded, and why the rest may not.

        What an award is called in the file is in ``wordings`` then, of lines where it is not what was asked for; in
        ``revoked`` is by what those were taken back that may be revoked here too.

        :raises UserError: the file speaks of a line the submission does not have, or twice of one
        """
        said, seen, problems = {}, set(), []
        for number, values, granted in self._iter_lines():
            line = self.lines.get(number)
            if not line or line in seen:
                raise UserError(self.env._("The file speaks of lines that this submission does not have."))
            seen.add(line)
            problem = granted and self._find_problem(line, *granted)
            problem = problem or self._find_other_answer(line, values)
            if problem := problem or self._find_no_revocation(line, granted):
                problems.append(f"{line.commendation_id.display_name}: {problem}")
            else:
                said[line] = values
                self._note(line, granted)
        for line, reason in self._find_hindrances(said).items():
            del said[line]
            self.revoked.pop(line, None)
            problems.append(f"{line.commendation_id.display_name}: {reason}")
        return said, problems

    def get_notes(self, lines):
        """Return what the award is called in the file, for each of these lines where that is not what was asked for."""
        return [
            self.env._(
                "%(proposal)s: in the file its award is called %(award)s.",
                proposal=line.commendation_id.display_name,
                award=self.wordings[line],
            )
            for line in lines
            if line in self.wordings
        ]

    def _find_hindrances(self, said):
        """Return {line: why its proposal can no longer take the answer}: it ended here by another way, for one.

        The others shall not wait for it.
        """
        todo = [line for line in said if not line.is_recorded]
        granted = self._get_proposals(line for line in todo if said[line]["answer"] == "granted")
        refused = self._get_proposals(line for line in todo if said[line]["answer"] == "refused")
        step = refused._get_verb("reject")
        open_or_done = (*step.source, step.target)
        ended = refused.filtered(lambda record: record.state not in open_or_done)
        reasons = granted._get_refused("grant") | {one.id: one._get_wrong_state_text() for one in ended}
        return {line: reasons[line.commendation_id.id] for line in todo if line.commendation_id.id in reasons}

    def _get_proposals(self, lines):
        return self.env["emulation.commendation"].union(*(line.commendation_id for line in lines))

    def _iter_lines(self):
        """Yield (number of the line, values, what was granted) for each line of the answer.

        What was granted are the decision and its line, as the file has them; None where it was refused.
        """
        for decided in self.content["decisions"]:
            for granted in decided["lines"]:
                yield granted.get("line"), _prepare_granted(decided, granted), (decided, granted)
        for refused in self.content["refused"]:
            yield refused["line"], {"answer": "refused", "refusal_reason": refused["reason"]}, None

    def _find_problem(self, line, decided, granted):
        """Return why what was granted is not what was asked, or its certificate not genuine; None where all is well."""
        proposal = line.commendation_id
        if not self._is_award(proposal, granted["award"], decided):
            return self.env._("another award was granted: %(name)s (%(code)s).", **granted["award"])
        if name_key(granted["name"]) != name_key(proposal._get_recipient_name()):
            return self.env._("it is granted under another name: %(name)s.", name=granted["name"])
        if problem := self._find_wrong_day(decided):
            return problem
        if "certificate" in granted and not self._is_genuine(granted["certificate"], decided, granted):
            return self.env._("the code of its certificate does not say the same.")
        return None

    def _find_wrong_day(self, decided, earliest=None):
        """Return why it cannot have been decided on the day the file says; None where it can.

        :param earliest: of a revocation, the day it was granted
        """
        day = fields.Date.to_date(decided["date"])
        if day > fields.Date.context_today(self.submission):
            return self.env._("its decision is of a day to come: %(day)s.", day=short_date(day))
        if earliest and day < earliest:
            return self.env._("it was revoked before it was granted: %(day)s.", day=short_date(day))
        if day < self.submission.issue_date:
            return self.env._("its decision is older than the submission: %(day)s.", day=short_date(day))
        return None

    def _is_award(self, proposal, said, decided):
        """Return whether what was granted is what was asked for, by its code and by its name.

        Codes of an agency's own catalogue are nobody else's; those of the law's awards are everybody's.
        """
        award, shared = proposal.award_id, self.names.by_code.get(said["code"])
        if shared and shared.is_official and shared != award:
            return False
        names = map(award_key, (self.printed[proposal], award._get_vietnamese_name()))
        if award_key(said["name"]) in names:
            return True
        return bool(award.is_official and shared) and self.names.is_named(
            award, said["name"], self._get_paper_names(proposal, decided)
        )

    def _get_paper_names(self, proposal, decided):
        """Return what the award may be called by who gives it: the one that was asked, else whoever decided."""
        asked = self.printed[proposal]
        pattern = self.rules[proposal].printed_name or ""
        if "{agency}" not in pattern or not self.names.is_general(proposal.award_id, asked):
            return [asked]
        givers = (decided["issuer"], self.submission.exchange_key_id.agency)
        return [wording.printed_name(pattern, "", giver) for giver in givers]

    def _note(self, line, granted):
        """Keep what the award is called in the file, and by what it was taken back, where there is such a thing."""
        if not granted:
            return
        said, proposal = granted[1], line.commendation_id
        if name_key(said["award"]["name"]) != name_key(self.printed[proposal]):
            self.wordings[line] = said["award"]["name"]
        if "revoked" in said and proposal.state != "revoked":
            self.revoked[line] = said["revoked"]

    def _find_no_revocation(self, line, granted):
        """Return why the award cannot be revoked as the file says; None where it can, is already, or shall stand."""
        revoked = granted and granted[1].get("revoked")
        if not revoked:
            return None
        proposal, known = line.commendation_id, line.commendation_id.revocation_decision_id
        if proposal.state == "revoked":
            same = (known._get_document_number(), str(known.issue_date)) == (
                revoked["number"],
                revoked["date"],
            )
            return None if same else self.env._("another answer is recorded already.")
        if line.is_recorded and proposal.state not in proposal._get_verb("revoke").source:
            return proposal._get_wrong_state_text()
        return self._find_wrong_day(revoked, fields.Date.to_date(granted[0]["date"]))

    def _is_genuine(self, certificate, decided, granted):
        """Return whether the issuer's signature under the certificate says what the file says."""
        _verdict, statement = signing.check(certificate["code"], self.keys)
        return bool(
            statement
            and certificate["address"].endswith(f"/{certificate['code']}")
            and (statement.number, statement.decision) == (certificate["number"], decided["number"])
            and name_key(statement.name) == name_key(granted["name"])
        )

    def _find_other_answer(self, line, values):
        """Return that another answer is recorded already; the same one is no problem."""
        if not line.is_recorded:
            return None
        known = (line.answer, line.external_number or "", str(line.external_date or ""))
        said = (values["answer"], values.get("external_number", ""), values.get("external_date", ""))
        return None if known == said else self.env._("another answer is recorded already.")


def _prepare_granted(decided, granted):
    certificate = granted.get("certificate", {})
    return {
        "answer": "granted",
        "external_number": decided["number"],
        "external_date": decided["date"],
        "external_issuer": decided["issuer"],
        "certificate_number": certificate.get("number", False),
        "certificate_address": certificate.get("address", False),
    }
