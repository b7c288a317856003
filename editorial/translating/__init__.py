"""The translator's editor: source and translation side by side, on wagtail-localize's data."""
