"""A Case: parties, provisions, parameters with ranges, red lines, each with its source."""
