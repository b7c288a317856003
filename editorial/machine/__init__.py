"""Machine drafts of translations: off until an operator has chosen a service."""
