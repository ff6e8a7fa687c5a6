"""Was this line cut from that one? What the language model says of a joint, and what the text itself says.

Names and terms come again in a report: where the halves of one meet at a joint, the text around holds it whole. This is
the cache of Kuhn and De Mori, "A cache-based natural language model" (1990), asked at joints only. The weights were
fitted by logistic regression on true joints of column lines and as many false ones, by `tests/benches/fit_joints.py`.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from transforms.language.model import LanguageModel
from transforms.text.characters import HAN

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "bias": 0.40,
        "language": 0.45,
        "pair": 1.45,
        "triple": 0.56,
        "quadruple": 2.41,
    }
)
HAN_PAIR = re.compile(f"[{HAN}]{{2}}")
PARTED = "\n"  # stands between the lines of a text, so that a joint proves nothing of itself


def joint_odds(above: str, below: str, text: str, language: LanguageModel) -> float:
    """Return the log-odds that the line `below` goes on where `above` ends; `text` is what was printed around them.

    Its lines must be parted by line feeds.
    """
    return sum(WEIGHTS[name] * value for name, value in features(above, below, text, language).items())


def features(above: str, below: str, text: str, language: LanguageModel) -> dict[str, float]:
    """Return what the log-odds are made of, by name: whether the text holds the characters around the cut elsewhere."""
    pair = above[-1:] + below[:1]
    is_pair = is_triple = is_quadruple = False
    if HAN_PAIR.fullmatch(pair) and pair in text:
        is_pair = True
        is_triple = above[-2:] + below[:1] in text or above[-1:] + below[:2] in text
        is_quadruple = is_triple and above[-2:] + below[:2] in text
    says = language.fits(above, below)
    return {"bias": 1.0, "language": says, "pair": is_pair, "triple": is_triple, "quadruple": is_quadruple}
