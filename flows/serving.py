"""Serve the schedules to Prefect until ended: a child process of the sweeper."""

from __future__ import annotations

import sys

from prefect import serve

from flows.deployments import deployments


def main() -> int:
    """Register every deployment and run what is due; ends with SIGTERM."""
    # Left unpaused at the end: a restart of this process must not stop the schedules.
    serve(*deployments(), pause_on_shutdown=False, print_starting_message=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
