"""A notice in another language: what was read is written anew, the rest is kept as it was.

Every sentence that the reader took something from is told by the record; a
sentence that it took nothing from stands under its own heading, marked as
original, so that nothing an author wrote is lost on the way.
"""

from __future__ import annotations

import re
from typing import Final

from vindue.grammars.rendering import RenderLanguage, load_rendering
from vindue.nlp.record import Record
from vindue.nlp.spans import Span
from vindue.out.dates import HOME_ZONE
from vindue.out.render import Style, render

_LINE: Final = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_SENTENCE: Final = re.compile(r"\S.*?(?:(?<![.!?])[.!?]++(?=\s+[^\W\d_a-zæøå])|$)")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LEAD: Final = re.compile(r"^[\s•·∙‣▪▫■●○◦*➢►–—-]+")
# Fewer words than this, names of systems not counted, are a heading.
_SENTENCE_WORDS: Final = 4


def translate(
    text: str,
    record: Record,
    language: RenderLanguage,
    style: Style = "notice",
    *,
    home: str = HOME_ZONE,
) -> str:
    """The notice that ``record`` was read from, in ``language``; ``text`` is the whole input."""
    words = load_rendering(language)
    rendered = render(record, language, style, home=home)
    kept = [words.original.line.format(text=said) for said in unread(text, record)]
    if not kept:
        return rendered
    return "\n\n".join((rendered, "\n".join((words.original.heading, *kept))))


def unread(text: str, record: Record) -> list[str]:
    """The sentences of the notice that nothing in the record was read from, in order."""
    taken = _taken(record)
    body = Span(_body_start(record), min(record.source.end, len(text)))
    names = {item.text for item in record.evidence if item.field.startswith("/systems")}
    told = {_folded(span.of(text)) for span in taken}
    said = []
    for line in _LINE.finditer(text, body.start, body.end):
        for match in _SENTENCE.finditer(text, line.start(), line.end()):
            span = Span(match.start(), match.end())
            if not any(span.start < other.end and other.start < span.end for other in taken):
                shown = _shown(span.of(text))
                if _folded(shown) not in told and _is_sentence(shown, names):
                    said.append(shown)
    return list(dict.fromkeys(said))


def _body_start(record: Record) -> int:
    heads = ("/title", "/updated_at")
    return max(
        (item.end for item in record.evidence if item.field in heads),
        default=record.source.start,
    )


def _taken(record: Record) -> list[Span]:
    spans = [Span(item.start, item.end) for item in record.evidence]
    spans += [Span(item.start, item.end) for item in record.impacts]
    spans += [Span(item.start_span, item.end_span) for item in record.revisions]
    return [span for span in spans if len(span)]


def _shown(sentence: str) -> str:
    """One line that can be printed anywhere: no bullets, no control characters."""
    return " ".join(_CONTROL.sub(" ", _LEAD.sub("", sentence)).split())


def _folded(said: str) -> str:
    return " ".join(_WORD.findall(said.casefold()))


def _is_sentence(shown: str, names: set[str]) -> bool:
    for name in sorted(names, key=len, reverse=True):
        shown = shown.replace(name, " ")
    return len(_WORD.findall(shown)) >= _SENTENCE_WORDS
