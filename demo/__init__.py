from . import loader
from . import merit
from . import council
