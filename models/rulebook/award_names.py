"""Which award a text means to an agency: by code, by the names it knows, by the words offices use."""

from odoo import fields

from ...office.awards import award_key, find_award, has_same_giver, names_giver


class AwardNames:
    """The awards of an agency, closed ones too, and what they are called."""

    def __init__(self, env, company):
        awards = env["emulation.award"].with_context(active_test=False, lang="vi_VN").with_company(company)
        self.company = company
        self.awards = awards.search([("company_id", "in", (False, company.id))])
        self.by_code = {award.code: award for award in self.awards}
        self.words = {}
        for award in self.awards:
            for key in self._get_keys(award):
                self.words.setdefault(key, award.code)
        for key, memory in env["emulation.import.memory"]._recall(company, "award").items():
            if memory.award_id:
                self.words[key] = memory.award_id.code

    @staticmethod
    def _get_keys(award):
        names = (award.official_name, award.name, award.local_name, award.code)
        return [award_key(name) for name in names if name]

    def find(self, text):
        return self.by_code.get(find_award(text, self.words))

    def is_general(self, award, text):
        """Tell whether a text is what everybody calls the award, whoever gives it."""
        return award_key(text) in self._get_keys(self.awards.browse(award.id))

    def is_named(self, award, text, printed):
        """Tell whether a text names this award and no other.

        :param printed: what it is on paper to those who may give it: where their names stand in it, another
            giver's is another award
        """
        if self.is_general(award, text) or self.words.get(award_key(text)) == award.code:
            return True
        own = [name for name in printed if not self.is_general(award, name)]
        if any(has_same_giver(text, name) for name in own):
            return True
        return self.find(text) == award and not (own and names_giver(text))

    def get_printed(self, awards):
        """Return ``{award: what it is called on this agency's papers today}``."""
        return awards._get_printed_names_on(self.company, fields.Date.context_today(awards))
