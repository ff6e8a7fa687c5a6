"""Blocks: where a printed unit begins and ends, and what it is."""
