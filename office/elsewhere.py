"""The common sign-in: a person proves at the office's provider who they are, and comes in as with a password.

Off unless `oidc_issuer` is set, and then nothing is asked of anybody until somebody presses the button. Whom
the directory does not know does not come in, and nobody is ever added to it from here.
"""

from __future__ import annotations

import datetime as dt
import math
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from documents.errors import NotSignedIn, Refused, TooManyTries, Unavailable
from documents.events import SignInRefused
from gateways import openid
from gateways.id_token import Expected, KeyUnknown, read_id_token
from gateways.openid_asking import BUSY, ProviderAway, host_of
from office import pending
from office.entrance import OPENID, begin_session, people_named
from office.office import Office, local_day
from office.pending import Pending
from office.throttle import Throttle

BACK = "/dang-nhap/noi-khac/ve"
"""Where the provider sends people back to, under `base_url`; to be entered there letter for letter."""
KEPT = dt.timedelta(hours=1)
"""How long the provider's addresses and keys are believed without asking again."""
LEFT_ALONE = dt.timedelta(seconds=20)
"""How long a provider that did not answer is left alone: whoever presses meanwhile hears it at once."""
MOST_FAILURES = 30
"""Sign-ins from one place that may fail in a quarter of an hour; a whole office may share its address."""
MOST_CODE = 4096
MOST_USED = 10_000
"""Sign-ins remembered as over; the provider takes no code twice either."""


class NotBegunHere(NotSignedIn):
    """The way back from the provider without the way there: another browser, another sign-in, or too late."""

    message = "Lần đăng nhập này không bắt đầu từ trình duyệt này, hoặc đã quá {minutes} phút."
    advice = "Chưa có phiên nào được mở. Bấm nút đăng nhập trên trang này để bắt đầu lại."


class TurnedBack(NotSignedIn):
    """The provider did not let the person through, or the person went back."""

    message = "Nơi đăng nhập chung {host} không cho vào, hoặc bạn đã thôi giữa chừng."
    advice = "Chưa có phiên nào được mở. Bấm lại nút đăng nhập, hoặc dùng mật khẩu của Công Văn."


class NotOfThisOffice(NotSignedIn):
    """The provider knows the person; the directory does not, or they do not serve today."""

    message = "Tài khoản này không ứng với một người đang làm việc trong danh bạ của cơ quan."
    advice = (
        "Chưa có phiên nào được mở. "
        "Nhờ quản trị xem lại tên đăng nhập hoặc địa chỉ thư của bạn trong danh bạ."
    )


