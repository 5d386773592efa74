"""What the desk remembers of its rows: who changed what and when, and the way back.

Stored by django-reversion: a revision is one change, its versions are rows as that change left them. What a revision
holds of a row it holds whole, with all that belongs to it, so that two of them can be compared and either be restored.
"""
