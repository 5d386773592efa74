"""Addresses of people, and of what each keeps of themselves: ``/rovaniemi/ammattilaiset/``."""

from django.urls import path

from networks import views

app_name = "professionals"

urlpatterns = [
    path("", views.directory, name="index"),
    path("<uuid:uuid>/", views.card, name="card"),
    path("<uuid:uuid>/card.vcf", views.card_file, name="card_file"),
]
