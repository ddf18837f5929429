from . import test_translation
from . import test_demo
from . import test_export
from . import test_portal
from . import test_commendation_workflow
