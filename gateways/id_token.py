"""An ID token: read only when the provider signed it, for us, for this very sign-in, and lately.

Nothing here reads a clock or asks anybody: a token, keys, what is expected and the moment go in, claims come
out.

Source: OpenID Connect Core 1.0, 3.1.3.7; RFC 8725 (JWT best current practice).
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc import errors as jose
from joserfc import jws, jwt
from joserfc.jwk import ECKey, RSAKey

from documents.errors import Refused

ALGORITHMS = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "RSA"),
    **dict.fromkeys(("ES256", "ES384", "ES512"), "EC"),
}
"""Signatures that are believed, each with its kind of key; never `none`, never a shared secret's."""
SKEW = dt.timedelta(seconds=60)
"""How far the provider's clock may be from ours."""
OLDEST = dt.timedelta(minutes=10)
"""A token comes right after the sign-in."""
LEAST_RSA_BITS = 2048
MOST_TOKEN = 64_000

UNREADABLE = "không đọc được"
BAD_ALGORITHM = "ký theo cách không được dùng"
UNKNOWN_KEY = "ký bằng khóa mà nơi ấy không công bố"
BAD_SIGNATURE = "có chữ ký không đúng"
OTHER_ISSUER = "do nơi khác cấp"
OTHER_AUDIENCE = "cấp cho phần mềm khác, không phải Công Văn"
EXPIRED = "đã hết hạn"
OTHER_TIME = "ghi giờ không khớp; đồng hồ của hai máy có thể lệch nhau"
OTHER_SIGN_IN = "không thuộc lần đăng nhập này"
TWICE = "ghi hai lần cùng một mục"
NO_SUBJECT = "không nói cấp cho ai"
DETAILS = (
    UNREADABLE, BAD_ALGORITHM, UNKNOWN_KEY, BAD_SIGNATURE, OTHER_ISSUER, OTHER_AUDIENCE, EXPIRED, OTHER_TIME,
    OTHER_SIGN_IN, TWICE, NO_SUBJECT,
)  # fmt: skip

_CLAIMS = {
    "iss": OTHER_ISSUER,
    "aud": OTHER_AUDIENCE,
    "exp": OTHER_TIME,
    "iat": OTHER_TIME,
    "nbf": OTHER_TIME,
    "nonce": OTHER_SIGN_IN,
    "sub": NO_SUBJECT,
}


class TokenRefused(Refused):
    """What the provider sent cannot be believed."""

    message = "Giấy báo đăng nhập từ {host} {detail}."
    advice = "Chưa có phiên nào được mở. Bấm lại nút đăng nhập; còn gặp thì báo quản trị nguyên câu này."


class KeyUnknown(TokenRefused):
    """No key of the provider fits: perhaps it has changed its keys since we fetched them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a token of this sign-in says."""

    host: str
    issuer: str
    client_id: str
    nonce: str = field(repr=False)


def read_id_token(
    token: str, keys: Iterable[Mapping[str, Any]], expected: Expected, *, now: dt.datetime
) -> Mapping[str, Any]:
    """The claims of a token that stands every test.

    Raises:
        KeyUnknown: no key fits, or the one that should does not; newer keys may.
        TokenRefused: the token is not for us, not for this sign-in, not of this time, or no token at all.
    """

    def refused(detail: str) -> TokenRefused:
        return TokenRefused(host=expected.host, detail=detail)

    if len(token) > MOST_TOKEN or not token.isascii():
        raise refused(UNREADABLE)
    claims = _object(_signed(token, keys, expected), refused)
    _require_strings(claims, refused)
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=int(SKEW.total_seconds()),
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True},
    )
    try:
        registry.validate(dict(claims))
    except jose.ExpiredTokenError:
        raise refused(EXPIRED) from None
    except jose.MissingClaimError as error:
        missing = set(str(error.claim).split(","))
        raise refused(next(said for claim, said in _CLAIMS.items() if claim in missing)) from None
    except jose.ClaimError as error:
        raise refused(_CLAIMS.get(str(error.claim), UNREADABLE)) from None
    _require_ours(claims, expected, refused, now)
    return claims


def _signed(token: str, keys: Iterable[Mapping[str, Any]], expected: Expected) -> bytes:
    """The payload, its signature verified by the one key that fits the head."""

    def refused(detail: str) -> TokenRefused:
        kind = KeyUnknown if detail in (UNKNOWN_KEY, BAD_SIGNATURE) else TokenRefused
        return kind(host=expected.host, detail=detail)

    registry = jws.JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
    registry.max_header_length = 8192
    try:
        head = jws.extract_compact(token.encode(), registry=registry).headers()
    except (jose.JoseError, ValueError, TypeError, RecursionError):
        raise refused(UNREADABLE) from None
    algorithm = head.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise refused(BAD_ALGORITHM)
    if (key := _key_for(head, keys)) is None:
        raise refused(UNKNOWN_KEY)
    try:
        payload = jws.deserialize_compact(token.encode(), key, registry=registry).payload
    except jose.BadSignatureError:
        raise refused(BAD_SIGNATURE) from None
    except (jose.JoseError, ValueError, TypeError):
        raise refused(UNREADABLE) from None
    return payload or b""


def _key_for(head: Mapping[str, Any], keys: Iterable[Mapping[str, Any]]) -> RSAKey | ECKey | None:
    """The only key that may have signed under this head; addresses and keys in the head are not heard."""
    kind, named = ALGORITHMS[head["alg"]], head.get("kid")
    fitting = [
        key
        for key in keys
        if key.get("kty") == kind
        and key.get("use", "sig") == "sig"
        and key.get("alg", head["alg"]) == head["alg"]
        and _may_verify(key)
        and (named is None or key.get("kid") == named)
    ]
    if len(fitting) != 1:
        return None
    try:
        if kind == "EC":
            return ECKey.import_key(dict(fitting[0]))
        made = RSAKey.import_key(dict(fitting[0]))
    except (jose.JoseError, ValueError, TypeError, KeyError):
        return None
    return made if made.raw_value.key_size >= LEAST_RSA_BITS else None


def _may_verify(key: Mapping[str, Any]) -> bool:
    uses = key.get("key_ops", ["verify"])
    return isinstance(uses, list) and "verify" in uses


def _object(payload: bytes, refused: Any) -> Mapping[str, Any]:
    """The claims; one that stands there twice is read in two ways by two programs."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise refused(TWICE)
        return found

    try:
        claims = json.loads(payload, object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise refused(UNREADABLE) from None
    if not isinstance(claims, dict):
        raise refused(UNREADABLE)
    return claims


def _require_strings(claims: Mapping[str, Any], refused: Any) -> None:
    """`nonce` and `azp` are one text each; a list of many would fit too easily."""
    if not isinstance(claims.get("nonce", ""), str):
        raise refused(OTHER_SIGN_IN)
    if not isinstance(claims.get("azp", ""), str):
        raise refused(OTHER_AUDIENCE)


def _require_ours(claims: Mapping[str, Any], expected: Expected, refused: Any, now: dt.datetime) -> None:
    if not secrets.compare_digest(claims["nonce"].encode(), expected.nonce.encode()):
        raise refused(OTHER_SIGN_IN)
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise refused(OTHER_AUDIENCE)
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims:
        raise refused(OTHER_AUDIENCE)
    if claims["iat"] < (now - OLDEST - SKEW).timestamp():
        raise refused(OTHER_TIME)
