"""How a rule decides, in plain Python: no ``env``, no database, so that a lawyer can read it and run it.

Modules do not import one another, hence each runs alone: ``python -m doctest engine/<module>.py``.
"""
