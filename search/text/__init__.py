"""Words: how texts and questions are read, alike, in every language."""
