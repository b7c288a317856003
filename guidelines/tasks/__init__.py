"""Background and periodic work of the handbook and of the recommendations."""
