"""The public page of the search, and what an address that leads nowhere may have meant."""
