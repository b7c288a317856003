"""Saved searches: new services or needs that fit what a visitor chose, by mail, without an account."""
