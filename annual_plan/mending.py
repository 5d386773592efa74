"""Who keeps the rows of plans at the desk."""

from centres.rights import may_change, rights_of


def may_mend(request):
    """Whether the reader, who is let in, keeps the rows of the centre of `request` at the desk: one query."""
    return may_change(rights_of(request.user), request.centre)
