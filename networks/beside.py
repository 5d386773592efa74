"""What rooms above add to the page of a network, which knows nothing of them.

A room registers a teller once the apps are ready; the page shows what it tells, in the order of the rooms.
"""

_tellers = []


def told_on_network_page(template):
    """Registers a function of a local network, the date `today`, the reader's language, and whether an `insider` reads.

    It gives the context of `template`, or None where there is nothing to tell, in as few queries as it can. In the
    context `falls_back` says whether any of it is in Finnish for want of that language.
    """

    def register(teller):
        _tellers.append((template, teller))
        return teller

    return register


def told_beside(local, today, language, *, insider):
    """Pairs of a template and its context: what is told on the page of the `LocalNetwork` `local`."""
    told = ((template, teller(local, today, language, insider=insider)) for template, teller in _tellers)
    return [(template, context) for template, context in told if context is not None]
