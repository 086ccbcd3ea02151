"""A regular expression → its position automaton (Glushkov), over an alphabet of samples.

One state for each sign that the pattern can read. Two ways from one state to
another are two edges: what a backtracking engine would try twice is twice here.
The syntax is that of ``re``, with the properties (``\\p{L}``) of ``regex``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

import regex

_parser: Final = import_module("re._parser")
_PROPERTY: Final = re.compile(r"\\[pP]\{[^{}]+\}")
_NAMED: Final = re.compile(r"\(\?P<\w+>")
_NAMED_AGAIN: Final = re.compile(r"\(\?P=\w+\)")
_PRIVATE: Final = 0xF0000
_COPIES: Final = 3
_FOLDS: Final = int(re.IGNORECASE)
_DOTS: Final = int(re.DOTALL)
_SAMPLES: Final = (
    "".join(map(chr, range(1, 128)))
    + "\x85\xa0\xab\xb7\xbb\xdf\xc5\xe5\xd8\xf8\xe9Žž中ّ\u0301٣Ⅷ"
    + "\u200b\u2028\ufeff\u2013\u2019\u201c\u2022"
)


@dataclass(slots=True)
class Fragment:
    """A part of a pattern.

    ``first`` and ``last`` are the states that can begin and end it. The value
    of a first one is what may stand before it, as a mask over the alphabet;
    that of a last one is whether the match then still hangs on something.
    ``empty`` is null where the part can't be empty, else what may stand before
    it; ``hangs`` whether the empty part still hangs on something, ``edge``
    whether it asks for the edge of a word.
    """

    first: dict[int, int] = field(default_factory=dict)
    last: dict[int, bool] = field(default_factory=dict)
    empty: int | None = None
    hangs: bool = False
    edge: bool = False


@dataclass(slots=True)
class Automaton:
    """States are numbers; ``masks`` says which signs of the alphabet each reads."""

    alphabet: str
    masks: list[int]
    edges: Counter[tuple[int, int]]
    first: dict[int, int]
    last: dict[int, bool]
    stops: set[int]
    unbounded_behind: bool

    def following(self) -> dict[int, list[int]]:
        """The states after each state."""
        found: dict[int, list[int]] = {state: [] for state in range(len(self.masks))}
        for start, end in self.edges:
            found[start].append(end)
        return found


def build(pattern: str, flags: int, longest: int, *, kept: bool = True) -> Automaton:
    """The automaton of ``pattern``; a repetition of up to ``longest`` times is no loop.

    With ``kept`` a possessive repetition is one: it scans a text, though it
    never goes back into a round that it has made.
    """
    return _Builder(pattern, flags, longest, kept=kept).automaton()


class _Builder:
    """Builds one automaton; what it gathers is its own."""

    def __init__(self, pattern: str, flags: int, longest: int, *, kept: bool) -> None:
        self._loops_kept = kept
        self._properties: list[str] = []
        plain = _PROPERTY.sub(self._private, pattern)
        plain = _NAMED_AGAIN.sub("(?:)", _NAMED.sub("(", plain))
        passed = flags & int(re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE)
        self._tree = _parser.parse(plain, passed)
        self._flags = int(self._tree.state.flags)
        self._longest = longest
        self._alphabet = "".join(dict.fromkeys(_SAMPLES + "".join(_literals(self._tree))))
        self.everything = (1 << len(self._alphabet)) - 1
        self._word = self._mask(lambda sign: sign.isalnum() or sign == "_")
        self._known: dict[str, int] = {}
        self._masks: list[int] = []
        self._edges: Counter[tuple[int, int]] = Counter()
        self._stops: set[int] = set()
        self._sealed: set[int] = set()
        self._unbounded_behind = False

    def automaton(self) -> Automaton:
        """The whole of it."""
        whole = self._sequence(self._tree)
        return Automaton(
            self._alphabet,
            self._masks,
            self._edges,
            whole.first,
            whole.last,
            self._stops,
            self._unbounded_behind,
        )

    def _private(self, match: re.Match[str]) -> str:
        """A private sign that stands for a property; a class may hold it."""
        self._properties.append(match.group())
        return chr(_PRIVATE + len(self._properties) - 1)

    def _mask(self, wanted: Any) -> int:
        return sum(1 << at for at, sign in enumerate(self._alphabet) if wanted(sign))

    def _read_by(self, op: str, value: Any) -> int:
        """The mask of one item that reads one sign; most stand many times in a pattern."""
        folded = bool(self._flags & _FOLDS)
        if op == "LITERAL" and not folded and value < _PRIVATE:
            return 1 << self._alphabet.index(chr(value))
        key = f"{op} {value} {folded}"
        if key not in self._known:
            self._known[key] = self._mask(lambda sign: self._holds(op, value, sign))
        return self._known[key]

    def _sequence(self, items: Iterable[Any]) -> Fragment:
        whole = Fragment(empty=self.everything)
        for op, value in items:
            whole = self._join(whole, self._item(str(op), value))
        return whole

    def _join(self, one: Fragment, two: Fragment) -> Fragment:
        """One part after another."""
        self._link(one, two)
        first, last = dict(one.first), dict(two.last)
        if one.empty is not None:
            for start, behind in two.first.items():
                edge = self._beside(start) if one.edge else self.everything
                first[start] = first.get(start, 0) | (behind & one.empty & edge)
        if two.empty is not None:
            last |= {end: hangs or two.hangs for end, hangs in one.last.items()}
        empty = None if one.empty is None or two.empty is None else one.empty & two.empty
        return Fragment(first, last, empty, one.hangs or two.hangs, one.edge or two.edge)

    def _link(self, one: Fragment, two: Fragment) -> None:
        """Edges from every end of one to every start of two."""
        for end in one.last.keys() - self._sealed:
            for start, behind in two.first.items():
                if self._masks[end] & behind:
                    self._edges[end, start] += 1

    def _beside(self, start: int) -> int:
        """What stands on the other side of a word's edge than the sign of ``start``."""
        mask = self._masks[start]
        if not mask & ~self._word:
            return self.everything & ~self._word
        return self.everything if mask & self._word else self._word

    def _item(self, op: str, value: Any) -> Fragment:
        made: dict[str, Callable[[], Fragment]] = {
            "SUBPATTERN": lambda: self._group(*value),
            "ATOMIC_GROUP": lambda: self._atomic(value),
            "BRANCH": lambda: self._branch([self._sequence(part) for part in value[1]]),
            "MAX_REPEAT": lambda: self._repeat(*value),
            "MIN_REPEAT": lambda: self._repeat(*value),
            "POSSESSIVE_REPEAT": lambda: self._kept(*value),
            "ASSERT": lambda: self._look(op, *value),
            "ASSERT_NOT": lambda: self._look(op, *value),
            "AT": lambda: self._place(str(value)),
            "GROUPREF": lambda: Fragment(empty=self.everything, hangs=True),
        }
        return made[op]() if op in made else self._sign(self._read_by(op, value))

    def _group(self, _number: int | None, more: int, less: int, items: Any) -> Fragment:
        """A group; its own flags hold within it."""
        outer, self._flags = self._flags, (self._flags | more) & ~less
        inner = self._sequence(items)
        self._flags = outer
        return inner

    def _sign(self, mask: int) -> Fragment:
        self._masks.append(mask)
        state = len(self._masks) - 1
        return Fragment({state: self.everything}, {state: False})

    def _branch(self, parts: list[Fragment]) -> Fragment:
        whole = Fragment()
        for part in parts:
            whole.first |= part.first
            whole.last |= part.last
            whole.hangs |= part.hangs
            if part.empty is not None:
                whole.empty = (whole.empty or 0) | part.empty
        return whole

    def _repeat(self, least: int, most: Any, items: Any) -> Fragment:
        if most is _parser.MAXREPEAT or most > self._longest:
            body = self._sequence(items)
            self._link(body, body)
            if least == 0:
                body.empty = self.everything
            return body
        copies = min(int(most), _COPIES)
        needed = min(least, copies)
        whole = Fragment(empty=self.everything)
        for number in range(copies, 0, -1):
            whole = self._join(self._sequence(items), whole)
            if number > needed:
                whole.empty = self.everything
        return whole

    def _atomic(self, items: Any) -> Fragment:
        """No way back into it: only that it is tried anew at each start is of weight.

        Its own states are sealed, nothing follows them; what comes after goes
        on from one more state that reads any of their signs once.
        """
        inner = self._sequence(items)
        self._sealed |= set(inner.last)
        mask = 0
        for state in {*inner.first, *inner.last}:
            mask |= self._masks[state]
        plain = self._sign(mask)
        return Fragment(plain.first | inner.first, plain.last | inner.last, inner.empty)

    def _kept(self, least: int, most: Any, items: Any) -> Fragment:
        """A possessive repetition: a round that was made is never tried another way."""
        if not self._loops_kept:
            once = self._atomic(items)
            once.empty = self.everything if least == 0 else once.empty
            return once
        return self._atomic([(_parser.MAX_REPEAT, (least, most, items))])

    def _look(self, op: str, way: int, items: Any) -> Fragment:
        if way < 0:
            return Fragment(empty=self._before(op, items))
        ahead = self._sequence(items)
        self._stops |= {end for end, hangs in ahead.last.items() if not hangs}
        return Fragment(ahead.first, {}, self.everything, hangs=True)

    def _before(self, op: str, items: Any) -> int:
        """What may stand before, as far as one sign tells it."""
        low, high = items.getwidth()
        if low != high:
            self._unbounded_behind |= high >= int(_parser.MAXREPEAT)
        if (low, high) != (1, 1):
            return self.everything
        mask = 0
        for name, value in _one_sign(items):
            mask |= self._read_by(name, value)
        return mask if op == "ASSERT" else self.everything & ~mask

    def _place(self, name: str) -> Fragment:
        newline = self._mask(lambda sign: sign == "\n")
        if name in ("AT_BEGINNING_STRING", "AT_BEGINNING"):
            many = name == "AT_BEGINNING" and self._flags & re.MULTILINE
            return Fragment(empty=newline if many else 0)
        return Fragment(empty=self.everything, hangs=True, edge=name == "AT_BOUNDARY")

    def _holds(self, op: str, value: Any, sign: str) -> bool:
        """Whether one item that reads one sign reads this one."""
        forms = {sign, sign.lower(), sign.upper()} if self._flags & _FOLDS else {sign}
        return any(self._reads(op, value, form) for form in forms if len(form) == 1)

    def _reads(self, op: str, value: Any, sign: str) -> bool:
        match op:
            case "LITERAL":
                return self._is(value, sign)
            case "NOT_LITERAL":
                return not self._is(value, sign)
            case "ANY":
                return sign != "\n" or bool(self._flags & _DOTS)
            case "RANGE":
                return bool(value[0] <= ord(sign) <= value[1])
            case "CATEGORY":
                return _in_category(str(value), sign)
        parts = [(str(op), value) for op, value in value]
        negated = parts[0][0] == "NEGATE"
        return negated != any(self._reads(*part, sign) for part in parts if part[0] != "NEGATE")

    def _is(self, value: int, sign: str) -> bool:
        if _PRIVATE <= value < _PRIVATE + len(self._properties):
            return regex.match(self._properties[value - _PRIVATE], sign) is not None
        return value == ord(sign)


