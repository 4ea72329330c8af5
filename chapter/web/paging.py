"""Pages of a long list."""

from django.core.paginator import Paginator


def page_of(rows, request, *, per_page):
    """The page of `rows` that `?page=` asks for; anything that is no page number gives the nearest one there is."""
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    page.numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return page
