"""The desk's page of a plan."""

from django.contrib import admin

from annual_plan.admin.carrying import CarryOver
from annual_plan.models import Plan
from centres.admin.base import DeskAdmin


@admin.register(Plan)
class PlanAdmin(CarryOver, DeskAdmin):
    pass
