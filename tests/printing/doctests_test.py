"""Every example in the docstrings of what makes papers and files holds."""

import doctest
import importlib
from pathlib import Path

import pytest

PRINTING = Path(__file__).resolve().parents[2] / "printing"
MODULES = sorted(path.stem for path in PRINTING.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert not doctest.testmod(importlib.import_module(f"printing.{name}")).failed
