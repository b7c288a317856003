"""Meaning across languages: vectors of texts, the nearest of them, and how both kinds of finding join."""

import os

# Products as small as these are slower on several threads, and a process serves several readers.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
