"""Every address of the admin, as every role. A step of its own: `.venv/bin/pytest tests/walk`."""
