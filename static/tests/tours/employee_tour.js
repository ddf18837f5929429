import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("hr_emulation_employee_register", {
    steps: () => [
        {
            content: "Write a pledge",
            trigger: "textarea[name=pledge]",
            run: "edit Không để hồ sơ quá hạn.",
        },
        {
            content: "Register",
            trigger: "form[action*='/register'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The registration is there and can be withdrawn",
            trigger: "#registration form[action*='/withdraw']",
        },
    ],
});

registry.category("web_tour.tours").add("hr_emulation_employee_certificate", {
    steps: () => [
        {
            content: "Open the commendation",
            trigger: "a[href*='/my/emulation/commendations/']:contains(Danh hiệu)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The certificate is there to download",
            trigger: "a.o_emulation_download[href*='/my/emulation/certificates/']",
        },
    ],
});
