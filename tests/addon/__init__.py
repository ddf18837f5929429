from . import test_architecture
from . import test_beside_others
from . import test_demo
from . import test_examples
from . import test_migrations
from . import test_odoo_lint
from . import test_removal
from . import test_translation
