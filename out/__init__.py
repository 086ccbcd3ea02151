"""A record on its way out: nothing here reads a notice's text.

============= ==============================================================
dates         times and windows → words
names         system ids → names and lists of names
changes       revisions and states → sentences
render        record → notice in Danish or English, by declarative templates
translate     notice → record → notice, unread sentences kept as original
ics           records → one iCalendar feed
tables        records → rows → CSV or Parquet
schema_check  the published JSON Schema, its examples, breaks against it
lint          records → what an author should mend, with suggested text
mending       the suggested texts written in
cli           the commands
============= ==============================================================

Linting and translating read through the package's own door, ``vindue.parse``.
"""
