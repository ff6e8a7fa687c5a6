"""Reuse: one text however often it is printed."""
