"""Who is measured: vindue and what people would use instead, each as one function of a notice.

``python -m benchmarks.readers NAME DATA COUNT`` warms one up, lets it read
and prints the CPU seconds it took.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Any, Final, Literal

from benchmarks.notices import page_notices, repeated, varied

Read = Callable[[str], object]
DATA: Final = {"varied": varied, "page": repeated}
WARM: Final = 40
_BASE: Final = datetime(2026, 5, 18)
_MONTHS: Final = (
    "jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch|ts)?|apr(?:il)?|ma[yj]|june?|juni|july?|juli"
    "|aug(?:ust)?|sep(?:t|tember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cj](?:ember)?"
)
_DAYS: Final = (
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:man|tirs|ons|tors|fre|lør|søn)dag"
    + "|to(?:day|night)|i (?:dag|aften|nat)"
)
ALTERNATION: Final = rf"""
    \b(?:
        (?:{_MONTHS})\.? \s* \d{{1,2}} (?:st|nd|rd|th)? (?:,? \s* \d{{4}})?
      | \d{{1,2}} (?:\.|st|nd|rd|th)? \s* (?:{_MONTHS})\.? (?:,? \s* \d{{4}})?
      | \d{{4}}-\d{{2}}-\d{{2}} | \d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}
      | (?:{_DAYS})
      | (?:[01]?\d|2[0-4]) [:.]? [0-5]\d (?:[:.][0-5]\d)? \s* (?:am|pm|utc|cest|cet)?
        (?: \s* [-–] \s* (?:[01]?\d|2[0-4]) [:.]? [0-5]\d )?
    )\b
"""


def vindue(model: Literal["off", "auto", "always"] = "off") -> Read:
    """The whole record, as it is printed."""
    inputs, output = import_module("vindue.nlp.inputs"), import_module("vindue.nlp.output")
    settings = inputs.Settings(model=model)
    return lambda text: output.write_json(inputs.read_text(text, "-", settings))


def dateparser() -> Read:
    """``search_dates`` over each line that holds a digit, which is faster than over the whole."""
    search = import_module("dateparser.search").search_dates
    settings = {"RELATIVE_BASE": _BASE}
    return lambda text: [
        search(line, languages=["en", "da"], settings=settings) for line in _dated(text)
    ]


def dateparser_whole() -> Read:
    """``search_dates`` over the whole notice."""
    search = import_module("dateparser.search").search_dates
    settings = {"RELATIVE_BASE": _BASE}
    return lambda text: search(text, languages=["en", "da"], settings=settings)


def ctparse() -> Read:
    """Its one best reading of each line that holds a digit."""
    parse = import_module("ctparse").ctparse
    return lambda text: [parse(line, ts=_BASE, timeout=1.0) for line in _dated(text)]


def tokenizer() -> Read:
    """spaCy's blank English pipeline: tokens alone."""
    return import_module("spacy").blank("en")  # type: ignore[no-any-return]


def ruler() -> Read:
    """The same with an entity ruler of dates and clock times."""
    nlp = import_module("spacy").blank("en")
    months = {"LOWER": {"REGEX": f"^(?:{_MONTHS})$"}}
    patterns: list[list[dict[str, Any]]] = [
        [months, {"SHAPE": {"IN": ["d", "dd"]}}, {"IS_PUNCT": True, "OP": "?"}, {"SHAPE": "dddd"}],
        [{"SHAPE": {"IN": ["d", "dd"]}}, months, {"SHAPE": "dddd"}],
        [{"TEXT": {"REGEX": r"^\d\d[:.]?\d\d-\d\d[:.]?\d\d$"}}],
        [{"SHAPE": {"IN": ["dd:dd", "dddd", "dd.dd"]}}],
    ]
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "TIME", "pattern": p} for p in patterns])
    return nlp  # type: ignore[no-any-return]


def scan() -> Read:
    """One alternation of dates and times, all its hits: the limit of what looks at every letter."""
    regex = import_module("regex")
    return regex.compile(ALTERNATION, regex.I | regex.X).findall  # type: ignore[no-any-return]


def dump() -> Read:
    """The notice as a line of JSON: the limit of what prints."""
    return lambda text: json.dumps({"id": "0", "text": text})


READERS: Final[dict[str, Callable[[], Read]]] = {
    "vindue": vindue,
    "vindue --model auto": lambda: vindue("auto"),
    "vindue --model always": lambda: vindue("always"),
    "dateparser, lines": dateparser,
    "dateparser, whole": dateparser_whole,
    "ctparse": ctparse,
    "spaCy tokenizer": tokenizer,
    "spaCy entity ruler": ruler,
    "regex scan": scan,
    "JSON dump": dump,
}


def _dated(text: str) -> list[str]:
    return [line for line in text.split("\n") if any(sign.isdigit() for sign in line)]


def main(name: str, data: str, count: str, every: str = "1") -> None:
    """Read ``count`` notices, of which there are ``every`` times as many; print the cost."""
    read = READERS[name]()
    for text in page_notices()[:WARM] if int(every) > 1 else page_notices():
        read(text)
    notices = list(DATA[data](int(count) * int(every)))[:: int(every)]
    before = time.process_time()
    for text in notices:
        read(text)
    print(json.dumps({"notices": len(notices), "cpu": time.process_time() - before}))


if __name__ == "__main__":
    main(*sys.argv[1:])
