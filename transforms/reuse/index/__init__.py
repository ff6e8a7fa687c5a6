"""The index of reuse: what is kept of a lake's texts, so that a run over new articles costs what they touch."""
