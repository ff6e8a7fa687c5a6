"""Articles: blocks put together, with headlines, credits and flags."""
