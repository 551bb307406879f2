"""The process that sets papers: ``python -m ina.documents.setter``, one child of each process that needs papers.

It knows no database and no Django, so that it starts quickly; what typst keeps in memory is its own and goes with it.
Requests and answers go over its pipes, each led by its length (eight bytes, big-endian). A request is JSON
(``{"input", "data", "root", "fonts"}``); an answer is one byte, ``P`` and the PDF or ``E`` and what typst said.
"""

from __future__ import annotations

import json
import struct
import sys
from typing import IO, Any

import typst

LENGTH = struct.Struct(">Q")
STANDARDS: Any = ["a-2a", "ua-1"]


def read_message(stream: IO[bytes]) -> bytes:
    """The next message; empty when the other side has closed. Raises EOFError when it ended in the middle."""
    head = stream.read(LENGTH.size)
    if not head:
        return b""
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return body


def write_message(stream: IO[bytes], body: bytes) -> None:
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()


def serve(asked: IO[bytes], told: IO[bytes]) -> None:
    """Set paper after paper until the parent closes its end."""
    compiler = None
    while request := read_message(asked):
        said = json.loads(request)
        try:
            compiler = compiler or typst.Compiler(
                root=said["root"], font_paths=[said["fonts"]], ignore_system_fonts=True
            )
            pdf = compiler.compile(
                input=said["input"], format="pdf", sys_inputs={"data": said["data"]}, pdf_standards=STANDARDS
            )
            assert isinstance(pdf, bytes)
            answer = b"P" + pdf
        except (typst.TypstError, RuntimeError) as error:
            answer = b"E" + str(error).encode()
        write_message(told, answer)


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
