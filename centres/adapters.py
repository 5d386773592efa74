"""Where signing in leads to."""

from django.urls import reverse
from django.utils import timezone

from accounts.adapters import AccountAdapter
from centres.models import FamilyCentre, Membership


class PortalAccountAdapter(AccountAdapter):
    def get_login_redirect_url(self, request):
        """For whoever is a professional and nothing more, their own card in the first centre that lets them in."""
        user = request.user
        if not user.is_staff:
            rows = Membership.objects.reading(timezone.localdate()).order_by("pk")
            rows = rows.filter(user=user, centre__in=FamilyCentre.objects.public())
            if slug := rows.values_list("centre__slug", flat=True).first():
                return reverse("professionals:own", kwargs={"centre": slug})
        return super().get_login_redirect_url(request)
