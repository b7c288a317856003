"""Work on one item for many languages, done in the background, with progress that can be watched."""
