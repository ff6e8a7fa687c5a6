"""Flows: the only code that knows Prefect. Read, call, write; no logic of their own."""
