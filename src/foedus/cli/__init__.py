"""The terminal door: parses, calls flow, prints; decides nothing."""
