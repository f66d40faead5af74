"""`python -m desk.cli`: what the `congvan` script runs."""

import sys

from desk.cli.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
