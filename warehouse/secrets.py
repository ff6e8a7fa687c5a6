"""Keeps passwords out of what is printed, logged or written: those in addresses, where people put them."""

import re

# https://user:password@host and, in LAKE_RUNNER and the like, user:password@host
_CREDENTIALS = re.compile(r"(://)[^\s/@'\"]{1,200}@|\b[^\s/:@'\"]{1,100}:[^\s/@'\"]{1,100}@(?=[\w.\[])")
_PARAMETER = re.compile(
    r"([?&](?:api_?key|token|password|secret|access_?key|sig(?:nature)?)=)[^\s&'\"]+", re.IGNORECASE
)
MASK = "***"


def mask_secrets(text: str) -> str:
    """Give the text with three stars for each user and password of an address, and each key among its parameters."""
    masked = _CREDENTIALS.sub(lambda found: f"{found[1] or ''}{MASK}@", text)
    return _PARAMETER.sub(rf"\g<1>{MASK}", masked)
