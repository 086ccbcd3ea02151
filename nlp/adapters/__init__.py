"""Outer forms other than the page and the bare text; one adapter a file.

====================  =====================================================
``sniff``             bytes or text → the name of its form, and why
``opening``           the door: sniff, decode, hand on to the inner forms
``html``              HTML → plain text (cells by tabs, struck text apart)
``mail``              an e-mail → subject, date, what was written, quotes
``ical``              calendar events → labelled lines
``statuspage``        scheduled maintenances in JSON → labelled lines
``skat_message``      the customs site's page of one message, with its history
``skat_list``         the customs site's list of stamped messages
====================  =====================================================

Each ``decode`` is pure and never raises: what can't be read is a finding of
level ``error``. All end in ``Envelope``s, whose notice's ``text`` is *the
input as decoded*: for a text form the text itself, for the others the plain
text that the adapter laid out. Every offset points into that text.
"""
