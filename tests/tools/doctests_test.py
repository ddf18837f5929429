"""Every example in the docstrings of tools/ holds."""

import doctest
import importlib
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
# Not what runs inside Odoo, and not the benchmarks.
FOLDERS = ("", "runner/")
MODULES = ["bench"]
MODULES += [
    f"{folder}{path.stem}".replace("/", ".").removesuffix(".__init__")
    for folder in FOLDERS
    for path in sorted((TOOLS / folder).glob("*.py"))
    if path.stem != "inside" and (folder or path.stem != "__init__")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    said = []
    module = importlib.import_module(f"tools.{name}")
    runner = doctest.DocTestRunner(verbose=False)
    for example in doctest.DocTestFinder(exclude_empty=True).find(module):
        runner.run(example, out=said.append)
    assert not said, "".join(said)
