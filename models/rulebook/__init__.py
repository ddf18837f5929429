from . import emulation_agency_kind
from . import emulation_dossier_paper
from . import emulation_legal_document
from . import emulation_base_salary
from . import emulation_rulebook
from . import emulation_award
from . import emulation_award_rule
from . import emulation_requirement
