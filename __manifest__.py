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
        "report/document_layout.xml",
        # rule book
        # campaign
        "wizard/emulation_reason_wizard_views.xml",
        "wizard/emulation_score_change_wizard_views.xml",
        "views/emulation_criterion_set_views.xml",
        "views/emulation_campaign_views.xml",
        "views/emulation_participation_views.xml",
        "views/emulation_evaluation_views.xml",
        # merit
        "wizard/emulation_bulk_result_views.xml",
        "wizard/emulation_commendation_reason_views.xml",
        "views/emulation_commendation_views.xml",
        # document
        "report/decision_report.xml",
        "report/certificate_report.xml",
        "report/ceremony_report.xml",
        "data/decision_template_data.xml",
        "data/certificate_template_data.xml",
        "wizard/emulation_decision_issue_views.xml",
        "views/emulation_decision_views.xml",
        "views/emulation_certificate_views.xml",
        "views/emulation_certificate_template_views.xml",
        "views/verification_templates.xml",
        "report/launch_report.xml",
        "views/emulation_export_views.xml",
        # hr
        # portal
        "views/portal_layout.xml",
        "views/portal_home.xml",
        "views/portal_campaign.xml",
        "views/portal_commendation.xml",
        "views/portal_evaluation.xml",
        "views/portal_achievement.xml",
        "views/portal_honour.xml",
        "views/portal_unit.xml",
        "views/emulation_request_views.xml",
    ],
    "demo": [
        # agencies and people first, then what they do
        "demo/agencies.xml",
        "demo/hr.department.csv",
        "demo/res.users.csv",
        "demo/hr.employee.csv",
        "demo/hr.department-heads.csv",
        "demo/legal_documents.xml",
        "demo/emulation.criterion.set.csv",
        "demo/emulation.criterion-groups.csv",
        "demo/emulation.criterion.csv",
        "demo/emulation.grade.csv",
        "demo/campaign_laichau_office.xml",
        "demo/campaign_laocai_office.xml",
        "demo/campaign_industry_trade.xml",
        "demo/campaign_political_school.xml",
        "demo/campaign_baclieu_province.xml",
        "demo/story.xml",
    ],
    "assets": {
        "web.assets_tests": [
            "hr_emulation/static/tests/tours/**/*.js",
        ],
        "web.assets_frontend": [
            "hr_emulation/static/src/portal/**/*.scss",
            "hr_emulation/static/src/portal/**/*.js",
        ],
    },
    "application": True,
}
