"""Extracts: tables, views or answers of a lake in one file of a kind that other programs open."""
