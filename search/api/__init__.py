"""The search for programs: `/api/v1/search`, `/api/v1/suggest`, and the document that describes them."""
