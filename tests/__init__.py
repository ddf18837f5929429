from . import test_translation
from . import test_demo
from . import test_portal
