"""What is counted to slow down those who try too often: it lies in the table `cache` of Django's cache."""

from django.db import connection
from django.utils import timezone


def forget_expired():
    """Deletes what is beyond its time. Django itself does so only with what is asked for, or when the table is full."""
    # In tests it lies in memory, where the table is empty.
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE expires < %s", [now])
