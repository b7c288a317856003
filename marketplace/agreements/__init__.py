"""What two sides agree: the text in both languages, its acceptances, and what comes of the work."""
