"""Effect phrases of a sentence → statements: what negates them, whose they are.

Each effect owns a clause of its sentence; systems and channel are looked for
there first. What is said in passing (a condition, a quotation, a thing that
is over) states nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Final

import regex

from vindue.grammars.wording import EffectForm
from vindue.nlp.mentions.phrases import Hit, literals
from vindue.nlp.mentions.words import NAME, ends_label, opens_line
from vindue.nlp.record import Channel
from vindue.nlp.sentences import CHANNEL, EFFECT, LABEL, Sentence
from vindue.nlp.spans import Span
from vindue.nlp.stated import Statement
from vindue.nlp.values import replace

_QUOTED: Final = regex.compile(r"(?<![\w=])[\"“”»«](?=\S)[^\"“”»«]{10,}(?<=\S)[\"“”»«]")
_COLUMN: Final = regex.compile(r"(?=[ .]*[\t|]|[ .]{2})[ .]*+\|?\s*+(?=\S)")
_PARTED: Final = regex.compile(r"(?:[\t|]| {2})[ \t|]*+")
_CHANNELS: Final[tuple[Channel, ...]] = ("file", "online")
GOING_ON: Final = 3
"""Words of a clause that goes on with the subject of the one before: "and will be rejected"."""
_NEAR: Final = 4
# The sign in a phrase for any words between two of its own.
_FAR: Final = "…"
# Before the verb of a clause these tell that it speaks of systems, of users, or of nobody.
_SPOKEN_OF: Final = frozenset(
    ("subject", "thing", "pronoun", "negation", "negation.far", "following", "verb")
)

Forms = Mapping[str, EffectForm]


def read_statements(sentence: Sentence, forms: Forms) -> tuple[Statement, ...]:
    """All that a sentence states, in order; a single one spans the whole sentence."""
    if sentence.asks:
        return ()
    found: list[Statement] = []
    for hit, start, end in _clauses(sentence, _standing(sentence, forms)):
        statement = _statement(sentence, forms[hit.kind], hit, start, end)
        if _states_nothing(sentence, statement, start, end):
            continue
        if found and not statement.names and not sentence.of("every"):
            last = found[-1]
            statement = replace(statement, names=last.names, opener=last.opener)
        found.append(statement)
    settled = tuple(_settled(found))
    if len(settled) == 1:
        settled = (replace(settled[0], span=sentence.span),)
    return tuple(one for told in settled for one in _by_channel(sentence, told))


def _by_channel(sentence: Sentence, told: Statement) -> Iterator[Statement]:
    """A statement of "both files and online", as one of each."""
    if told.channel == "all" and sentence.of("both.channels"):
        yield from (replace(told, channel=channel) for channel in _CHANNELS)
    else:
        yield told


def channel_of(hits: Sequence[Hit]) -> Channel | None:
    """The channel that words of channels name together; ``all`` for several."""
    kinds = {hit.kind.removeprefix(CHANNEL) for hit in hits if hit.kind.startswith(CHANNEL)}
    if "connection" in kinds:
        return "connection"
    found = [channel for channel in _CHANNELS if channel in kinds]
    return "all" if len(found) > 1 else next(iter(found), None)


def is_negated(sentence: Sentence, hit: Hit) -> bool:
    """True where a negation stands just before, inside or just behind, or far before.

    Two of a kind are one ("there is no news, and none is expected"); one in
    front and one behind cancel out.
    """
    floor = _floor(sentence, hit)
    before = sentence.stream.text[floor : hit.start].split()[-_NEAR:]
    reach = hit.start - sum(len(word) + 1 for word in before)
    own = literals(hit.source)
    found = [
        other
        for other in sentence.of("negation")
        if reach <= other.start
        and other.end <= hit.end
        and not (other.start >= hit.start and other.source in own)
        and not _is_answer(sentence, other)
    ]
    wide = _floor(sentence, hit, far=True)
    far = any(
        wide <= other.start < hit.end and not (other.start >= hit.start and other.source in own)
        for other in sentence.of("negation.far")
    )
    after = any(other.start == hit.end for other in sentence.of("negation.after"))
    return bool(found) ^ after if not far else True


def _is_answer(sentence: Sentence, negation: Hit) -> bool:
    """True for the "No." that answers a question, and denies nothing of what follows it."""
    behind = sentence.text[negation.span.end : negation.span.end + 1]
    return negation.start == sentence.start and behind in (".", ",", "!", ":")


def _floor(sentence: Sentence, hit: Hit, *, far: bool = False) -> int:
    """Where the clause of a hit begins, as far as negation reaches; ``far`` over commas too."""
    text = sentence.stream.text
    marks = [other.end for other in sentence.of("clause.strong")]
    commas = (other.end for other in sentence.of("clause.weak") if text[other.start] in ",-")
    marks += [] if far else commas
    denied = {(other.start, other.end) for other in sentence.of("negation")}
    marks += [o.end for o in sentence.effects if (o.start, o.end) not in denied]
    return max((mark for mark in marks if mark <= hit.start), default=sentence.start)


def _standing(sentence: Sentence, forms: Forms) -> list[Hit]:
    """Effect hits that count: the most telling of overlapping ones, none said in passing."""
    taken = [hit for hit in sentence.hits if hit.kind == "quiet" or _is_label(sentence, hit)]
    strong = [h for h in sentence.effects if not (forms[h.kind].weak or forms[h.kind].last)]
    ranked = sorted(sentence.effects, key=lambda hit: _rank(hit, forms[hit.kind], strong))
    kept: list[Hit] = []
    for hit in ranked:
        if not any(hit.start < other.end and hit.end > other.start for other in (*taken, *kept)):
            kept.append(hit)
    inside = sentence.of("quiet.inside")
    kept = [h for h in kept if not any(o.start <= h.start and h.end <= o.end for o in inside)]
    conditions = tuple(_conditions(sentence))
    kept = [hit for hit in kept if not _in_passing(sentence, hit, forms, conditions)]
    return sorted(kept, key=lambda hit: hit.start)


def _rank(hit: Hit, form: EffectForm, strong: Sequence[Hit]) -> tuple[bool, bool, int, int]:
    """The longest first; a weak one whose words stand far apart gives way to a strong one there."""
    far = form.weak and _FAR in hit.source
    yields = far and any(o.start < hit.end and o.end > hit.start for o in strong)
    return form.last, yields, hit.start - hit.end, hit.start


def _conditions(sentence: Sentence) -> Iterator[Span]:
    """Stretches that say when or on what condition, not what happens."""
    closers = ("condition.end", "clause.strong")
    yield from sentence.reach("condition", *closers, over_effects=True)
    yield from _opening(sentence)


def _opening(sentence: Sentence) -> Iterator[Span]:
    """A first clause that only says when: "While … is down, …"."""
    closers = ("condition.end", "clause.strong")
    for span in sentence.reach("condition.first", *closers, over_effects=True):
        if span.start == sentence.start and span.end < sentence.end:
            yield span


def _in_passing(sentence: Sentence, hit: Hit, forms: Forms, conditions: tuple[Span, ...]) -> bool:
    if hit.end > sentence.aside_at or _is_over(sentence, hit, forms):
        return True
    if any(span.start <= hit.start < span.end for span in conditions):
        return True
    quotes = _QUOTED.finditer(sentence.text)
    return any(q.start() < hit.span.start and hit.span.end <= q.end() for q in quotes)


def _is_label(sentence: Sentence, hit: Hit) -> bool:
    """True for a label that opens its line: "Impact:", "3. Impact"."""
    parted = ends_label(sentence.stream.text[hit.end :]) or in_column(sentence.text, hit.span)
    return hit.kind.startswith(LABEL) and opens_line(sentence.stream, hit.start) and parted


def _fills_cell(sentence: Sentence, hit: Hit) -> bool:
    """True for an effect that is the last cell of a row: "| 100GE | Outage"."""
    text = sentence.text
    last = max(_PARTED.finditer(text, 0, hit.span.start), key=lambda m: m.end(), default=None)
    alone = last is not None and last.end() == hit.span.start
    ends = not text[hit.span.end :].strip(" .|\t")
    labels = any(o.kind.startswith(LABEL) and o.start <= hit.start < o.end for o in sentence.hits)
    return alone and ends and not labels and any(map(str.isdigit, text))


def _is_over(sentence: Sentence, hit: Hit, forms: Forms) -> bool:
    """True where the words around an effect say that it is past ("has been", "again")."""
    text = sentence.stream.text
    last_word = text.rfind(" ", 0, hit.start - 1)
    still = [other.start for other in sentence.of("past.open")]
    for other in sentence.of("past"):
        if other.start in still:
            continue
        if last_word < other.end <= hit.start or hit.start <= other.start < hit.end:
            return True
    limit = hit.end + sum(len(word) + 1 for word in text[hit.end :].split()[:_NEAR])
    again = any(hit.start <= other.start < limit for other in sentence.of("again"))
    return again and forms[hit.kind].weak


def _clauses(sentence: Sentence, effects: list[Hit]) -> Iterator[tuple[Hit, int, int]]:
    """Each effect with the stretch of the sentence that belongs to it."""
    start = sentence.start
    for hit, following in zip_longest(effects, effects[1:]):
        end = _cut(sentence, hit.end, following.start) if following else sentence.end
        yield hit, start, end
        start = end


def _cut(sentence: Sentence, low: int, high: int) -> int:
    """The first strong clause mark between two effects, else the first weak one."""
    for kind in ("clause.strong", "clause.weak"):
        for hit in sentence.of(kind):
            if low <= hit.start and hit.end <= high:
                return hit.start
    return low


def _statement(sentence: Sentence, form: EffectForm, hit: Hit, start: int, end: int) -> Statement:
    place = sentence.stream.span(start, end)
    inside = sentence.within(start, end)
    names = tuple(n for n in sentence.left if place.start <= n.span.start < place.end)
    opening = [sentence.stream.span(s.start, s.end) for s in _opening(sentence)]
    names = tuple(n for n in names if not any(n.span.end <= s.end for s in opening)) or names
    channel = channel_of(_told_with(sentence, hit, inside)) or form.channel
    negated = form.flip is not None and is_negated(sentence, hit)
    effect = form.flip if negated and form.flip else form.effect
    if channel == "connection" and form.linked and not negated:
        effect = form.linked
    verbs = sentence.of("verb")
    return Statement(
        effect=effect,
        span=place,
        names=names,
        channel="online" if effect == "no_sign_in" else channel,
        labelled=form.needs == "label"
        or (form.needs == "verb" and not verbs and not _fills_cell(sentence, hit)),
        opener=not names and any(other.kind == "following" for other in inside),
        apart=form.apart,
        weak=form.weak and not negated,
        own_verb=any(start <= other.start < hit.end for other in verbs),
        back=sentence.points_back,
        every=bool(sentence.of("every")),
        spare=form.spare and not negated and not names,
        firm=form.firm,
        foreign=not names and channel is None and _is_foreign(sentence, hit, start),
        goes_on=not names and _goes_on(sentence, start, hit),
        contrasted=any(
            o.kind == "contrast" and start - 1 <= o.start <= hit.start for o in sentence.hits
        ),
    )


def _goes_on(sentence: Sentence, start: int, hit: Hit) -> bool:
    """True for a clause with nothing but a verb before its effect: it has the last subject."""
    before = [o for o in sentence.hits if start <= o.start < hit.start]
    verbs = [o for o in before if o.kind == "verb"]
    words = sentence.stream.text[start : hit.start].split()
    subject = any(o.kind in ("subject", "thing") for o in before)
    return start > sentence.start and bool(verbs) and not subject and len(words) <= GOING_ON


def _is_foreign(sentence: Sentence, hit: Hit, start: int) -> bool:
    """True where a clause begins with a subject that is no system, user, or word for either."""
    text = sentence.stream.text
    if (
        start != sentence.start
        or not sentence.stream.span(start, hit.end).of(sentence.text)[0].isupper()
    ):
        return False
    ends = [o.start for o in sentence.of("verb") if o.start < hit.end and o.start > start]
    stop = min((*ends, hit.start))
    before = [o for o in sentence.hits if o.start < stop and o.end > start]
    told = any(o.kind in _SPOKEN_OF or o.kind.startswith(LABEL) for o in before)
    return stop > start and bool(text[start:stop].strip()) and not told


def _told_with(sentence: Sentence, hit: Hit, inside: Sequence[Hit]) -> list[Hit]:
    """Hits before the next clause: "… is unstable while traffic is moved" tells no channel."""
    marks = [other.start for other in sentence.of("clause.strong") if other.start >= hit.end]
    told = [other for other in inside if other.start < min(marks, default=sentence.end)]
    return [other for other in told if not _describes(sentence, other)]


def _describes(sentence: Sentence, hit: Hit) -> bool:
    """True for words that only say what a name is: "BookTrail, our online catalog, …"."""
    text = sentence.stream.text
    left = text.rfind(" , ", sentence.start - 1, hit.start)
    right = text.find(" , ", hit.end - 1, sentence.end)
    behind = left >= 0 and right >= 0 and text[:left].endswith(f" {NAME}")
    ahead = right >= 0 and left < 0 and text.startswith(f" , {NAME} , ", right)
    opened = text.rfind(f" {NAME} ( ", sentence.start - 1, hit.start)
    closed = text.find(" ) ", opened, sentence.end)
    inside = opened >= 0 and closed >= hit.end - 1 and not any(n.known for n in sentence.names)
    return behind or ahead or inside or _joins(sentence, hit)


def _joins(sentence: Sentence, hit: Hit) -> bool:
    """True for what a system has beside itself: "HRMax and its mobile app" are both hit."""
    text = sentence.stream.text
    name = text.rfind(f" {NAME} ", sentence.start - 1, hit.start)
    start = name + len(f" {NAME} ")
    near = name >= 0 and not any(n.known for n in sentence.names)
    near = near and len(text[start : hit.start].split()) < _NEAR
    return near and any(o.start == start for o in sentence.of("clause.weak") if text[start] != ",")


def _states_nothing(sentence: Sentence, statement: Statement, start: int, end: int) -> bool:
    """True for what is said of the fallback procedure, or of "some systems"."""
    kinds = {other.kind for other in sentence.within(start, end)}
    vague = "vague" in kinds and not statement.names and statement.effect != "unaffected"
    return "fallback" in kinds or vague


def _settled(found: list[Statement]) -> Iterator[Statement]:
    """Of several effects on the same systems and channel in one sentence, those that tell.

    "Files will be received, but may be delayed" states a delay; "unstable or
    unavailable" is unstable.
    """
    for index, statement in enumerate(found):
        same = [other for other in found if other is not statement and _alike(other, statement)]
        same = [other for other in same if statement.spare or not other.spare]
        earlier = [other for other in found[:index] if other in same and not other.weak]
        later = [other for other in found[index + 1 :] if other in same]
        if statement.spare and any(not other.spare for other in same):
            continue
        if statement.weak and any(_outweighs(other, statement) for other in same):
            continue
        told = _with_channel(statement, found[:index], same)
        if earlier and _repeats(told, earlier):
            continue
        if told.effect == "unavailable" and any(o.effect == "unstable" for o in later):
            continue
        yield told


def _outweighs(other: Statement, weak: Statement) -> bool:
    """True where another effect takes the place of a weak one.

    "Files will be received, but may be delayed" tells a delay alone; "the
    portal is open, but slow" tells both.
    """
    if other.labelled:
        return False
    return other.effect != weak.effect and not (weak.firm and other.contrasted)


def _with_channel(
    statement: Statement, before: Sequence[Statement], same: Sequence[Statement]
) -> Statement:
    """A statement that another gives way to speaks of the same channel as that."""
    given = [other.channel for other in before if other.weak and other in same]
    if statement.goes_on and before:
        given.append(before[-1].channel)
    if statement.channel is None and not statement.apart and given:
        return replace(statement, channel=given[-1])
    return statement


def _repeats(statement: Statement, earlier: list[Statement]) -> bool:
    """True where a further effect says nothing of its own."""
    if statement.channel is not None and statement.channel != earlier[-1].channel:
        return False
    if any(other.effect == statement.effect for other in earlier):
        return True
    if statement.own_verb or statement.apart:
        return False
    return not (statement.effect == "unstable" and earlier[-1].effect == "unavailable")


def _alike(one: Statement, other: Statement) -> bool:
    """True for the same systems over channels that may be the same."""
    if "connection" in (one.channel, other.channel):
        return False
    ids = [{ident for name in s.names for ident in name.ids} for s in (one, other)]
    channels = {one.channel, other.channel} - {None}
    return ids[0] == ids[1] and len(channels) <= 1


def in_column(text: str, label: Span) -> bool:
    """True where a label is parted from its value by a tab or several blanks."""
    return bool(_COLUMN.match(text, label.end))


def effect_kinds(forms: Sequence[EffectForm]) -> dict[str, EffectForm]:
    """The forms by the kind that their hits bear."""
    return {EFFECT + form.name: form for form in forms}
