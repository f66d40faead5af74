"""`python -m desk.cli`: what the `congvan` script runs."""

import datetime as dt
import sys

from desk.cli.alive import answer, read_call


def start(arguments: list[str]) -> int:
    """Run one command; a health check that finds its process alive loads nothing else."""
    if call := read_call(arguments):
        name, home, as_json = call
        status = answer(name, home, as_json=as_json, now=dt.datetime.now(dt.UTC))
        if status is not None:
            return status
    from desk.cli.app import main

    return main(arguments)


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
