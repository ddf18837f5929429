"""The kinds of requirement an award may have: one function each in ``requirements_of_merit`` and
``requirements_of_order``, entered in ``KINDS`` by ``@kind``.

Plain Python, no Odoo. A function reads a Requirement, a Candidate and the Facts about him and gives an
Answer. Whoever adds one keeps two promises: missing data is never "not met"; a revoked award never counts.

>>> sorted(KINDS)[:3], KINDS["no_discipline"].confidential
(['achievement', 'award_interval', 'block_leader'], True)
"""

try:
    from . import facts, requirements, requirements_of_merit, requirements_of_order
except ImportError:  # run alone
    import facts
    import requirements
    import requirements_of_merit
    import requirements_of_order

Answer, KINDS, EXPLANATIONS = requirements.Answer, requirements.KINDS, requirements.EXPLANATIONS
MET, NEEDS_REVIEW, NOT_MET = requirements.MET, requirements.NEEDS_REVIEW, requirements.NOT_MET
NOT_COUNTED, answer, months_between = (
    requirements.NOT_COUNTED,
    requirements.answer,
    requirements.months_between,
)
DISCIPLINE_LEVELS, RATINGS, REACHES = facts.DISCIPLINE_LEVELS, facts.RATINGS, facts.REACHES
# Importing them enters their kinds in the registry.
SOURCES = (requirements_of_merit, requirements_of_order)
