"""Every menu and every view, walked in the browser by each role in both languages, on the demo database."""

import json

import polib
from odoo.tests import HttpCase, tagged
from odoo.tools import file_path

LANGUAGES = ("vi_VN", "en_US")
PATIENCE = 20000

# Each menu's action in each of its views, a new form beside the first record. An error is: a dialog of an error, a
# name that was meant for the program, a term in the other language, a list or board without anything and without words.
SCRIPT = """
(async () => {
    const { actions, foreign, patience } = %(values)s;
    const services = odoo.__WOWL_DEBUG__.root.env.services;
    const problems = [];
    let walked = 0;
    const pause = (time) => new Promise((done) => setTimeout(done, time));
    const RAW = [
        /\\bundefined\\b/, /\\bNaN\\b/, /\\[object /, /%%\\(\\w+\\)/, /\\bemulation\\.[a-z_.]+\\b/, /<\\/?[a-z]+>/,
    ];
    const PLACES = ".o_control_panel, .o_content, .o_main_navbar";
    const NAMED = "label, th, button, .nav-link, .o_form_label, .o_menu_brand, .o_nocontent_help, option, "
        + ".o_group_name, .dropdown-item, .breadcrumb-item, .badge, legend, h1, h2, h3, .o_horizontal_separator";
    const isShown = (element) => element.getClientRects().length > 0;
    const wait = async (sign) => {
        const end = Date.now() + patience;
        while (Date.now() < end) {
            if (document.querySelector(".o_error_dialog, .o_dialog_error")) {
                return false;
            }
            if (document.querySelector(sign) && !document.querySelector(".o_blockUI, .o_loading_indicator")) {
                return true;
            }
            await pause(30);
        }
        return false;
    };
    const read = (name) => {
        for (const place of document.querySelectorAll(PLACES)) {
            const text = place.innerText;
            for (const pattern of RAW) {
                const found = text.match(pattern);
                if (found) {
                    problems.push(`${name}: “${text.substr(Math.max(found.index - 40, 0), 90)}”`);
                }
            }
            for (const element of place.querySelectorAll(NAMED)) {
                const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
                const label = own.map((node) => node.textContent).join("").trim();
                if (label && isShown(element) && foreign.includes(label)) {
                    problems.push(`${name}: “${label}” in the other language`);
                }
            }
        }
        const empty = document.querySelector(".o_view_nocontent");
        if (empty && isShown(empty) && !empty.innerText.trim()) {
            problems.push(`${name}: empty without a word`);
        }
    };
    const open = async (name, action, options, sign) => {
        try {
            await services.action.doAction(action, { clearBreadcrumbs: true, ...options });
        } catch (error) {
            problems.push(`${name}: ${error.message}`);
        }
        if (await wait(sign)) {
            read(name);
        } else {
            const dialog = document.querySelector(".modal");
            problems.push(`${name}: ${dialog ? dialog.innerText.slice(0, 300) : "did not come"}`);
            dialog?.querySelector("button.btn-close, footer button")?.click();
        }
        walked += 1;
    };
    for (const { name, id, views, record, mayCreate } of actions) {
        for (const view of views) {
            const sign = view ? `.o_action_manager .o_${view}_view` : ".o_action_manager .o_content";
            const options = view ? { viewType: view } : {};
            if (view === "form") {
                if (record) {
                    await open(`${name} (form)`, id, { ...options, props: { resId: record } }, sign);
                }
                if (mayCreate) {
                    await open(`${name} (new)`, id, options, sign);
                }
            } else {
                await open(`${name} (${view || "page"})`, id, options, sign);
            }
            if (problems.length > 40) {
                break;
            }
        }
    }
    if (problems.length) {
        console.error(problems.join("\\n"));
    } else {
        console.log(`${walked} screens walked`);
        console.log("test successful");
    }
})();
"""


@tagged("-standard", "emulation_demo_walk", "post_install", "-at_install", "is_tour")
class TestWalk(HttpCase):
    browser_size = "1366x860"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.catalogue = polib.pofile(file_path("hr_emulation/i18n/vi.po"))

    def _get_foreign(self, lang):
        """Return the terms that must not be read in a language: the other language's, where the two differ."""
        pairs = [(entry.msgid, entry.msgstr) for entry in self.catalogue if entry.msgid != entry.msgstr]
        own, other = (1, 0) if lang == "vi_VN" else (0, 1)
        return sorted({pair[other] for pair in pairs} - {pair[own] for pair in pairs})

    def _get_actions(self, user):
        """Return the actions behind a user's menus, with what the browser needs to open their views."""
        env = self.env(user=user, context={"lang": user.lang, "allowed_company_ids": user.company_ids.ids})
        root = self.env.ref("hr_emulation.menu_emulation_root")
        menus = env["ir.ui.menu"].search([("id", "child_of", root.id)])
        visible = menus.browse(env["ir.ui.menu"]._visible_menu_ids()) & menus
        return [self._read_action(env, action) for action in visible.filtered("action").mapped("action")]

    def _read_action(self, env, action):
        # sudo: ir.actions - the definition of the action, as the web client reads it
        action = action.sudo()
        if action._name != "ir.actions.act_window":
            return {"name": action.name, "id": action.id, "views": [False]}
        model = env[action.res_model]
        arch = model.get_view(view_type="form")["arch"] if action.target != "new" else ""
        return {
            "name": f"{action.name} {action.res_model}",
            "id": action.id,
            "views": [kind for _id, kind in action.views] if action.target != "new" else [],
            "record": model.search([], limit=1).id,
            "mayCreate": model.has_access("create") and 'create="0"' not in arch[:300],
        }

    def _walk(self, login, lang):
        user = self.env["res.users"].search([("login", "=", login)])
        user.lang = lang
        values = {
            "actions": self._get_actions(user),
            "foreign": self._get_foreign(lang),
            "patience": PATIENCE,
        }
        self.assertTrue(values["actions"], f"{login} has no menu")
        script = SCRIPT % {"values": json.dumps(values)}
        ready = "odoo.isReady && !!document.querySelector('.o_emulation_desk')"
        self.browser_js("/odoo/emulation-desk", script, ready, login=login, timeout=600)

    def _walk_both(self, login):
        for lang in LANGUAGES:
            with self.subTest(login=login, lang=lang):
                self._walk(login, lang)

    def test_an_officer(self):
        self._walk_both("sct.chuyenvien")

    def test_the_head_of_the_agency(self):
        self._walk_both("sct.lanhdao")

    def test_a_member_of_the_council(self):
        self._walk_both("sct.hoidong")

    def test_the_head_of_a_unit(self):
        self._walk_both("sct.truong2")

    def test_an_employee(self):
        self._walk_both("sct.nhanvien")
