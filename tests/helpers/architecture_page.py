"""The examples of ARCHITECTURE.md as code that can be loaded into a running Odoo and taken out again."""

import re
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

from odoo.http import Controller
from odoo.models import MetaModel

# Only the loader of modules calls it; Odoo offers it under no public name.
add_to_registry = import_module("odoo.orm.model_classes").add_to_registry
PAGE = Path(__file__).resolve().parents[2] / "ARCHITECTURE.md"
EXAMPLE = re.compile(r"^### (.+?)\n(?:(?!^#).)*?^```python\n(.*?)^```", re.M | re.S)
# As Odoo sees it, a file of this addon: only those of an installed addon are served.
NAME = "odoo.addons.hr_emulation.example"


def read_examples():
    """Return {heading: the file under it}."""
    return dict(EXAMPLE.findall(PAGE.read_text(encoding="utf-8")))


@contextmanager
def loaded(env, heading):
    """Load an example as Odoo loads the file of an addon; take it out at the end.

    Tables and columns are made in the transaction of ``env``, which the test rolls back.
    """
    known = {kind: list(known) for kind, known in _get_known().items()}
    before = {name: cls._base_classes__ for name, cls in env.registry.models.items()}
    module = ModuleType(NAME)
    sys.modules[NAME] = module
    try:
        exec(compile(read_examples()[heading], f"{PAGE.name}: {heading}", "exec"), module.__dict__)
        models = [new for new in _get_known()["models"] if new not in known["models"]]
        names = [add_to_registry(env.registry, new)._name for new in models]
        _set_up(env, names)
        if names:
            env.registry.init_models(env.cr, names, {"module": "hr_emulation"})
        env.registry.clear_cache("routing")
        yield module
    finally:
        del sys.modules[NAME]
        for kind, now in _get_known().items():
            now[:] = known[kind]
        _take_out(env, before)


def _get_known():
    """Return the lists in which Odoo keeps what the files of the addon define."""
    return {
        "models": MetaModel._module_to_models__["hr_emulation"],
        "controllers": Controller.children_classes["hr_emulation"],
    }


def _take_out(env, before):
    """Give the registry the classes it had."""
    env.cr.flush()
    changed = []
    for name, cls in list(env.registry.models.items()):
        if name not in before:
            for other in env.registry.models.values():
                other._inherit_children.discard(name)
            del env.registry.models[name]
        elif cls._base_classes__ != before[name]:
            cls._base_classes__ = before[name]
            changed.append(name)
    for name in env.registry.descendants(changed, "_inherit", "_inherits"):
        env.registry[name]._setup_done__ = False
    _set_up(env, changed)
    env.registry.clear_cache("routing")


def _set_up(env, names):
    if names:
        env.registry._setup_models__(env.cr, names)
