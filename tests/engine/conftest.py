"""Runs leave nothing in the checkout and do not depend on the machine's speed."""

from hypothesis import settings

settings.register_profile("engine", database=None, deadline=None, derandomize=True, max_examples=60)
settings.load_profile("engine")
