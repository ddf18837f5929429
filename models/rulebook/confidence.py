"""How sure a figure of a rule book is: fields shared by rules, requirements and legal documents."""

CONFIDENCE = [
    ("verified", "Read in the law"),
    ("secondary", "From a secondary source"),
    ("recalled", "Practice, not found in a text"),
    ("uncompared", "Not yet compared with the amended law"),
]
CONFIDENCE_HELP = "Anything but the law itself is a default that your agency must confirm or change."
