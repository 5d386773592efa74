"""Pages that tell: what a family centre is, help now, accessibility, privacy."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from annual_plan.models import PlanItem
from centres.discretion import render_page
from centres.languages import columns, held_with_interface
from centres.levels import level_words
from centres.models import LocalTask, Task
from networks.openings import KEPT
from perhekeskus.own_texts import ON_ABOUT
from services.help_now import help_lines


@require_safe
def about(request):
    """What a family centre is, its seven tasks, with what is done for each this year, and its stairs."""
    here = {row.task_id: row for row in LocalTask.objects.filter(centre=request.centre)}
    year = timezone.localdate().year
    rows = PlanItem.objects.filter(plan__centre=request.centre, plan__year=year).seen_by(insider=False)
    rows = rows.only("number", *columns("title", language=get_language())).order_by("number")
    tasks = Task.objects.prefetch_related(Prefetch("plan_items", rows, to_attr="this_year"))
    context = {
        "tasks": [(task, here.get(task.pk)) for task in tasks],
        "year": year,
        "levels": level_words(request.centre).values(),
        "held_in": held_with_interface(request.centre, *ON_ABOUT),
    }
    return render(request, "perhekeskus/about.html", context)


@require_safe
def help_now(request):
    """112 and the crisis lines, the same in every centre, and the centre's own."""
    lines = help_lines(request.centre, timezone.localdate())
    context = {"lines": lines, "services": [line.service for line in lines], "sensitive": True}
    return render_page(request, "perhekeskus/help_now.html", context)


@require_safe
def accessibility(request):
    """The accessibility statement (Act 306/2019, section 9)."""
    return render(request, "perhekeskus/accessibility.html")


@require_safe
def privacy(request):
    """What is known of readers: nothing; and what of those who work here."""
    return render(request, "perhekeskus/privacy.html", {"openings_kept": KEPT.days})
