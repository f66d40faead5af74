"""Wake the sweep when something moves in the intake folder. Never decides anything.

Network file systems tell nobody what other machines do, so they are looked through instead; and whatever
goes wrong here only means that the sweep comes when it is due.

Source: reliability bar, section 2 (lessons 7 and 10).
"""

from __future__ import annotations

import os
import re
import threading
from contextlib import closing
from pathlib import Path

from watchfiles import watch

NETWORK_KINDS = frozenset(
    [
        *("cifs", "smb2", "smb3", "smbfs", "nfs", "nfs4", "ncpfs", "afs", "davfs"),
        *("ceph", "glusterfs", "lustre", "ocfs2", "gfs2"),
        *("9p", "virtiofs", "drvfs", "vboxsf", "vmhgfs", "prl_fs", "fakeowner", "osxfs"),
    ]
)
"""File systems where others write without the kernel knowing; every `fuse.…` counts as one too."""

_MOUNTS = Path("/proc/mounts")
_OCTAL = re.compile(rb"\\([0-7]{3})")
_QUIET_MS, _STEP_MS, _POLL_MS = 400, 50, 2000


def wait_for_change(
    folder: Path, timeout_s: float, stop: threading.Event, *, polling: bool | None = None
) -> bool:
    """Rest until something changes in `folder`, `timeout_s` have passed, or `stop` is set.

    Args:
        folder: The folder itself; changes in its subfolders do not wake.
        timeout_s: Seconds; a missing folder or a watcher that fails only waits this long.
        stop: Set it to return at once.
        polling: Look through the folder instead of listening; None finds out by the file system.

    Returns:
        Whether something changed.
    """
    if polling is None:
        polling = is_network_folder(folder)
    try:
        watching = watch(
            folder,
            watch_filter=None,
            debounce=_QUIET_MS,
            step=_STEP_MS,
            stop_event=stop,
            rust_timeout=max(1, int(timeout_s * 1000)),
            yield_on_timeout=True,
            raise_interrupt=True,
            force_polling=polling,
            poll_delay_ms=_POLL_MS,
            recursive=False,
        )
        with closing(watching) as changes:
            return bool(next(changes, ()))
    except (OSError, RuntimeError):
        # The folder is away, or the kernel has no watch left to give: sweep when it is due.
        stop.wait(timeout_s)
        return False


def is_network_folder(folder: Path, mounts: str | None = None) -> bool:
    """Whether `folder` lies on a file system that other machines write to.

    Args:
        folder: Need not exist; links in it are followed.
        mounts: Text in the form of `/proc/mounts`; None reads the machine's own. Where there is none, False.
    """
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
        except OSError:
            return False
    kind = _kind_of(folder.resolve(), mounts)
    return kind in NETWORK_KINDS or kind.startswith("fuse.")


def _kind_of(folder: Path, mounts: str) -> str:
    """The kind of the file system mounted nearest above `folder`; of two at one place, the later."""
    nearest, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = _unwritten(parts[1])
        if folder.is_relative_to(point) and len(point.parts) >= nearest:
            nearest, kind = len(point.parts), parts[2]
    return kind


def _unwritten(point: str) -> Path:
    r"""A mount point as it is; the table writes spaces as `\040`, and other bytes likewise."""
    return Path(os.fsdecode(_OCTAL.sub(lambda octal: bytes([int(octal[1], 8) & 255]), os.fsencode(point))))
