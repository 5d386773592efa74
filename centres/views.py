"""The page that an invitation leads to."""

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.refusals import form_again
from accounts.views import ONWARD, WELCOME, private, sign_in
from centres.forms import AcceptForm
from centres.invitation_actions import NotOpenError, NowKnownError, accept
from centres.models import Invitation, Membership


@private
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """A new person writes a name and a password; somebody known signs in and says yes."""
    now = timezone.now()
    row = Invitation.objects.with_state(now).by_token(token)
    if row is None:
        return render(request, "centres/invitation_over.html", {"state": None, "ask_in": None}, status=404)
    known = User.objects.filter(email=row.email).first()
    if row.state == Invitation.State.ACCEPTED and request.user == known:
        return redirect("account_onward")
    if row.state != Invitation.State.WAITING:
        return over(request, row, row.state)
    if known and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if request.user.is_authenticated and request.user != known:
        # With a status of 400 or above it would be `no-referrer`, and its button could not sign anybody out.
        return render(request, "centres/invitation_other.html", {"invitation": row})
    reads = row.role == Membership.Role.PROFESSIONAL
    form = None if known else AcceptForm(request.POST or None, email=row.email, reads=reads)
    if request.method == "POST" and (form is None or form.is_valid()):
        return come_in(request, row, now, known, form)
    page = render(request, "centres/invitation.html", {"invitation": row, "form": form})
    return form_again(page) if request.method == "POST" else page


def come_in(request, row, now, known, form):
    """Accepts for the user `known`, or for the new one whom the valid `form` describes, and leads onward."""
    password = None if known else form.cleaned_data["password1"]
    name = "" if known else form.cleaned_data["name"]
    try:
        user = accept(invitation=row, now=now, user=known, name=name, password=password)
    except NotOpenError as error:
        return over(request, row, error.state)
    except NowKnownError:
        return redirect_to_login(request.get_full_path())
    request.session[WELCOME] = True
    first_page = request.session[ONWARD] = first_page_of(user, row)
    if known:
        return redirect("account_onward")
    onward = reverse("mfa_index") if user.is_staff else first_page
    return sign_in(request, email=user.email, password=password, onward=onward)


def first_page_of(user, row):
    """Where `user` begins who has accepted the invitation `row`: at the desk, or with their own card."""
    if user.is_staff:
        return reverse("admin:index")
    return reverse("professionals:own", kwargs={"centre": row.centre.slug})


def over(request, row, state):
    """The link of the invitation `row` led somewhere once; a professional may ask for access without one."""
    is_dead = state != Invitation.State.ACCEPTED
    may_ask = row.role == Membership.Role.PROFESSIONAL and row.centre.is_public(timezone.localdate())
    context = {"state": state, "ask_in": row.centre if is_dead and may_ask else None}
    return render(request, "centres/invitation_over.html", context, status=410)
