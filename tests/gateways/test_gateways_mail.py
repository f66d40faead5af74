"""Real SMTP conversations on the loopback, with servers in every mood."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from documents.errors import AddressRefused, MailAway, Refused, Unavailable
from gateways.mail import EmlFolder, MailServer, NoticeText, compose_notice, probe, send

HOST = "127.0.0.1"
MESSAGE_ID = "<k7m2.assigned.linh@congvan>"


class PostOffice:
    """What the server says at each step, and what it took."""

    def __init__(self, *, at_rcpt: str = "250 OK", at_data: str = "250 OK", at_mail: str = "250 OK") -> None:
        self.at_rcpt, self.at_data, self.at_mail = at_rcpt, at_data, at_mail
        self.taken: list[Envelope] = []
        self.users: list[str] = []

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_mail.startswith("2"):
            envelope.mail_from = address
        return self.at_mail

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_rcpt.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.at_rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- the same
        if self.at_data.startswith("2"):
            self.taken.append(envelope)
        return self.at_data

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, how: str, who: object
    ) -> AuthResult:
        assert isinstance(who, LoginPassword)
        self.users.append(who.login.decode())
        return AuthResult(success=who.password == b"mat-khau-dung", handled=False)


def _free_port() -> int:
    with socket.socket() as probe_socket:
        probe_socket.bind((HOST, 0))
        return int(probe_socket.getsockname()[1])


@contextmanager
def _serving(office: PostOffice, **options: object) -> Iterator[int]:
    controller = Controller(office, hostname=HOST, port=_free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _server(port: int, **options: object) -> MailServer:
    told: dict[str, object] = {"host": HOST, "port": port, "sender": "congvan@so.local", "timeout_s": 5.0}
    return MailServer(**{**told, **options})  # type: ignore[arg-type]  # rows below


@pytest.fixture
def letter() -> EmailMessage:
    """A notice to one person."""
    return compose_notice(
        NoticeText(
            kind="assigned", document_id="k7m2", office="Sở", subject="Đối ngoại", due=dt.date(2012, 1, 30)
        ),
        sender="congvan@so.local",
        recipient="linh@so.local",
        recipient_name="Nguyễn Thị Linh",
        message_id=MESSAGE_ID,
        now=dt.datetime(2012, 1, 5, 1, 12, tzinfo=dt.UTC),
    )


# ── a server that answers ────────────────────────────────────────────────────────────────────────────────


def test_a_letter_arrives_whole_at_its_one_recipient(letter: EmailMessage) -> None:
    office = PostOffice()
    with _serving(office) as port:
        send(letter, _server(port))
    (envelope,) = office.taken
    assert envelope.rcpt_tos == ["linh@so.local"]
    assert envelope.mail_from == "congvan@so.local"
    assert isinstance(envelope.content, bytes)
    received = message_from_bytes(envelope.content, policy=default)
    assert received["Message-ID"] == MESSAGE_ID
    assert [p.get_content_type() for p in received.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip
    assert "Đối ngoại" in received.get_body(("plain",)).get_content()  # type: ignore[attr-defined,union-attr]  # default policy


@pytest.mark.parametrize(
    ("mood", "kind"),
    [
        pytest.param({"at_rcpt": "550 5.1.1 no such user"}, AddressRefused, id="nobody of that name"),
        pytest.param(
            {"at_rcpt": "550 mailbox unavailable"}, AddressRefused, id="the same without a long code"
        ),
        pytest.param({"at_rcpt": "553 5.1.3 bad address"}, AddressRefused, id="not an address there"),
        pytest.param({"at_data": "550 5.1.1 no such user"}, AddressRefused, id="nobody, said after the text"),
        pytest.param({"at_rcpt": "450 4.2.0 greylisted"}, MailAway, id="greylisting"),
        pytest.param({"at_rcpt": "451 4.3.0 try later"}, MailAway, id="server busy at the recipient"),
        pytest.param({"at_rcpt": "452 4.2.2 mailbox full"}, MailAway, id="mailbox full for now"),
        pytest.param({"at_data": "451 4.3.2 try later"}, MailAway, id="server busy after the text"),
        pytest.param(
            {"at_rcpt": "550 5.7.1 relaying denied"}, MailAway, id="our server's settings, not the address"
        ),
        pytest.param({"at_rcpt": "530 5.7.0 sign in first"}, MailAway, id="wants us to sign in"),
        pytest.param({"at_data": "554 5.6.0 content refused"}, MailAway, id="content, not the address"),
        pytest.param({"at_mail": "550 5.1.8 who are you"}, MailAway, id="our own address is refused"),
        pytest.param({"at_mail": "421 4.3.2 shutting down"}, MailAway, id="going down"),
    ],
)
def test_not_now_is_told_apart_from_never_this_address(
    letter: EmailMessage, mood: dict[str, str], kind: type[Exception]
) -> None:
    office = PostOffice(**mood)
    with _serving(office) as port, pytest.raises((AddressRefused, MailAway)) as caught:
        send(letter, _server(port))
    assert type(caught.value) is kind
    assert next(iter(mood.values()))[4:] in str(caught.value)
    assert isinstance(caught.value, Unavailable if kind is MailAway else Refused)
    assert office.taken == []


def test_a_letter_to_nobody_or_to_two_is_a_mistake_of_the_caller(letter: EmailMessage) -> None:
    two = EmailMessage()
    two["To"] = "a@so.local, b@so.local"
    hidden = EmailMessage()
    hidden["To"], hidden["Bcc"] = "a@so.local", "b@so.local"
    for wrong in (EmailMessage(), two, hidden):
        with pytest.raises(ValueError, match="exactly one"):
            send(wrong, _server(1))


# ── a server that does not answer ────────────────────────────────────────────────────────────────────────


def test_a_server_that_is_not_there_is_away(letter: EmailMessage) -> None:
    with pytest.raises(MailAway, match="không có máy chủ") as caught:
        send(letter, _server(_free_port()))
    assert "hàng gửi" in caught.value.advise()


@contextmanager
def _plain_server(conversation: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server of a few lines, to be rude in ways that a real one cannot be told to."""

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            conversation(connection)

    with socket.create_server((HOST, 0)) as listening:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        thread.join(timeout=10)


