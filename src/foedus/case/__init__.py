"""A Case: parties, provisions, parameters with ranges, red lines, each with its source."""

from foedus.case.check import check
from foedus.case.yaml_in import from_yaml, load_case
from foedus.case.yaml_out import case_hash, to_yaml

__all__ = ["case_hash", "check", "from_yaml", "load_case", "to_yaml"]
