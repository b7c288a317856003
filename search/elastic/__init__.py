"""Elasticsearch as an engine: one index per language, made from the rows and from them alone."""
