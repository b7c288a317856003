"""What the review screen is made of: what changed, comments at fields, and the two ways to decide."""
