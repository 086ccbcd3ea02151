"""Readers of mentions: what a stretch of text names, before any of it is weighed.

=============  =====================================================
gazetteer      words known by the grammar, nearest by edit distance
symbols        a line as a string of digits, marks and concept signs
dates          date forms over symbols
clocks         clock times, durations and the marks around them
intervals      dates and clocks put together: ranges, points, lists
words          a line as a stream of (corrected) words
phrases        word patterns over that stream
systems        names of systems
=============  =====================================================
"""
