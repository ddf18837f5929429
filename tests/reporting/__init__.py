from . import test_desk
from . import test_first_steps
from . import test_health
from . import test_reporting
from . import test_statistics
from . import test_waiting_agrees
from . import test_years
from . import test_overview
