"""What the pages of this app say of themselves."""