class SharedByMany(NotSignedIn):
    """The claim fits more than one person who serves; nobody is guessed."""

    message = "Tài khoản này ứng với nhiều người trong danh bạ, nên không biết là ai."
    advice = (
        "Chưa có phiên nào được mở. "
        "Nhờ quản trị sửa danh bạ, để mỗi người có tên đăng nhập và địa chỉ thư riêng."
    )


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that leaves: where to send the browser, and what it keeps meanwhile."""

    address: str
    kept: str


@dataclass(frozen=True, slots=True)
class Entered:
    """A person came in; `can_leave` when the provider offers to end the session there too."""

    token: str
    next_page: str
    can_leave: bool


class Elsewhere:
    """The common sign-in of one office; thread-safe, one for a running desk."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.label = office.settings.oidc_label
        self._key = secrets.token_bytes(32)
        self._failures = Throttle(from_place=MOST_FAILURES, for_name=MOST_FAILURES)
        self._used: OrderedDict[str, None] = OrderedDict()
        self._lock, self._asking = threading.Lock(), threading.Lock()
        self._provider: tuple[dt.datetime, openid.Provider] | None = None
        self._keys: tuple[dt.datetime, tuple[Mapping[str, Any], ...]] | None = None
        self._silent: tuple[dt.datetime, Unavailable] | None = None

    @property
    def base_url(self) -> str:
        """Where people reach the desk, without a slash at the end."""
        return self.office.settings.base_url.rstrip("/")

    def begin(self, next_page: str, *, language: str, place: str, now: dt.datetime) -> Begun:
        """Send somebody to the provider; `next_page` must be a page of ours.

        Raises:
            TooManyTries: too many sign-ins from this place failed lately.
            ProviderAway, ProviderUnsound: nobody can be sent there now.
        """
        self._require_patience(place, now)
        client = client_of(self.office)
        provider = self._find_provider(client, now)
        begun = pending.begin(next_page, now)
        address = openid.address_to_ask(
            provider,
            client,
            state=begun.word("state", self._key),
            nonce=begun.word("nonce", self._key),
            verifier=begun.word("verifier", self._key),
            language=language,
        )
        return Begun(address, pending.seal(begun, self._key))

    def finish(self, kept: str, answer: Mapping[str, str], *, place: str, now: dt.datetime) -> Entered:
        """Let in whom the provider sends back with `answer`, to the browser that kept `kept`.

        Raises:
            NotBegunHere: the browser did not begin this sign-in, or too long ago, or it has ended already.
            TooManyTries: too many sign-ins from this place failed lately.
            TurnedBack, CodeRefused, TokenRefused: the provider's answer lets nobody in.
            NotOfThisOffice, SharedByMany: it names nobody who serves, or not one person.
            ProviderAway, ProviderUnsound: it does not answer, or not as our settings say.
        """
        begun = self._recall(kept, answer.get("state", ""), now)
        self._require_patience(place, now)
        try:
            return self._let_in(begun, answer, now)
        except Refused:
            self._failures.fail(place, place, now)
            raise

    def address_to_leave(self, *, now: dt.datetime) -> str | None:
        """Where to end the session at the provider too; None when it offers no such place.

        Raises:
            ProviderAway, ProviderUnsound: it does not say.
        """
        client = client_of(self.office)
        provider = self._find_provider(client, now)
        return openid.address_to_leave(provider, client, back=f"{self.base_url}/dang-nhap")

    # ── one sign-in ──────────────────────────────────────────────────────────────────────────────────────

    def _recall(self, kept: str, state: str, now: dt.datetime) -> Pending:
        """The sign-in that began in this browser; each comes back once."""
        begun = pending.unseal(kept, self._key, now)
        if (
            begun is None
            or not secrets.compare_digest(begun.word("state", self._key).encode(), state.encode())
            or not self._is_first(begun.seed)
        ):
            raise NotBegunHere(minutes=int(pending.LIFE.total_seconds() // 60))
        return begun

    def _is_first(self, seed: str) -> bool:
        with self._lock:
            is_first = seed not in self._used
            self._used[seed] = None
            while len(self._used) > MOST_USED:
                self._used.popitem(last=False)
        return is_first

    def _let_in(self, begun: Pending, answer: Mapping[str, str], now: dt.datetime) -> Entered:
        client = client_of(self.office)
        provider = self._find_provider(client, now)
        code = answer.get("code", "")
        is_theirs = answer.get("iss", "" if provider.names_itself else client.issuer) == client.issuer
        if "error" in answer or not 0 < len(code) <= MOST_CODE or not is_theirs:
            raise TurnedBack(host=provider.host)
        token = openid.trade(provider, client, code=code, verifier=begun.word("verifier", self._key))
        expected = Expected(
            host=provider.host,
            issuer=client.issuer,
            client_id=client.client_id,
            nonce=begun.word("nonce", self._key),
        )
        claims = self._read(token, expected, provider, client, now)
        return self._welcome(claims, begun, provider, now)

    def _read(
        self,
        token: str,
        expected: Expected,
        provider: openid.Provider,
        client: openid.Client,
        now: dt.datetime,
    ) -> Mapping[str, Any]:
        """The claims; keys that do not fit are fetched once more, for providers change them."""
        if self._keys and now - self._keys[0] < KEPT:
            try:
                return read_id_token(token, self._keys[1], expected, now=now)
            except KeyUnknown:
                pass
        keys = openid.fetch_keys(provider, client)
        self._keys = (now, keys)
        return read_id_token(token, keys, expected, now=now)

    def _welcome(
        self, claims: Mapping[str, Any], begun: Pending, provider: openid.Provider, now: dt.datetime
    ) -> Entered:
        settings = self.office.settings
        with self.office.view() as view:
            named = people_named(
                view.directory(), claims, claim=settings.oidc_claim, match=settings.oidc_match
            )
        serving = [person for person in named if person.is_active(local_day(now))]
        if len(serving) == 1:
            token = begin_session(self.office, serving[0].id, way=OPENID, now=now)
            return Entered(token, begun.next_page, provider.end_session is not None)
        with self.office.registry.book("desk", now) as book:
            for person in named:
                book.record(SignInRefused(person=person.id, way=OPENID))
        raise SharedByMany() if serving else NotOfThisOffice()

    # ── what is known of the provider ────────────────────────────────────────────────────────────────────

    def _require_patience(self, place: str, now: dt.datetime) -> None:
        if wait := self._failures.wait(place, place, now):
            raise TooManyTries(minutes=math.ceil(wait.total_seconds() / 60))

    def _find_provider(self, client: openid.Client, now: dt.datetime) -> openid.Provider:
        """The provider as it last described itself; one at a time asks it, and only now and then."""
        with self._alone(client):
            if self._provider and now - self._provider[0] < KEPT:
                return self._provider[1]
            if self._silent and now - self._silent[0] < LEFT_ALONE:
                raise type(self._silent[1])(**self._silent[1].facts)
            try:
                found = openid.discover(client)
            except Unavailable as trouble:
                self._silent = (now, trouble)
                raise
            self._provider, self._silent = (now, found), None
            return found

    @contextmanager
    def _alone(self, client: openid.Client) -> Iterator[None]:
        if not self._asking.acquire(timeout=2):
            raise ProviderAway(host=host_of(client.issuer), detail=BUSY)
        try:
            yield
        finally:
            self._asking.release()


NO_KEY = "chưa dùng được: tệp oidc_client_secret_file không đọc được hoặc trống"


def client_of(office: Office) -> openid.Client:
    """This office as the provider knows it; a secret in a file is read each time, so that it may change.

    Raises:
        ProviderUnsound: the file of the secret cannot be read, or is empty.
    """
    settings = office.settings
    secret = settings.oidc_client_secret.get_secret_value()
    if file := settings.oidc_client_secret_file:
        try:
            secret = (settings.home / file).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            secret = ""
    if not secret:
        raise openid.ProviderUnsound(host=host_of(settings.oidc_issuer), detail=NO_KEY)
    return openid.Client(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        secret=secret,
        back=settings.base_url.rstrip("/") + BACK,
        ca_file=settings.home / settings.oidc_ca_file if settings.oidc_ca_file else None,
    )


def open_elsewhere(office: Office) -> Elsewhere | None:
    """The common sign-in, where the office has one; asks nobody anything yet."""
    return Elsewhere(office) if office.settings.oidc_issuer else None


def probe(office: Office) -> str:
    """Ask the provider for its addresses and its keys, and return its host.

    Raises:
        ProviderAway, ProviderUnsound: people cannot sign in there now.
    """
    client = client_of(office)
    provider = openid.discover(client)
    openid.fetch_keys(provider, client)
    return provider.host
