"""An import against the direction is found, wherever it hides."""

import pytest

from tools import layers


@pytest.mark.parametrize(
    ("name", "text", "complaints"),
    [
        ("engine/x.py", "import odoo", 1),
        ("engine/x.py", "def f():\n    from ..models.rulebook import confidence", 1),
        ("engine/eligibility/x.py", "from ..reason import Reason", 0),
        ("engine/eligibility/x.py", "from ...printing import qr", 1),
        ("printing/x.py", "from decimal import Decimal", 0),
        ("models/merit/x.py", "from odoo.addons.hr_emulation.report import x", 1),
        ("models/merit/x.py", "from ... import wizard", 1),
        ("models/merit/x.py", "from ...engine import prize\nfrom ..mixin import x", 0),
        ("wizard/x.py", "from ..engine import prize", 0),
        ("tests/x.py", "from ..models import x", 0),
    ],
)
def test_direction(tmp_path, name, text, complaints):
    for folder in ("models", "engine", "printing", "report", "wizard"):
        (tmp_path / folder).mkdir()
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    own = ["models/a.py", "engine/a.py", "printing/a.py", "report/a.py", "wizard/a.py"]
    for other in own:
        (tmp_path / other).touch()
    assert len(layers.broken(tmp_path, [*own, name])) == complaints
