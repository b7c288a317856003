"""Pages of deals: beginning one, its room, its proposals and files, everybody's list."""
