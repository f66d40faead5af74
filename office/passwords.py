"""Passwords: argon2id, and the same work whether the name is known or not."""

from __future__ import annotations

import functools
import secrets

from pwdlib import PasswordHash

_HASHER = PasswordHash.recommended()


def hash_password(password: str) -> str:
    """Return the argon2id hash to keep."""
    return _HASHER.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether `password` fits the kept hash; without one, the same time is spent and the answer is no."""
    if kept is None:
        _HASHER.verify(password, _nobody())
        return False
    return _HASHER.verify(password, kept)


def new_password() -> str:
    """A password to hand to a person once: about 70 bits, easy to type."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(3))


@functools.cache
def _nobody() -> str:
    return _HASHER.hash(secrets.token_hex(16))
