"""Forms that come back because something in them is wrong."""

from http import HTTPStatus


def form_again(response, status=HTTPStatus.BAD_REQUEST):
    """`response`, the page of a form that was refused, with a status that says so besides its words.

    Such a page keeps its referrer (`centres.middleware.NoTraceMiddleware`): without one browsers send no origin with
    the form, and Django would refuse the second try.
    """
    response.status_code = status
    response.is_form_again = True
    return response
