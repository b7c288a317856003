"""Forms of the handbook and of the recommendations."""
