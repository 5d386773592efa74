"""The coordinator's desk: Django's admin, under a name of its own."""
