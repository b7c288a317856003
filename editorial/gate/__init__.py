"""What stands around `editorial.publishing`: it refuses every other way in which text becomes public,
changes in public or vanishes, and asks an operator which kinds need which review."""
