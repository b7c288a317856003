"""Loads what decides whether a test can run on this machine."""

pytest_plugins = ["tests.services"]
