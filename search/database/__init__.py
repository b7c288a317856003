"""The engine that lives in the database itself: the embedded default, and what answers when another fails."""
