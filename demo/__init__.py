from . import loader
from . import history
from . import targets
from . import unit_reports
from . import activities
from . import merit
from . import council
from . import portal
