import polib
from odoo.tests import TransactionCase, tagged

from ...tools.inside import translation


@tagged("post_install", "-at_install")
class TestTranslation(TransactionCase):
    """Whatever a user can read exists in Vietnamese, and the files in ``i18n/`` are up to date."""

    def test_every_term_is_translated(self):
        problems = translation.find_problems(
            translation.export_template(self.env),
            polib.pofile(translation.get_path("hr_emulation.pot")),
            polib.pofile(translation.get_path("vi.po")),
        )
        if problems:
            self.fail("Run `./dev i18n` and translate:\n" + "\n".join(problems))

    def test_documents_find_their_language(self):
        """Also where the addon was installed without a word on languages."""
        self.assertEqual(self.env.user.with_context(lang="vi_VN").env.lang, "vi_VN")

    def test_no_problem_goes_unseen(self):
        template, stored, catalogue = polib.POFile(), polib.POFile(), polib.POFile()
        template.append(polib.POEntry(msgid="New"))
        template.append(polib.POEntry(msgid="Hello %(name)s"))
        stored.append(polib.POEntry(msgid="Hello %(name)s"))
        stored.append(polib.POEntry(msgid="Old"))
        catalogue.append(polib.POEntry(msgid="Hello %(name)s", msgstr="Xin chào"))
        self.assertEqual(
            translation.find_problems(template, stored, catalogue),
            [
                "not in the .pot: 'New'",
                "gone, but still in the .pot: 'Old'",
                "placeholders differ: 'Hello %(name)s' / 'Xin chào'",
                "not translated: 'New'",
            ],
        )
