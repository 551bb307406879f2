"""A file as an answer: not kept by the browser, shown as what it is."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse


def answer_file(content: bytes, media_type: str, name: str, *, attached: bool = False) -> HttpResponse:
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    way = "attachment" if attached else "inline"
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        },
    )
