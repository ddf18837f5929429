from . import loader
from . import merit
