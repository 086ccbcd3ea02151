"""The shapes of ranges, points and ends, over the code letters of a line's atoms."""

from __future__ import annotations

from typing import Final

import regex

CLOCK: Final = "[PQ]{0,3}[Cnbz]"
# A range: an end point, a connector, another end point. The date of the first
# stands before or after its clock time; a date after the last clock time that
# opens no range of its own belongs to the whole range.
RANGE: Final = regex.compile(
    rf"(?P<lead>E{{0,2}}[DR]{{0,4}}E{{0,2}}[FBPQ]{{0,4}})"
    rf"(?:(?P<d1>D{{0,3}})(?:(?<=D)T)?F?B?(?P<k1>{CLOCK})Z?(?P<d1b>D{{0,3}}))"
    rf"(?P<join>[TAK]T?|x{{0,8}}G)F?"
    rf"(?:(?P<d2>D{{1,3}})(?:T?F?(?P<k2>{CLOCK})|(?P<day>))|Y?(?P<k2b>{CLOCK})Z?Y?"
    rf"(?P<d2b>(?:[DR]{{1,4}}(?!F?B?{CLOCK}|[TA]))?))Z?"
)
DAYS: Final = regex.compile(
    r"W?(?P<d1>D{1,3})T(?P<d2>D{1,3})W?|(?P<d1>D{1,3})A?x{0,3}W|W(?P<d1>D{1,3})|(?P<r>R)W|W(?P<r>R)"
)
POINT: Final = regex.compile(
    rf"(?P<d1>D{{1,3}})T?F?(?P<k1>{CLOCK})Z?|(?P<k1b>{CLOCK})Z?(?P<d1b>D{{1,3}})"
)
UNTIL: Final = regex.compile(rf"T(?:(?P<d2>D{{0,3}})Y?(?P<k2>{CLOCK})Z?Y?(?P<d2b>D{{0,3}}))")
FROM: Final = regex.compile(rf"F(?P<k1>{CLOCK})Z?(?P<n>N?)")
