from . import test_eligibility_facts
from . import test_law_cases
from . import test_offered_awards
from . import test_rulebook
from . import test_rulebook_compare
from . import test_rulebook_data
from . import test_rulebook_reading
