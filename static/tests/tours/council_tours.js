import { registry } from "@web/core/registry";

const submit = (trigger) => ({ trigger, run: "click", expectUnloadPage: true });

registry.category("web_tour.tours").add("hr_emulation_portal_ballot", {
    steps: () => [
        submit("a[href='/my/emulation/ballots']:visible"),
        submit(".o_emulation_cards a"),
        { trigger: ".o_emulation_choice input[value='disagree']", run: "click" },
        { trigger: "input[type='checkbox'][required]", run: "click" },
        submit("button:contains('Cast my vote')"),
        { trigger: ".o_emulation_note_success:contains('Nobody can see how you voted.')" },
        { trigger: ".o_emulation_state:contains('You have voted')" },
    ],
});
