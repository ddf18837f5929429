from . import gate
from . import home
from . import campaigns
from . import commendations
