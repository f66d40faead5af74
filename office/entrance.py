"""Who comes in, whichever way they proved who they are: the person behind a claim, and their session."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import string
from collections.abc import Mapping
from typing import Any, Literal

from documents.events import SignedIn
from documents.people import Directory, Officer, PersonId
from documents.text import nfc
from office.office import Office

PASSWORD = "password"  # noqa: S105 - the name of a way in
OPENID = "openid"

MOST_CLAIM = 254
"""No login and no mail address is longer."""
_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def begin_session(office: Office, person: PersonId, *, way: str, now: dt.datetime) -> str:
    """Let a person in and return the token of their new session; that they came, and how, is recorded."""
    token = secrets.token_urlsafe(32)
    with office.registry.book(person, now) as book:
        book.start_session(hash_token(token), person)
        book.record(SignedIn(person=person, way=way))
    return token


def hash_token(token: str) -> str:
    """Sessions are kept by the hash of their token: a stolen database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()


def people_named(
    directory: Directory, claims: Mapping[str, Any], *, claim: str, match: Literal["login", "email"]
) -> tuple[Officer, ...]:
    """Everybody in the directory whom the claim fits, those who have left included; nobody when in doubt.

    Only capital letters of ASCII are the same as small ones, and a value that Unicode would write otherwise
    fits nobody: at the provider those are accounts of different people. An address counts when the provider
    has verified it.
    """
    value = claims.get(claim)
    if not isinstance(value, str) or not 0 < len(value) <= MOST_CLAIM or value != nfc(value):
        return ()
    if claim == "email" and claims.get("email_verified") is not True:
        return ()
    wanted = value.translate(_SMALL)
    return tuple(
        person
        for person in directory.people
        if ((person.id if match == "login" else person.email) or "").translate(_SMALL) == wanted
    )
