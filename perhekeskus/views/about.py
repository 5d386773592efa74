"""Pages that tell: what a family centre is, help now, accessibility, privacy."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centres.discretion import render_page
from centres.languages import held_with_interface
from centres.levels import level_words
from centres.models import LocalTask, Task
from networks.openings import KEPT
from perhekeskus.own_texts import ON_ABOUT
from services.help_now import help_lines


@require_safe
def about(request):
    """What a family centre is, its seven tasks and its stairs."""
    here = {row.task_id: row for row in LocalTask.objects.filter(centre=request.centre)}
    tasks = [(task, here.get(task.pk)) for task in Task.objects.all()]
    context = {
        "tasks": tasks,
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
