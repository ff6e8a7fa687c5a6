"""Which characters are what: the classes that the repairs and rules of Chinese print are written in."""

import re

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
MARKS = "，。、；：？！“”‘’（）《》〈〉【】「」『』…—·％"
SENTENCE_ENDS = "。！？…"
CLOSERS = "”’）》】」』"
HAN_CHARACTER = re.compile(f"[{HAN}]")
HAN_RUN = re.compile(f"[{HAN}]+")


def count_han(string: str) -> int:
    """Count the Han characters of a string."""
    return sum(map(len, HAN_RUN.findall(string)))
