"""How a rule decides, in plain Python: no ``env``, no database, so that a lawyer can read it and run it.

Each module runs alone: ``python -m doctest engine/<module>.py``.
"""
