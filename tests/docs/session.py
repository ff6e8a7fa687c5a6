"""A process that does what a reader types, one `./lake` after the other: a new Python a command would take minutes.

Started in a scratch checkout. Each line of its input is a JSON list of arguments, and variables of this command alone;
each line of its answer a JSON list of the exit code and of what was said, standard output and error as they came.
"""

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout


def main() -> None:
    """Answer until the input ends."""
    from flows.__main__ import main as lake

    checkout = sys.argv[1]
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    before = dict(os.environ)
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        said = io.StringIO()
        os.chdir(checkout)
        arguments, variables = json.loads(line)
        sys.argv = ["lake", *arguments]
        os.environ.update(variables)
        with redirect_stdout(said), redirect_stderr(said):
            code = lake()
        os.environ.clear()
        os.environ.update(before)
        answers.write(json.dumps([int(code), said.getvalue()]) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
