"""Text: one repair a module; each takes a text and returns it with the origin of every piece."""
