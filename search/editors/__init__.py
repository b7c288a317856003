"""What editors do about the search: equal words, recommended results, what was not found, and why."""
