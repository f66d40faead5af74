"""What people settle for themselves: their password, how they are told, their private calendar address."""

from __future__ import annotations

import datetime as dt

from documents.errors import Refused
from documents.notices import KINDS, OBLIGATORY, Preferences
from documents.people import Officer
from office import passwords, staff
from office.office import Office
from office.preferences import Wish, change_ways


class OldPasswordWrong(Refused):
    """The password that somebody gave as their present one is not it."""

    message = "Mật khẩu hiện tại không đúng; chưa đổi gì."
    advice = "Gõ lại mật khẩu đang dùng. Quên thì nhờ quản trị đặt lại."


class PasswordsDiffer(Refused):
    """The new password was typed in two ways."""

    message = "Hai lần gõ mật khẩu mới không giống nhau; chưa đổi gì."
    advice = "Gõ lại mật khẩu mới hai lần."


def change_own_password(
    office: Office, person: Officer, *, old: str, new: str, again: str, now: dt.datetime
) -> None:
    """Give oneself another password; every session of the person ends.

    Raises:
        OldPasswordWrong: `old` is not the present one.
        PasswordsDiffer: `new` and `again` are not the same.
        WeakPassword: the new one is too easy to guess.
    """
    with office.view() as view:
        known = view.credentials(str(person.id))
    if not passwords.fits(old, known.password_hash if known and known.person == person.id else None):
        raise OldPasswordWrong()
    if new != again:
        raise PasswordsDiffer()
    staff.set_password(office, person.id, new, by=person.id, now=now)


def choose_own_ways(
    office: Office,
    person: Officer,
    *,
    mailed: frozenset[str],
    digest_at: str,
    calendar: bool,
    now: dt.datetime,
) -> Preferences:
    """Say how one wants to be told; kinds that nobody may turn off are mailed whatever `mailed` says.

    Raises:
        NoSuchHour: `digest_at` is no hour; nothing was changed.
    """
    wish = Wish(
        mute=tuple(kind for kind in KINDS if kind not in mailed and kind not in OBLIGATORY),
        hear=tuple(kind for kind in KINDS if kind in mailed),
        digest_at=digest_at,
        calendar=calendar,
    )
    return change_ways(office, person.id, wish, by=person.id, now=now)
