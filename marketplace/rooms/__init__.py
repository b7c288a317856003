"""The room of a deal: what both sides write, see and do, and everybody's list of deals."""
