"""Passwords: argon2id, and the same work whether the name is known or not."""

from __future__ import annotations

import functools
import secrets

from pwdlib import PasswordHash

from documents.errors import Refused

LEAST_LENGTH = 10
"""Letters of a password that a person chooses. Source: OWASP ASVS 5.0, 6.2.1 asks for 8 at least."""
MOST_LENGTH = 200

_HASHER = PasswordHash.recommended()


class WeakPassword(Refused):
    """A chosen password that is too short, too long, or one letter over and over."""

    message = "Mật khẩu này không dùng được: cần từ {least} đến {most} ký tự, không phải một ký tự lặp lại."
    advice = "Chọn mật khẩu khác, hoặc bỏ --stdin để máy đặt giúp. Mật khẩu cũ vẫn dùng được."


def check_password(password: str) -> str:
    """Return a password that a person chose.

    Raises:
        WeakPassword: it is too easy to guess, or too long to be typed.
    """
    if not LEAST_LENGTH <= len(password) <= MOST_LENGTH or len(set(password)) < 3:
        raise WeakPassword(least=LEAST_LENGTH, most=MOST_LENGTH)
    return password


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
