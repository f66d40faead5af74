"""What the operating system, the databases and the YAML reader say in English, in Vietnamese."""

from __future__ import annotations

import errno
import os
import re

_SYSTEM = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không được phép",
    errno.EEXIST: "đã có tệp này",
    errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EIO: "ổ đĩa có lỗi đọc ghi",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.EMFILE: "mở quá nhiều tệp cùng lúc",
    errno.ENOTEMPTY: "thư mục không trống",
    errno.ESTALE: "ổ mạng đã ngắt",
    errno.ELOOP: "liên kết vòng",
    errno.EADDRINUSE: "cổng đang có chương trình khác dùng",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ ấy",
    errno.ECONNREFUSED: "không có chương trình nào trả lời",
    errno.ETIMEDOUT: "quá lâu không trả lời",
    errno.EHOSTUNREACH: "không tới được máy ấy",
    errno.ENETUNREACH: "không có mạng",
    errno.ENOMEM: "máy hết bộ nhớ",
}
_PATTERNS = tuple(
    (re.compile(theirs), ours)
    for theirs, ours in (
        # the network
        (r"Name or service not known|Temporary failure in name resolution", "không tìm thấy máy có tên ấy"),
        (r"timed out|timeout expired", "quá lâu không trả lời"),
        # PostgreSQL
        (
            r'(?:connection failed: )?connection to server at "(.*?)", port (\d+) failed: ',
            r"máy \1, cổng \2: ",
        ),
        (r'FATAL: +password authentication failed for user "(.*?)"', r"sai mật khẩu của tài khoản “\1”"),
        (r'FATAL: +database "(.*?)" does not exist', r"không có cơ sở dữ liệu “\1”"),
        (r'FATAL: +role "(.*?)" does not exist', r"không có tài khoản “\1”"),
        (r"FATAL: +the database system is starting up", "cơ sở dữ liệu đang khởi động"),
        # SQLite
        (r"file is not a database", "tệp này không phải là cơ sở dữ liệu"),
        (r"database disk image is malformed", "tệp cơ sở dữ liệu bị hỏng"),
        (r"unable to open database file", "không mở được tệp cơ sở dữ liệu"),
        (r"attempt to write a readonly database", "tệp cơ sở dữ liệu chỉ cho đọc"),
        (r"database is locked", "cơ sở dữ liệu đang bị chương trình khác giữ"),
        (r"database or disk is full", "ổ đĩa đã đầy"),
        (r"disk I/O error", "ổ đĩa có lỗi đọc ghi"),
        # YAML
        (
            r"mapping values are not allowed here",
            "dấu hai chấm sai chỗ; chữ có dấu hai chấm phải ở trong nháy",
        ),
        (r"could not find expected ':'", "thiếu dấu hai chấm"),
        (r"found character '\\t' that cannot start any token", "có phím Tab; hãy thụt dòng bằng dấu cách"),
        (r"found unexpected end of stream", "thiếu dấu nháy đóng"),
        (r"expected <block end>, but found .*?(?=\)|$)", "thụt dòng không thẳng hàng"),
        (r"expected ',' or '[\]}]', but got .*?(?=\)|$)", "thiếu dấu phẩy hoặc dấu ngoặc đóng"),
        (r"special characters are not allowed", "có ký tự không phải chữ"),
    )
)


def in_vietnamese(text: str) -> str:
    """`text` with every failure that is told in English told in Vietnamese; all else as it is."""
    for number, words in _SYSTEM.items():
        text = text.replace(os.strerror(number), words)
    for theirs, ours in _PATTERNS:
        text = theirs.sub(ours, text)
    return text
