"""What desks do: their region in figures, and the disputes that they mediate."""
