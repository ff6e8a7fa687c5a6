"""The dateline that opens a report, in its normalised characters: 新华社北京3月2日电记者王伟.

Every paper that prints a report again may send it anew: its own sender, place, day and reporter are no other words.
"""

from transforms.reuse.compiled import Characters, compiled

WITHIN_CHARS = 60
"""A headline stands before it at most."""

SENDER_CHARS = 4
"""What a sender's name has before its last character: 中国新闻社."""

PLACE_CHARS = 20
"""Between the sender and 电: a place, a month and a day."""

ROLE_CHARS = 6
"""After 电 or a name so many characters hold a role, to its last character: 本报特约记者."""

NAME_CHARS = 4
"""After a role. The marks behind a name are dropped, so that none can be told to be shorter."""

SENDERS = ord("社"), ord("报"), ord("台"), ord("网")
ROLES = ord("者"), ord("员")
DAY, WIRE, NEWS = ord("日"), ord("电"), ord("讯")
HOW = ord("专"), ord("急")
"""Before 电 or 讯 at times."""

NO_DATELINE = 1, 0


@compiled
def find_dateline(text: Characters) -> tuple[int, int]:
    """Say where the dateline begins and ends, with the names behind it; where there is none, it ends before it begins.

    The first of the senders whom 电 or 讯 (专电, 急电) follows: at once, or behind a day.
    """
    head = min(len(text), WITHIN_CHARS)
    for sender in range(head):
        if text[sender] not in SENDERS:
            continue
        for at in range(sender + 1, min(head, sender + PLACE_CHARS + 3)):
            last = at - 2 if text[at - 1] in HOW else at - 1
            is_in_reach = sender <= last <= sender + PLACE_CHARS
            if text[at] in (WIRE, NEWS) and is_in_reach and (last == sender or text[last] == DAY):
                return max(0, sender - SENDER_CHARS), _pass_names(text, at + 1)
    return NO_DATELINE


@compiled
def _pass_names(text: Characters, start: int) -> int:
    """Go on to the end of the last name that a role announces."""
    end, at = start, start
    while at < min(len(text), end + ROLE_CHARS):
        at += 1
        if text[at - 1] in ROLES:
            end = at = min(len(text), at + NAME_CHARS)
    return end
