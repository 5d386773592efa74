"""Weeks, Finnish holidays, working days and opening hours: pure Python, no models, no Django."""
