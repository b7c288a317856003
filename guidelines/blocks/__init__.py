"""The repeated parts of the pages of this app."""
