"""Transforms: pure functions from records or frames to the same. No I/O, no clock, no environment."""
