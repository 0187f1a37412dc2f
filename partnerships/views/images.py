"""Pictures of case studies. They have no address of their own in the media folder: each is handed out here."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from partnerships.images import content_type
from partnerships.models import CaseImage, Partnership

# Long enough to spare the server, short enough that a withdrawn partnership's pictures go soon.
SHARED_SECONDS = 3600


@require_safe
@csp_replace({"default-src": [NONE], "sandbox": True})
def case_image(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """Serve a picture of a published partnership to everybody, and of any other one to curators only."""
    pictures = CaseImage.objects.filter(case_study__partnership__slug=slug, pk=pk)
    picture = pictures.filter(case_study__partnership__in=Partnership.objects.published()).first()
    if picture:
        return picture_file(picture, caching=f"public, max-age={SHARED_SECONDS}")
    # Asked only now: a visitor's picture stays the same for everybody, and caches may keep it.
    if not (request.user.is_authenticated and request.user.is_curator):
        raise Http404
    return picture_file(get_object_or_404(pictures))


def picture_file(picture: CaseImage, *, caching: str = "private, no-store") -> FileResponse:
    """The file, marked so that no browser takes it for anything but a picture."""
    try:
        file = picture.image.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        file,
        content_type=content_type(picture.image.name),
        headers={"Cache-Control": caching, "X-Content-Type-Options": "nosniff"},
    )