def _literals(items: Any) -> Iterable[str]:
    """Every sign that a pattern names, and the ends of its ranges."""
    if isinstance(items, tuple) and len(items) == 2 and str(items[0]) in ("LITERAL", "NOT_LITERAL"):
        if items[1] < _PRIVATE:
            yield chr(items[1])
    elif isinstance(items, tuple) and len(items) == 2 and str(items[0]) == "RANGE":
        yield from map(chr, items[1])
    elif isinstance(items, tuple | list) or hasattr(items, "data"):
        for item in getattr(items, "data", items):
            yield from _literals(item)


def _one_sign(items: Any) -> Iterable[tuple[str, Any]]:
    """The items of an assertion that is one sign wide."""
    for op, value in items:
        if str(op) == "SUBPATTERN":
            yield from _one_sign(value[3])
        elif str(op) == "BRANCH":
            for part in value[1]:
                yield from _one_sign(part)
        elif str(op) != "AT":
            yield str(op), value


def _in_category(name: str, sign: str) -> bool:
    kind = name.removeprefix("CATEGORY_").removeprefix("NOT_").removeprefix("UNI_")
    tests = {
        "DIGIT": unicodedata.category(sign) == "Nd",
        "SPACE": sign.isspace(),
        "WORD": sign.isalnum() or sign == "_",
    }
    return tests[kind] != ("NOT_" in name)
