"""Beside a website and other addons of Odoo. What is tagged `emulation_others` runs in a database that has them."""

import re

from odoo.tests import HttpCase, new_test_user, tagged

from ..helpers.portal_common import PortalCommon, force
from ..helpers.portal_pages import PortalPages

HONOUR = "/emulation/honour"
PUBLIC = ("/emulation/verify", "/kiem-tra", "/emulation/keys", HONOUR, f"{HONOUR}/stories", f"{HONOUR}/news")
BROKEN = ("Traceback", "Internal Server Error", "QWebError")


@tagged("emulation_others", "post_install", "-at_install")
class TestPortalCrawl(PortalPages):
    """Every page is there and in the frame of this addon, whatever else is installed."""

    def check(self, url, prefix=""):
        answer = self.url_open(prefix + url)
        self.assertEqual(answer.status_code, 200, prefix + url)
        for word in BROKEN:
            self.assertNotIn(word, answer.text)
        return answer

    def test_every_page_of_the_portal(self):
        for rule, (url, person) in self._pages().items():
            self.login(person)
            for prefix in ("", "/vi"):
                with self.subTest(page=rule, prefix=prefix):
                    page = self.check(url, prefix)
                    if url.startswith(("/my/emulation", HONOUR)):
                        self.assertIn('class="o_emulation"', page.text)

    def test_long_lists_have_pages(self):
        self._add(25)
        self.login(self.an)
        for url in (f"{HONOUR}/stories/page/2", f"{HONOUR}/news/page/2", "/my/emulation/campaigns/page/2"):
            with self.subTest(page=url):
                self.assertIn('rel="prev"', self.check(url).text)

    def test_public_pages(self):
        self.agency.emulation_honour_board = "public"
        self.login(None)
        for url in PUBLIC:
            for prefix in ("", "/vi"):
                with self.subTest(page=url, prefix=prefix):
                    self.check(url, prefix)

    def test_the_public_reads_in_the_language_of_the_address(self):
        self.agency.emulation_honour_board = "public"
        self.login(None)
        page = self.check(HONOUR, "/vi")
        self.assertIn('lang="vi-VN"', page.text)
        self.assertIn("Bảng vàng", page.text)


@tagged("emulation_others", "post_install", "-at_install")
class TestStartPage(PortalCommon):
    """/my is Odoo's page: our cards and switches stand there for our people only."""

    def test_a_customer_sees_nothing_of_ours(self):
        new_test_user(self.env, "khach", groups="base.group_portal", name="Khách hàng")
        self.authenticate("khach", "khach")
        for cookie in ({}, {"emulation_display": "larger-contrast"}):
            page = self.url_open("/my", cookies=cookie)
            self.assertEqual(page.status_code, 200)
            text = re.sub(r"<script.*?</script>|<(link|!--)[^>]*>", "", page.text, flags=re.DOTALL)
            for trace in ("o_emulation", "/my/emulation", 'alt=""'):
                self.assertEqual(re.findall(f".{{0,80}}{trace}.{{0,40}}", text), [])

    def test_an_employee_finds_the_cards_and_the_chosen_size(self):
        self.login(self.an)
        page = self.url_open("/my", cookies={"emulation_display": "larger-contrast"})
        self.assertIn("/my/emulation", page.text)
        self.assertIn("o_emulation o_emulation_text_larger o_emulation_contrast", page.text)
        force(self.mine, {"state": "granted", "granted_date": self.today})
        self.an.active = False
        self.assertIn(
            "/my/emulation/commendations", self.url_open("/my").text, "who has left finds own papers"
        )


@tagged("-standard", "emulation_others", "post_install", "-at_install")
class TestWebsite(HttpCase):
    """What a website asks of the pages beside it."""

    def list_pages(self):
        website = self.env["website"].search([], limit=1)
        return {page["loc"] for page in website._enumerate_pages()}

    def test_public_pages_are_in_the_sitemap_and_no_others(self):
        self.env["res.company"].search([]).emulation_honour_board = "employees"
        ours = {
            page for page in self.list_pages() if "emulation" in page or page.startswith(("/kt", "/kiem"))
        }
        self.assertEqual(ours, {"/kiem-tra"})
        self.env.company.emulation_honour_board = "public"
        ours = {page for page in self.list_pages() if "emulation" in page}
        self.assertEqual(ours, {HONOUR, f"{HONOUR}/stories", f"{HONOUR}/news"})

    def test_search_engines_find_the_form_and_no_certificate(self):
        self.authenticate(None, None)
        self.assertNotIn("X-Robots-Tag", self.url_open("/kiem-tra").headers)
        for url in ("/emulation/verify/unknown", "/kt/1"):
            self.assertIn("noindex", self.url_open(url).headers["X-Robots-Tag"])

    def test_no_error_page_of_the_website_stands_for_ours(self):
        self.authenticate(None, None)
        answer = self.url_open(f"{HONOUR}/stories/0/picture")
        self.assertEqual(answer.status_code, 404)
        self.assertIn('class="o_emulation"', answer.text)
