from . import test_numbering
from . import test_numbering_race
