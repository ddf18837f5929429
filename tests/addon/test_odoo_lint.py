"""What Odoo asks of its own addons (its addon test_lint), asked of this one; ./dev lint makes its pylint checks."""

import importlib
import logging
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from unittest.mock import patch

from odoo.modules import Manifest
from odoo.tests import tagged

import odoo.addons.test_lint

MODULE = "hr_emulation"
NAMES = (
    "test_dunderinit",
    "test_i18n",
    "test_index",
    "test_jstranslate",
    "test_manifests",
    "test_naming",
    "test_onchange_domains",
    "test_orm_import",
    "test_override_signatures",
    "test_pofile",
    "test_routes",
    "test_test_holes",
)


def load(names):
    """Import modules of test_lint's tests without their package, whose other modules need pylint."""
    name = f"{odoo.addons.test_lint.__name__}.tests"
    package = ModuleType(name)
    package.__path__ = [str(Path(odoo.addons.test_lint.__file__).parent / "tests")]
    with patch.dict(sys.modules, {name: package}):
        return SimpleNamespace(**{module: importlib.import_module(f"{name}.{module}") for module in names})


lint = load(NAMES)


class OnlyThisAddon:
    """Odoo's tests go through every addon on the path, and complain in the log as well as by failing."""

    allow_inherited_tests_method = True

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(Manifest, "all_addon_manifests", lambda: [Manifest.for_addon(MODULE)]))
        self.startPatcher(patch.object(lint.test_pofile, "get_modules", lambda: [MODULE]))
        self.complaints = []
        handler = logging.Handler(logging.WARNING)
        handler.emit = lambda record: self.complaints.append(record.getMessage())
        for module in (lint.test_i18n, lint.test_jstranslate, lint.test_manifests, lint.test_routes):
            module._logger.addHandler(handler)
            self.addCleanup(module._logger.removeHandler, handler)

    def tearDown(self):
        super().tearDown()
        self.assertFalse(self.complaints)


@tagged("post_install", "-at_install")
class TestLintManifest(OnlyThisAddon, lint.test_manifests.ManifestLinter):
    def setUp(self):
        super().setUp()
        # read by those who publish addons, not by Odoo
        known = {*lint.test_manifests.MANIFEST_KEYS, "development_status"}
        self.startPatcher(patch.object(lint.test_manifests, "MANIFEST_KEYS", known))


@tagged("post_install", "-at_install")
class TestLintTestsImported(OnlyThisAddon, lint.test_test_holes.TestTestHoles):
    pass


@tagged("post_install", "-at_install")
class TestLintInit(OnlyThisAddon, lint.test_dunderinit.TestDunderinit):
    pass


@tagged("post_install", "-at_install")
class TestLintOrmImport(OnlyThisAddon, lint.test_orm_import.TestDunderinit):
    pass


@tagged("post_install", "-at_install")
class TestLintOnchange(OnlyThisAddon, lint.test_onchange_domains.TestOnchangeDomains):
    pass


@tagged("post_install", "-at_install")
class TestLintScriptTerms(OnlyThisAddon, lint.test_jstranslate.TestJsTranslations):
    pass


@tagged("post_install", "-at_install")
class TestLintComponentTerms(OnlyThisAddon, lint.test_i18n.TestI18n):
    pass


@tagged("post_install", "-at_install")
class TestLintCatalogue(OnlyThisAddon, lint.test_pofile.PotLinter):
    pass


@tagged("post_install", "-at_install")
class TestLintRoutes(OnlyThisAddon, lint.test_routes.RoutesLinter):
    pass


# These look at the registry, in which this addon stands beside those it needs.


@tagged("post_install", "-at_install")
class TestLintIndexes(OnlyThisAddon, lint.test_index.TestIndex):
    pass


@tagged("post_install", "-at_install")
class TestLintParameters(OnlyThisAddon, lint.test_naming.TestNaming):
    pass


@tagged("post_install", "-at_install")
class TestLintOverrides(OnlyThisAddon, lint.test_override_signatures.TestLintOverrideSignatures):
    pass
