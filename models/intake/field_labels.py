"""What can be read from a column, in words; and what is read from which list."""

KINDS = [
    ("award", "Past awards"),
    ("rating", "Yearly ratings"),
    ("achievement", "Initiatives and topics"),
    ("restriction", "Disciplines and open cases"),
]

FIELDS = [
    ("name", "Name"),
    ("family_name", "Family and middle name"),
    ("kind", "Person or unit"),
    ("unit", "Unit"),
    ("post", "Post"),
    ("post_unit", "Post and unit in one"),
    ("identity", "Identity number"),
    ("email", "E-mail address"),
    ("birth", "Date or year of birth"),
    ("sex", "Sex"),
    ("award", "Award"),
    ("decision", "Decision with number and date"),
    ("decision_number", "Number of the decision"),
    ("decision_date", "Date of the decision"),
    ("signer", "Who decided"),
    ("level", "Level"),
    ("year", "Year"),
    ("period", "Period"),
    ("summary", "What for"),
    ("prize", "Prize"),
    ("rating", "Rating"),
    ("source", "Source"),
    ("title", "Name of the initiative"),
    ("achievement_kind", "Kind of initiative"),
    ("reach", "Reach"),
    ("recognition", "Recognition with number and date"),
    ("recognition_number", "Number of the recognition"),
    ("recognition_date", "Date of the recognition"),
    ("restriction", "Discipline or case"),
    ("date_from", "From"),
    ("date_to", "To"),
    ("reason", "Reason"),
    ("reference", "Reference"),
]

VERDICTS = [
    ("todo", "Not looked at"),
    ("new", "New"),
    ("same", "Already recorded"),
    ("change", "Changes a record"),
    ("unsure", "Unsure"),
    ("wrong", "Wrong"),
]
