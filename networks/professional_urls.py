"""Addresses of people, and of what each keeps of themselves: ``/rovaniemi/ammattilaiset/``."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from networks import views

app_name = "professionals"

of_calendars = [
    path("", views.calendars, name="calendars"),
    path("<str:token>.ics", views.own_calendar, name="calendar"),
]

# Translators: addresses: small letters a–z and hyphens only, each word followed by a slash.
urlpatterns = [
    path("", views.directory, name="index"),
    path(pgettext_lazy("address", "ask-for-access/"), views.ask, name="ask"),
    path(pgettext_lazy("address", "ask-for-access/thank-you/"), views.asked, name="asked"),
    path(pgettext_lazy("address", "own/"), views.own, name="own"),
    path(pgettext_lazy("address", "own/card/"), views.own_edit, name="own_edit"),
    path(pgettext_lazy("address", "own/right/"), views.right, name="right"),
    path(pgettext_lazy("address", "own/stay/"), views.stay, name="stay"),
    path(pgettext_lazy("address", "own/end/"), views.leave, name="leave"),
    path(pgettext_lazy("address", "own/ended/"), views.left, name="left"),
    path(pgettext_lazy("address", "confirmed/"), views.confirmed, name="confirmed"),
    path(
        pgettext_lazy("address", "confirm/"),
        include(
            [
                path("<str:token>/", views.confirm, name="confirm"),
                path("<str:token>/+/", views.confirm_again, name="confirm_again"),
            ]
        ),
    ),
    path(pgettext_lazy("address", "calendar/"), include(of_calendars)),
    path("<uuid:uuid>/", views.card, name="card"),
    path("<uuid:uuid>/card.vcf", views.card_file, name="card_file"),
]
