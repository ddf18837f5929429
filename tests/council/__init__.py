from . import test_council
from . import test_council_box
from . import test_council_papers
from . import test_council_portal
from . import test_council_race
from . import test_meeting
from . import test_publication
