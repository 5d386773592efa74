"""A list cut into pages."""

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator


def page_of(rows, total, size, number):
    """Page `number` (text from the address, or None for the first) of `rows`, of which there are `total`.

    Gives ``(page, wrong)``: a number that there is no page for gives the first page, and `wrong` says so.
    """
    paginator = Paginator(rows, size)
    paginator.count = total  # counted already, with the filters
    try:
        return paginator.page(number or 1), False
    except (PageNotAnInteger, EmptyPage):
        return paginator.page(1), True
