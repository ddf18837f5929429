{
    "name": "Emulation and Commendation",
    "summary": "Vietnamese emulation campaigns, commendations, decisions and certificates",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Emulation",
    "license": "LGPL-3",
    "author": "hr_emulation maintainers",
    "depends": ["hr", "mail", "portal", "resource"],
    "external_dependencies": {"python": ["xlsxwriter", "qrcode", "num2words", "cryptography"]},
    "data": [
        # security
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        # root menus come first: every view file hangs its own entries below them
        "views/menus.xml",
        # mixins
        # rule book
        # campaign
        # merit
        # document
        # hr
        # portal
    ],
    "demo": [
        # agencies and people first, then what they do
    ],
    "assets": {},
    "application": True,
}
