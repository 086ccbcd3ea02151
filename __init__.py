"""Reads service-window notices into canonical JSON window objects."""
