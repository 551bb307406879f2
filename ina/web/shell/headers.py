"""What every answer says about itself to browsers and proxies."""

from __future__ import annotations

from django.utils.cache import patch_vary_headers


class HeadersMiddleware:
    """No page is kept anywhere: they show people, and the PCs are shared. Static files do not come this way.

    ``Vary`` keeps a fragment from being shown as the page of the same address (stack T15). Answers that came about
    outside the usual middleware (error pages after a rollback) pass here too, so it stands above the transaction.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["HX-Request", "HX-Target", "Cookie"])
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response
