"""Warehouse: the only code that writes. Where the lake lies, what is published, and how it is read."""
