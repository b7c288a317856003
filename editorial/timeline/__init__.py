"""Everything that has happened to one item in all its languages: who, when, what."""
