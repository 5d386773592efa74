"""The seven national tasks of a family centre, and how each centre does them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.choices import in_finnish
from centres.models.centre import FamilyCentre


class TaskManager(models.Manager):
    def get_by_natural_key(self, number):
        return self.get(number=number)


class Task(models.Model):
    """One of the seven national tasks of a family centre (THL's family-centre model)."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    aim = models.TextField(_("aim"), blank=True, default="")

    objects = TaskManager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=7),
                name="task_one_of_seven",
                violation_error_message=_("There are seven tasks."),
            ),
            in_finnish("name"),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.number,)


class LocalTask(models.Model):
    """How one centre does one of the seven tasks."""

    kept_by = ("centre",)

    centre = models.ForeignKey(
        FamilyCentre, verbose_name=_("family centre"), on_delete=models.CASCADE, related_name="local_tasks"
    )
    task = models.ForeignKey(
        Task, verbose_name=_("task"), on_delete=models.PROTECT, related_name="local_tasks"
    )
    how = models.TextField(_("how we do it here"))

    class Meta:
        verbose_name = _("task in a centre")
        verbose_name_plural = _("tasks in a centre")
        ordering = ["centre", "task__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "task"],
                name="localtask_once_per_centre",
                violation_error_message=_("This centre has told already how it does this task."),
            ),
            in_finnish("how"),
        ]

    def __str__(self):
        return f"{self.centre}: {self.task}"
