"""Pages of the registry and of a bloc-year: members, offices, covenant, hand-over."""
