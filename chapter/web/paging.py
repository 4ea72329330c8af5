"""Pages of a long list."""

from django.core.paginator import Page, Paginator


def page_of(rows, request, *, per_page: int) -> Page:
    """The page that `?page=` names; the nearest one for a wrong number."""
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    page.numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return page
