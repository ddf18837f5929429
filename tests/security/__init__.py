from . import test_attacks
from . import test_from_above
from . import test_model_access
from . import test_model_security
from . import test_own_rules
from . import test_public_methods
from . import test_rights_matrix
from . import test_security_faults
