"""What a superior's answer says of each line of one's own submission, compared with what was asked."""

from odoo.exceptions import UserError

from ...engine.vietnamese import search_key
from ...office.awards import award_key
from ...printing import signing


class AnswerReader:
    """Compares an answer with the submission it is to.

    :param submission: ``emulation.submission``, one
    :param dict content: of a file of kind ``answer``
    """

    def __init__(self, submission, content):
        self.env = submission.env
        self.content = content
        self.lines = {line.id: line for line in submission.line_ids}
        self.printed = submission.line_ids.commendation_id._get_printed_awards()
        keys = (signing.PublicKey(one["key"], one["agency"]) for one in content["keys"])
        self.keys = {key.name: key for key in keys}

    def compare(self):
        """Return ``({line: values}, [problem])``: what may be recorded, and why the rest may not.

        :raises UserError: the file speaks of a line the submission does not have, or twice of one
        """
        said, seen, problems = {}, set(), []
        for number, values, granted in self._iter_lines():
            line = self.lines.get(number)
            if not line or line in seen:
                raise UserError(self.env._("The file speaks of lines that this submission does not have."))
            seen.add(line)
            problem = granted and self._find_problem(line, *granted)
            if problem := problem or self._find_other_answer(line, values):
                problems.append(f"{line.commendation_id.display_name}: {problem}")
            else:
                said[line] = values
        for line, reason in self._find_hindrances(said).items():
            del said[line]
            problems.append(f"{line.commendation_id.display_name}: {reason}")
        return said, problems

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
        if not self._is_award(proposal, granted["award"]):
            return self.env._("another award was granted: %(award)s.", award=granted["award"]["name"])
        if search_key(granted["name"]) != search_key(proposal._get_recipient_name()):
            return self.env._("it is granted under another name: %(name)s.", name=granted["name"])
        if "certificate" in granted and not self._is_genuine(granted["certificate"], decided, granted):
            return self.env._("the code of its certificate does not say the same.")
        return None

    def _is_award(self, proposal, said):
        award = proposal.award_id
        names = map(award_key, (self.printed[proposal], award._get_vietnamese_name()))
        # Codes of an agency's own catalogue are nobody else's; those of the law's awards are everybody's.
        is_same_code = award.is_official and said["code"] == award.code
        return is_same_code or award_key(said["name"]) in names

    def _is_genuine(self, certificate, decided, granted):
        """Return whether the issuer's signature under the certificate says what the file says."""
        _verdict, statement = signing.check(certificate["code"], self.keys)
        return bool(
            statement
            and certificate["address"].endswith(f"/{certificate['code']}")
            and (statement.number, statement.decision) == (certificate["number"], decided["number"])
            and search_key(statement.name) == search_key(granted["name"])
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
