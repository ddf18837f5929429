"""How a rule decides, in plain Python: no ``env``, no database, so that a lawyer can read it and run it.

Amounts are whole đồng, shares are per cent or exact fractions, periods are pairs of days. Every "why" is a
``reason.Reason``. Run the examples of a module from the folder above: ``python -m doctest`` cannot follow
relative imports, so ``python -m pytest --doctest-modules engine`` or ``./dev test plain``.
"""
