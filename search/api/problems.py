"""What went wrong, in the form of RFC 9457."""

from http import HTTPStatus

from django.http import JsonResponse


def problem(status: int, detail: str, headers: dict | None = None, **more) -> JsonResponse:
    """An answer that a program can read and a person can understand."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    return JsonResponse(
        content, status=status, content_type="application/problem+json", headers=headers
    )
