"""The text of a mail → what its writer wrote, and the older mails that are quoted.

Mail programs mark what they quote in four ways: ``> `` before each line, a
line that introduces the quote, a line of dashes, or the older mail's headers.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from vindue.grammars.forms import MailForm, load_mail_form
from vindue.nlp.values import dataclass, replace

MAX_QUOTES: Final = 100
MAX_NESTING: Final = 12
_SIGNATURES: Final = {"-- ": 24, "--": 8}
"""The marks that part a signature, and the most lines that may stand below."""
_ENOUGH_HEADERS: Final = 3
_MOST_HEADERS: Final = 12
_INTRODUCTION_LINES: Final = 3
_RULE: Final = re.compile(r"[\s>]*[_=-]{8,}\s*")
_QUOTED: Final = re.compile(r"(?:\s{0,3}>)+ ?")
_HEADER: Final = re.compile(r"\*?(?P<name>[^\W\d_][\w -]{0,19})\*?\s*:\*?\s*(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class Quote:
    """An older mail: its text and, where its headers stand, its date and subject as written."""

    text: str
    sent: str | None = None
    subject: str | None = None
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What the writer wrote, the signature below it, and the quotes, newest first."""

    own: str
    signature: str = ""
    quotes: tuple[Quote, ...] = ()


def split_mail(text: str, depth: int = 0) -> Written:
    """Part the plain text of a mail; what lies deeper than ``MAX_NESTING`` stays one quote."""
    form = load_mail_form()
    lines = text.splitlines()
    below, quote = _older_mail(lines, form)
    own, quoted = _marked(lines[:below], form)
    kept, signature = _signature(own)
    quotes = [Quote("\n".join(_without_introduction(block, form)).strip("\n")) for block in quoted]
    if quote is not None:
        inner = split_mail(quote.text, depth + 1) if depth < MAX_NESTING else Written(quote.text)
        quotes.append(replace(quote, text=inner.own))
        quotes.extend(inner.quotes)
    found = tuple(quote for quote in quotes if quote.text.strip())[:MAX_QUOTES]
    return Written("\n".join(kept).strip("\n"), "\n".join(signature), found)


def _signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines above the last signature mark, and those from it on.

    A long text below two dashes is no signature but a part of the notice.
    """
    for at in range(len(lines) - 1, 0, -1):
        below = sum(bool(line.strip()) for line in lines[at + 1 :])
        if below > max(_SIGNATURES.values()):
            break
        if below <= _SIGNATURES.get(lines[at], -1):
            return lines[:at], lines[at:]
    return lines, []


def _marked(lines: list[str], form: MailForm) -> tuple[list[str], list[list[str]]]:
    """The unquoted lines, and each run of ``>`` lines without its marks."""
    own: list[str] = []
    blocks: list[list[str]] = []
    inside = False
    for line in lines:
        mark = _QUOTED.match(line)
        if mark is None:
            own.append(line)
            inside = inside and not line.strip()
            continue
        if not inside:
            blocks.append([])
            _drop_introduction(own, form)
        inside = True
        blocks[-1].append(line[mark.end() :])
    return own, blocks


def _drop_introduction(own: list[str], form: MailForm) -> None:
    """Take the line that introduces a quote off the end of ``own``."""
    while own and not own[-1].strip():
        own.pop()
    for count in range(1, _INTRODUCTION_LINES + 1):
        if len(own) >= count and _introduces(" ".join(own[-count:]), form):
            del own[-count:]
            return


def _without_introduction(block: list[str], form: MailForm) -> list[str]:
    """The quoted lines; some programs quote the line that introduces them as well."""
    count = next((at for at, line in enumerate(block) if line.strip()), 0) + 1
    return block[count:] if _introduces(" ".join(block[:count]), form) else block


def _older_mail(lines: list[str], form: MailForm) -> tuple[int, Quote | None]:
    """Where an unmarked older mail begins, and that mail; the end if there is none."""
    for at, line in enumerate(lines):
        between = _between_dashes(line, form)
        if between is not None:
            return at, _headed(lines, at + 1, forwarded=between)
        if len(_headers(lines, at)) >= _ENOUGH_HEADERS:
            start = at - 1 if at and _RULE.fullmatch(lines[at - 1]) else at
            return start, _headed(lines, at, forwarded=False)
        count = _introduction_at(lines, at, form)
        below = next((text for text in lines[at + count :] if text.strip()), "")
        if count and not _QUOTED.match(below):
            return at, Quote("\n".join(lines[at + count :]))
    return len(lines), None


def _introduction_at(lines: list[str], at: int, form: MailForm) -> int:
    """How many lines from ``at`` introduce a quote; 0 if they don't."""
    if not _starts(form.reply_start).match(lines[at]):
        return 0
    for count in range(1, _INTRODUCTION_LINES + 1):
        if _introduces(" ".join(lines[at : at + count]), form):
            return count
    return 0


def _introduces(line: str, form: MailForm) -> bool:
    """Whether ``line`` reads like "On … wrote:", with an address or a figure between."""
    line = line.strip()
    if not line.endswith(":") or not _starts(form.reply_start).match(line):
        return False
    ends = line[:-1].rstrip().casefold().endswith(tuple(word.casefold() for word in form.reply_end))
    inside = any(word.casefold() in line.casefold().split() for word in form.reply_end)
    told = "@" in line or any(sign.isdigit() for sign in line)
    return told and (ends or inside)


def _between_dashes(line: str, form: MailForm) -> bool | None:
    """Whether the line marks a forwarded mail; null where it marks no older mail."""
    stripped = line.strip()
    if not stripped.startswith(("-", "_", "*")) and not stripped.endswith(":"):
        return None
    words = stripped.strip("-_*: ").casefold()
    if words in (word.casefold() for word in form.forwarded):
        return True
    return False if words in (word.casefold() for word in form.original) else None


def _headed(lines: list[str], start: int, *, forwarded: bool) -> Quote:
    """The older mail whose headers, if any, stand at ``start``."""
    while start < len(lines) and not lines[start].strip():
        start += 1
    headers = _headers(lines, start)
    values = {name: value for name, value, _ in headers}
    end = headers[-1][2] + 1 if headers else start
    text = "\n".join(lines[end:])
    return Quote(text, values.get("sent"), values.get("subject"), forwarded)


def _headers(lines: list[str], start: int) -> list[tuple[str, str, int]]:
    """The headers that stand in a row from ``start``: name, value, line.

    A notice labels its times "From:" and "To:" as well: headers name a
    sender, which is an address or holds no figure, and an address or subject.
    """
    found: list[tuple[str, str, int]] = []
    for at in range(start, min(start + _MOST_HEADERS, len(lines))):
        if ":" not in lines[at]:
            break
        match = _HEADER.fullmatch(lines[at].strip())
        name = _names().get(match["name"].strip().casefold()) if match else None
        if match is None or name is None:
            break
        found.append((name, match["value"].strip("* "), at))
    senders = [value for name, value, _ in found if name == "from"]
    sender = senders[0] if senders else ""
    a_person = "@" in sender or (bool(sender) and not any(map(str.isdigit, sender)))
    addressed = any("@" in value or name == "subject" for name, value, _ in found)
    return found if a_person and addressed else []


@cache
def _names() -> dict[str, str]:
    """What a header is called → its name."""
    header = load_mail_form().header
    return {word.casefold(): name for name, words in header.items() for word in words}


@cache
def _starts(words: tuple[str, ...]) -> re.Pattern[str]:
    forms = "|".join(re.escape(word) for word in words)
    return re.compile(rf"\s*(?:{forms})(?!\w)", re.IGNORECASE)
