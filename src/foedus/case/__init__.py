"""A Case: parties, provisions, parameters with ranges, red lines, each with its source."""

from foedus.case.check import check
from foedus.case.draft import draft
from foedus.case.ranges import usual_parameters
from foedus.case.redraft import Redraft, draft_text, redraft
from foedus.case.shelf import BaseRate, base_rates
from foedus.case.yaml_in import from_yaml, load_case
from foedus.case.yaml_out import case_hash, to_yaml

__all__ = [
    "BaseRate",
    "Redraft",
    "base_rates",
    "case_hash",
    "check",
    "draft",
    "draft_text",
    "from_yaml",
    "load_case",
    "redraft",
    "to_yaml",
    "usual_parameters",
]
