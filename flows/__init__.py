"""Flows: the only code that knows Prefect. Read, call, write; no logic of their own."""

import os

# Rows of both sides of a join that polars reads before it chooses which side to keep. By default ten million, which is
# all of a large lake's namings: 1.2 GB of these were held, and 0.4 GB are now.
os.environ.setdefault("POLARS_JOIN_SAMPLE_LIMIT", "1000000")
