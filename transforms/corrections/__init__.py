"""Corrections: what a person mends that the reader cannot, each with its reason and what it expects to find."""
