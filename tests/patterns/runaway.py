"""Whether a pattern can run away: a decision over its automaton, not a rule of thumb.

``nested``: some text can be read in two ways within one loop, so that a text
that fails in the end costs time that doubles with each sign. ``adjacent``: two
loops after each other can share a text, so that it costs the square.
``restart``: a search that begins anew at each sign scans the same text each
time, which costs the square as well. (Weideman et al., 2016, "Analyzing
matching time behavior of backtracking regular expression matchers".)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from tests.patterns.automaton import Automaton, build

Kind = Literal["nested", "adjacent", "restart", "behind"]
State = TypeVar("State")
Pair = tuple[int, int]
LONG_NEST: Final = 8
"""A repetition of more times than this counts as a loop within or around others."""
LONG_LOOP: Final = 1_000
"""… and one of more times than this as a loop beside others."""
_WIDEST: Final = 120
"""Loops of more states than this are refused rather than looked at."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a pattern may do, and the signs (some of them) that make it."""

    kind: Kind
    signs: str


def faults(pattern: str, flags: int = 0, *, search: bool = True) -> list[Fault]:
    """All that makes the pattern run away. ``search``: it is tried at every place of a text."""
    nested = build(pattern, flags, LONG_NEST, kept=False)
    beside = build(pattern, flags, LONG_LOOP)
    found = [_fault("nested", nested, mask) for mask in _nested(nested)]
    found += [_fault("adjacent", beside, mask) for mask in _adjacent(beside)]
    if search:
        found += [_fault("restart", beside, mask) for mask in _restart(beside)]
    if beside.unbounded_behind:
        found.append(Fault("behind", ""))
    return found


def _fault(kind: Kind, automaton: Automaton, mask: int) -> Fault:
    signs = (sign for at, sign in enumerate(automaton.alphabet) if mask >> at & 1)
    return Fault(kind, "".join(signs)[:40])


def _nested(automaton: Automaton) -> Iterable[int]:
    """For each loop that can read a text in two ways: its signs."""
    following = automaton.following()
    for loop in _loops(range(len(automaton.masks)), following):
        inner = {state: [end for end in following[state] if end in loop] for state in loop}
        mask = 0
        for state in loop:
            mask |= automaton.masks[state]
        doubled = any(automaton.edges[start, end] > 1 for start in inner for end in inner[start])
        if doubled or len(loop) > _WIDEST or _forks(loop, inner, automaton.masks):
            yield mask


def _forks(loop: set[int], inner: dict[int, list[int]], masks: list[int]) -> bool:
    """Whether two different walks over the same signs lead from a state back to it."""

    def after(pair: Pair) -> list[Pair]:
        return [
            (one, two)
            for one in inner[pair[0]]
            for two in inner[pair[1]]
            if masks[one] & masks[two]
        ]

    reached = _reached([(state, state) for state in loop], after)
    steps = {pair: after(pair) for pair in reached}
    for knot in _loops(steps, steps):
        if any(one == two for one, two in knot) and any(one != two for one, two in knot):
            return True
    return False


def _adjacent(automaton: Automaton) -> Iterable[int]:
    """For two loops after each other that share a text: the signs of that text."""
    following = automaton.following()
    loops = _loops(range(len(automaton.masks)), following)
    stopping = _stopping(automaton)
    for one in loops:
        for two in loops:
            if one is two:
                continue
            for start in one:
                for end in two - stopping:
                    mask = _shared(start, end, following, automaton.masks, one, two, stopping)
                    if mask:
                        yield mask


def _restart(automaton: Automaton) -> Iterable[int]:
    """For a loop that a search scans anew from each start: the signs of that text."""
    masks = [*automaton.masks]
    following = automaton.following()
    anywhere = len(masks)
    everything = (1 << len(automaton.alphabet)) - 1
    stopping = _stopping(automaton)
    masks.append(everything)
    following[anywhere] = [anywhere]
    for behind in sorted(set(automaton.first.values())):
        if not behind:
            continue
        door = len(masks)
        masks.append(behind)
        following[anywhere].append(door)
        following[door] = [s for s, before in automaton.first.items() if before == behind]
    for loop in _loops(range(len(automaton.masks)), following):
        for end in loop - stopping:
            mask = _shared(anywhere, end, following, masks, {anywhere}, loop, stopping)
            if mask:
                yield mask
                break


def _stopping(automaton: Automaton) -> set[int]:
    """States in which the pattern has matched whatever follows: nothing is tried again."""
    return {state for state, hangs in automaton.last.items() if not hangs} | automaton.stops


def _shared(  # noqa: PLR0913, PLR0917 - the two loops, and where in them
    start: int,
    end: int,
    following: dict[int, list[int]],
    masks: list[int],
    one: set[int],
    two: set[int],
    stopping: set[int],
) -> int:
    """The signs of a text that goes round in ``start``, leads to ``end``, and goes round there.

    Where it passes a state in which the pattern has matched, nothing is tried again.
    """

    def after(state: tuple[int, int, int]) -> list[tuple[int, int, int]]:
        return [
            (a, b, c)
            for a in following[state[0]]
            if a in one
            for b in following[state[1]]
            if b not in stopping and masks[a] & masks[b]
            for c in following[state[2]]
            if c in two and c not in stopping and masks[a] & masks[b] & masks[c]
        ]

    reached = _reached([(start, start, end)], after)
    if (start, end, end) not in reached:
        return 0
    return masks[start] & masks[end]


def _reached(starts: Iterable[State], after: Callable[[State], list[State]]) -> set[State]:
    """All that can be got to in one step or more."""
    waiting = deque(starts)
    found: set[State] = set()
    while waiting:
        for state in after(waiting.popleft()):
            if state not in found:
                found.add(state)
                waiting.append(state)
    return found


def _loops(states: Iterable[State], following: dict[State, list[State]]) -> list[set[State]]:
    """The strongly connected parts that hold an edge (Tarjan, without recursion)."""
    order: dict[State, int] = {}
    low: dict[State, int] = {}
    stack: list[State] = []
    on_stack: set[State] = set()
    found: list[set[State]] = []
    for root in states:
        if root in order:
            continue
        work = [(root, iter(following.get(root, ())))]
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        while work:
            state, rest = work[-1]
            for end in rest:
                if end not in order:
                    order[end] = low[end] = len(order)
                    stack.append(end)
                    on_stack.add(end)
                    work.append((end, iter(following.get(end, ()))))
                    break
                if end in on_stack:
                    low[state] = min(low[state], order[end])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[state])
                if low[state] == order[state]:
                    part: set[State] = set()
                    while state not in part:
                        part.add(stack.pop())
                    on_stack -= part
                    if len(part) > 1 or state in following.get(state, ()):
                        found.append(part)
    return found
