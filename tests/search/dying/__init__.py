"""An Elasticsearch and processes that really die: minutes of their own, `.venv/bin/pytest tests/search/dying`."""
