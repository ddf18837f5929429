from . import test_import_answers
from . import test_import_awards
from . import test_import_crash
from . import test_import_odd
from . import test_import_registers
from . import test_import_staff
from . import test_import_tour
from . import test_rating_import
