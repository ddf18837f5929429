import { registry } from "@web/core/registry";

// Home cards: a number, and the way to it. Our own pages load none of Odoo's scripts: see static/tests/portal.
registry.category("web_tour.tours").add("hr_emulation_portal_home", {
    steps: () => [
        { trigger: ".o_emulation_card_title:contains('My commendations')" },
        {
            trigger:
                ".o_emulation_card:has([href='/my/emulation/commendations']) .o_emulation_card_count:contains('1')",
        },
        {
            trigger:
                ".o_emulation_card:has([href='/my/emulation/evaluations']) .o_emulation_card_count:contains('1')",
        },
        {
            trigger: ".o_emulation_card a[href='/my/emulation']:has(.o_emulation_card_count:contains('2'))",
        },
    ],
});