def _say_nothing(connection: socket.socket) -> None:
    connection.settimeout(5)
    while connection.recv(100):
        pass


def _hang_after_greeting(connection: socket.socket) -> None:
    connection.sendall(b"220 here\r\n")
    _say_nothing(connection)


def _talk(connection: socket.socket, *, at_end: Callable[[socket.socket], None], took: list[bytes]) -> None:
    """Be a polite server up to the end of the text, then do `at_end`."""
    connection.sendall(b"220 here\r\n")
    lines = connection.makefile("rb")
    for line in lines:
        verb = line[:4].upper()
        if verb == b"DATA":
            connection.sendall(b"354 go on\r\n")
            while (piece := lines.readline()) != b".\r\n":
                took.append(piece)
            at_end(connection)
            if not took[-1]:
                return
        elif verb == b"QUIT":
            return
        else:
            connection.sendall(b"250 fine\r\n")
    lines.close()


@pytest.mark.parametrize("silence", [_say_nothing, _hang_after_greeting])
def test_a_server_that_hangs_is_left_after_the_time_limit(
    letter: EmailMessage, silence: Callable[[socket.socket], None]
) -> None:
    start = time.monotonic()
    with _plain_server(silence) as port, pytest.raises(MailAway, match="không trả lời kịp"):
        send(letter, _server(port, timeout_s=0.3))
    assert time.monotonic() - start < 3.0


def test_a_line_that_breaks_after_the_text_is_tried_again_with_the_same_number(letter: EmailMessage) -> None:
    seen: list[bytes] = []
    for _ in range(2):
        took: list[bytes] = []

        def drop(connection: socket.socket, took: list[bytes] = took) -> None:
            took.append(b"")
            connection.shutdown(socket.SHUT_RDWR)

        def converse(connection: socket.socket, took: list[bytes] = took, drop: object = drop) -> None:
            _talk(connection, at_end=drop, took=took)  # type: ignore[arg-type]  # bound above

        with _plain_server(converse) as port, pytest.raises(MailAway):
            send(letter, _server(port))
        seen.append(next(line for line in took if line.startswith(b"Message-ID")))
    assert seen == [f"Message-ID: {MESSAGE_ID}\r\n".encode()] * 2


def test_what_the_server_took_is_sent_even_when_it_does_not_say_good_bye(letter: EmailMessage) -> None:
    took: list[bytes] = []

    def converse(connection: socket.socket) -> None:
        _talk(connection, at_end=lambda c: c.sendall(b"250 queued\r\n"), took=took)

    with _plain_server(converse) as port:
        send(letter, _server(port, timeout_s=2.0))
    assert took


