"""Pages: bytes to decoded text, and what a page says of its paper and date."""
