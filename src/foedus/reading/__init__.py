"""What a Report says -> Mentions: events, claims, positions, provisions, unknowns."""