def test_a_server_that_speaks_no_smtp_is_away(letter: EmailMessage) -> None:
    with (
        _plain_server(lambda c: c.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port,
        pytest.raises(MailAway),
    ):
        send(letter, _server(port))


# ── secured lines ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of the loopback's own, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def test_starttls_with_sign_in_delivers(letter: EmailMessage, certificate: Path) -> None:
    office = PostOffice()
    with _serving(
        office, tls_context=_context(certificate), require_starttls=True, authenticator=office.authenticate
    ) as port:
        server = _server(
            port,
            host="localhost",
            security="starttls",
            user="congvan",
            password="mat-khau-dung",
            ca_file=certificate,
        )
        probe(server)
        send(letter, server)
    assert len(office.taken) == 1
    assert office.users == ["congvan", "congvan"]


def test_a_line_secured_from_the_start_delivers(letter: EmailMessage, certificate: Path) -> None:
    office = PostOffice()
    with _serving(office, ssl_context=_context(certificate), server_hostname="localhost") as port:
        send(letter, _server(port, host="localhost", security="tls", ca_file=certificate))
    assert len(office.taken) == 1


@pytest.mark.parametrize(
    "change", [{"ca_file": None}, {"host": HOST}], ids=["unknown issuer", "another name"]
)
def test_a_certificate_that_does_not_hold_stops_the_letter(
    letter: EmailMessage, certificate: Path, change: dict[str, object]
) -> None:
    office = PostOffice()
    with _serving(office, tls_context=_context(certificate)) as port:
        told = {"host": "localhost", "security": "starttls", "ca_file": certificate, **change}
        with pytest.raises(MailAway, match="chứng thư"):
            send(letter, _server(port, **told))
    assert office.taken == []


def test_a_server_without_starttls_gets_neither_letter_nor_password(letter: EmailMessage) -> None:
    office = PostOffice()
    with _serving(office) as port, pytest.raises(MailAway):
        send(letter, _server(port, security="starttls", user="congvan", password="mat-khau-dung"))
    assert office.taken == []
    assert office.users == []


def test_a_wrong_password_is_trouble_of_the_server_and_never_shown(letter: EmailMessage) -> None:
    office = PostOffice()
    with (
        _serving(office, authenticator=office.authenticate, auth_require_tls=False) as port,
        pytest.raises(MailAway) as caught,
    ):
        send(letter, _server(port, user="congvan", password="sai-mat-khau"))
    assert "535" in str(caught.value)
    assert "sai-mat-khau" not in str(caught.value)
    assert "sai-mat-khau" not in repr(_server(1, password="sai-mat-khau"))
    assert office.taken == []


def test_probing_says_whether_the_server_answers_and_sends_nothing() -> None:
    office = PostOffice()
    with _serving(office) as port:
        probe(_server(port))
    assert office.taken == []
    with pytest.raises(MailAway):
        probe(_server(_free_port()))


def test_nobody_is_asked_for_our_own_name(letter: EmailMessage) -> None:
    greeted: list[str] = []

    class Listening(PostOffice):
        async def handle_EHLO(  # noqa: N802 -- aiosmtpd's name
            self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
        ) -> list[str]:
            greeted.append(hostname)
            session.host_name = hostname
            return responses

    with _serving(Listening()) as port:
        send(letter, _server(port))
    assert greeted == ["so.local"]


# ── without a server ─────────────────────────────────────────────────────────────────────────────────────


def test_without_a_server_a_letter_is_a_file_that_mail_programs_open(
    letter: EmailMessage, tmp_path: Path
) -> None:
    folder = EmlFolder(tmp_path / "thu")
    path = folder.write(letter)
    assert path == tmp_path / "thu" / "k7m2.assigned.linh@congvan.eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    read = message_from_bytes(path.read_bytes(), policy=default)
    assert read["To"].addresses[0].addr_spec == "linh@so.local"
    assert b"\r\n" in path.read_bytes()


def test_writing_the_same_letter_again_leaves_one_file(letter: EmailMessage, tmp_path: Path) -> None:
    folder = EmlFolder(tmp_path)
    assert folder.write(letter) == folder.write(letter)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("message_id", ["<../../x@y>", "<.x@y>", "<a/b@c>", f"<{'a' * 300}@b>"])
def test_no_message_id_leads_out_of_the_folder(tmp_path: Path, message_id: str) -> None:
    message = EmailMessage()
    message["Message-ID"] = message_id
    path = EmlFolder(tmp_path / "thu").write(message)
    assert path.parent == tmp_path / "thu"
    assert len(path.name) == 44


def test_a_folder_that_cannot_be_written_lets_the_letter_wait(
    letter: EmailMessage, home_of_nobody: Path
) -> None:
    home_of_nobody.chmod(0o500)
    with pytest.raises(MailAway, match="thư mục"):
        EmlFolder(home_of_nobody).write(letter)
