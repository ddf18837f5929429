"""What each role may do with each model at all, and whether a colleague without any part in a record reads it.

Said once more and apart from ``security/``: a model that is not in these tables, or that grants more or less
than they say, fails a test. Letters: r read, w write, c create, u unlink; - nothing.
"""

ROLES = ("employee", "council", "officer", "admin")

# model: (rights by role, whether a colleague of another unit reads the record of a draft or running matter)
RECORDS = {
    "emulation.achievement": ("rwcu rwcu rwcu rwcu", False),
    "emulation.award": ("r r r rwcu", True),
    "emulation.award.rule": ("r r r rwcu", True),
    "emulation.ballot": ("- - - -", False),
    "emulation.ballot.envelope": ("- - - -", False),
    "emulation.base.salary": ("r r r rwcu", True),
    "emulation.block": ("r r rwcu rwcu", True),
    "emulation.block.member": ("r r rwcu rwcu", True),
    "emulation.block.score": ("r r rwcu rwcu", True),
    "emulation.block.year": ("r r rwcu rwcu", True),
    "emulation.campaign": ("r r rwcu rwcu", False),
    "emulation.campaign.award": ("r r rwcu rwcu", False),
    "emulation.campaign.content": ("r r rwcu rwcu", False),
    "emulation.campaign.milestone": ("r r rwcu rwcu", False),
    "emulation.certificate": ("- - rw rw", False),
    "emulation.certificate.field": ("- - r rwcu", False),
    "emulation.certificate.template": ("- - r rwcu", False),
    "emulation.commendation": ("rwcu rwcu rwcu rwcu", False),
    "emulation.commendation.paper": ("rw rw rwcu rwcu", False),
    "emulation.council": ("- r rwcu rwcu", False),
    "emulation.council.member": ("- r rwcu rwcu", False),
    "emulation.criterion": ("r r rwcu rwcu", True),
    "emulation.criterion.minimum": ("r r rwcu rwcu", True),
    "emulation.criterion.set": ("r r rwcu rwcu", True),
    "emulation.criterion.source": ("- - - rwcu", False),
    "emulation.criterion.step": ("r r rwcu rwcu", True),
    "emulation.consent": ("- - r r", False),
    "emulation.decision": ("- - rwcu rwcu", False),
    "emulation.decision.article": ("- - rwcu rwcu", False),
    "emulation.decision.change": ("- - rwcu rwcu", False),
    "emulation.decision.template": ("- - r rwcu", False),
    "emulation.deputy": ("rwcu rwcu rwcu rwcu", False),
    "emulation.dossier.paper": ("r r r rwcu", True),
    "emulation.evaluation": ("rw rw rwcu rwcu", False),
    "emulation.exemplar": ("r r rwcu rwcu", False),
    "emulation.grade": ("r r rwcu rwcu", True),
    "emulation.import": ("- - rwcu rwcu", False),
    "emulation.import.column": ("- - rwcu rwcu", False),
    "emulation.import.line": ("- - rw rw", False),
    "emulation.import.memory": ("- - rwcu rwcu", False),
    "emulation.legal.document": ("r r rwcu rwcu", True),
    "emulation.number.series": ("- - - rw", False),
    "emulation.occasion": ("r r rwcu rwcu", True),
    "emulation.participation": ("rwc rwc rwcu rwcu", False),
    "emulation.publication": ("- - rwcu rwcu", False),
    "emulation.publication.comment": ("- - rw rw", False),
    "emulation.rating": ("r r rwcu rwcu", False),
    "emulation.request": ("- - rw rw", False),
    "emulation.requirement": ("r r r rwcu", True),
    "emulation.restriction": ("- - rwcu rwcu", False),
    "emulation.review": ("r r rwcu rwcu", False),
    "emulation.rulebook": ("r r r rwcu", True),
    "emulation.score": ("rw rw rwcu rwcu", False),
    "emulation.score.change": ("r r rc rc", False),
    "emulation.session": ("- r rwcu rwcu", False),
    "emulation.session.attendance": ("- r rwcu rwcu", False),
    "emulation.session.item": ("- r rwcu rwcu", False),
    "emulation.session.teller": ("- r rwcu rwcu", False),
    "emulation.signing.key": ("- - - rw", False),
    "emulation.submission": ("- - rwcu rwcu", False),
    "emulation.submission.line": ("- - rwcu rwcu", False),
    "emulation.waiver": ("- - rc rc", False),
}

# Dialogs: rights by role; nobody but who filled it in ever reads one.
DIALOGS = {
    "emulation.bulk.result": "rwcu rwcu rwcu rwcu",
    "emulation.bulk.result.line": "rwcu rwcu rwcu rwcu",
    "emulation.campaign.push": "- - rwcu rwcu",
    "emulation.decision.issue": "- - rwcu rwcu",
    "emulation.mass.registration": "- - rwcu rwcu",
    "emulation.propose": "rwcu rwcu rwcu rwcu",
    "emulation.propose.line": "rwcu rwcu rwcu rwcu",
    "emulation.rating.draw": "- - rwcu rwcu",
    "emulation.reason.wizard": "rwcu rwcu rwcu rwcu",
    "emulation.rulebook.compare": "- - rwcu rwcu",
    "emulation.rulebook.compare.line": "- - rwcu rwcu",
    "emulation.signing.key.theft": "- - - rwcu",
    "emulation.score.change.wizard": "- - rwcu rwcu",
    "emulation.set.import": "- - rwcu rwcu",
}

# The same for every company, by law; all other records belong to a company.
SHARED = {"emulation.base.salary", "emulation.dossier.paper"}
