"""Saying what became of a network's rows of a plan, by a signed link and without signing in."""

from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.mail import send_meanwhile
from accounts.refusals import form_again
from annual_plan import letters
from annual_plan.actions import next_year_of
from annual_plan.asking import is_due, lacking, read, token_of
from annual_plan.forms import EvaluationForm, written_in
from annual_plan.quarters import by_quarter, following, in_turn
from annual_plan.throttle import may_have_link
from centres.same_origin import guarded_by_origin
from networks.confirming import LinkState, masked
from networks.views.asking import from_elsewhere, not_sent, root_of
from networks.views.confirming import private


def over(request, link, token):
    """The link led somewhere once; None: it is not whole, or nobody of us has made it."""
    is_expired = link is not None and link.state == LinkState.EXPIRED
    context = {
        "token": token,
        "is_whole": link is not None,
        "address": masked(link.address) if is_expired else "",
        # Whoever wrote while the link grew too old takes it along.
        "written": written_in(request.POST, link and next_year_of(link.plan, timezone.localdate())),
    }
    status = HTTPStatus.GONE if link else HTTPStatus.NOT_FOUND
    # It has a form, and so keeps its referrer: without one browsers send no origin with it.
    return form_again(render(request, "annual_plan/link_over.html", context), status)


def by_link(view):
    """`view` of the `Link` in the address, where it is open; of any other, what became of it."""

    @wraps(view)
    def by_link_view(request, token, **kwargs):
        link = read(token, request.centre)
        if link is None or link.state != LinkState.OPEN:
            return over(request, link, token)
        return view(request, link, token, **kwargs)

    return by_link_view


def address_of(request, token, number=None):
    """The address of the list of rows that `token` leads to, or of the row with the `number`."""
    place = {"centre": request.centre.slug, "token": token}
    if number is None:
        return reverse("annual_plan:evaluate", kwargs=place)
    return reverse("annual_plan:evaluate_row", kwargs=place | {"number": number})


@private
@require_safe
@by_link
def evaluate(request, link, token):
    """The rows of the network, by quarter."""
    today = timezone.localdate()
    waiting = lacking(link.rows, today)
    open_rows = [row for row in in_turn(link.rows, today) if not row.is_evaluated]
    context = {
        "token": token,
        "plan": link.plan,
        "network": link.network,
        "quarters": by_quarter(link.rows),
        "waiting": {row.pk for row in waiting},
        "first": next(iter(open_rows), None),
        "saved": saved_before(request, link),
    }
    return render(request, "annual_plan/evaluate.html", context)


@private
@guarded_by_origin(refused=from_elsewhere)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def evaluate_row(request, link, token, number):
    """The form of one row; from there to the next one that lacks its outcome."""
    row = next((each for each in link.rows if each.number == number), None)
    if row is None:
        raise Http404("No such row, or another network's.")
    form = EvaluationForm(request.POST if request.method == "POST" else None, instance=row, by_link=True)
    if request.method == "POST" and form.is_valid() and form.keep():
        onward = _onward(link.rows, row, timezone.localdate())
        there = address_of(request, token, onward and onward.number)
        return HttpResponseRedirect(f"{there}?saved={number}", status=HTTPStatus.SEE_OTHER)
    # The form has written what was typed into its own row.
    context = {
        "token": token,
        "row": form.stands,
        "goal": goal_shown(row, link),
        "is_internal": row.is_for_insiders,
        "form": form,
        "saved": saved_before(request, link),
    }
    page = render(request, "annual_plan/evaluate_row.html", context)
    return form_again(page) if request.method == "POST" else page


@private
@guarded_by_origin(refused=from_elsewhere)
@require_http_methods(["GET", "HEAD", "POST"])
def evaluate_again(request, token):
    """Sends a new link to the address that the old one went to, whoever holds it."""
    link = read(token, request.centre)
    if request.method != "POST":
        return redirect("annual_plan:evaluate", centre=request.centre.slug, token=token)
    if link is None or not link.is_sound:
        return over(request, link, token)
    if not may_have_link(request, link, timezone.localtime()):
        why = _("Links have been sent already today. Look into your e-mail, or try again tomorrow.")
        return not_sent(request, why, HTTPStatus.TOO_MANY_REQUESTS)
    fresh = token_of(link.plan, link.network, link.address)
    send_meanwhile(letters.new_link(link, fresh, root_of(request)))
    return render(request, "networks/link_sent.html", {"address": masked(link.address)})


def _onward(rows, row, today):
    """The next of `rows` after `row`: whoever says what is over is led to nothing that may still go on."""
    return following(lacking(rows, today) if is_due(row, today) else rows, row, today)


def saved_before(request, link):
    """The row that was saved just before this page, as its address says; None where it says nothing."""
    said = request.GET.get("saved", "")
    return next((row for row in link.rows if str(row.number) == said), None)


def goal_shown(row, link):
    """The goal of `row`, unless it is internal and another network's."""
    goal = row.parent
    is_theirs = goal and any(each.pk == goal.pk for each in link.rows)
    return goal if goal and (is_theirs or not goal.is_internal) else None
