"""The words of outer forms, as data: models of ``grammars/forms/*.toml`` and their loaders.

What a form's labels are called in each language is data; how the form is
taken apart is an adapter in ``nlp/adapters``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vindue.grammars.tables import parse_table

State = Literal["scheduled", "completed", "cancelled", "postponed"]
Words = tuple[str, ...]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class MessageLabels(_Data):
    """What a message page calls the values above its text."""

    updated: Words
    type: Words
    status: Words
    system: Words
    message: Words


class MessageForm(_Data):
    """A page with one message: labelled values, then the text in all its versions.

    ``published`` and ``updated`` open the stamp of a version; ``separators``
    part the systems; ``state`` says what a value of the status label means.
    """

    labels: MessageLabels
    published: Words
    updated: Words
    separators: Words
    state: dict[State, Words] = {}


class ListForm(_Data):
    """A page of stamped messages: ``heads`` are what may stand beside a stamp
    besides a system; ``separators`` part the systems."""

    heads: Words
    separators: Words


class MailForm(_Data):
    """What mail programs write around and above what a person wrote.

    ``reply_end`` closes a line that ``reply_start`` opened; ``header`` maps
    the name of a header to what programs call it; ``subject_lines`` are other
    words before a subject, as people write them; ``quote_classes`` are the
    HTML classes that wrap a quoted mail.
    """

    reply_prefixes: Words
    forward_prefixes: Words
    reply_start: Words
    reply_end: Words
    original: Words
    forwarded: Words
    header: dict[Literal["from", "sent", "to", "subject"], Words]
    subject_lines: Words
    quote_classes: Words


class EventLabels(_Data):
    """The labels under which an event's values are written out as lines;
    ``kind`` is a line of its own where the event is known to be a maintenance."""

    kind: str
    start: str
    end: str
    day: str
    affected: str
    location: str
    update: str


class EventForm(_Data):
    """How structured events (calendar, status page) are written out as text.

    Keys of ``status`` and ``impact`` are the form's own codes, their values
    the sentence that says so; ``state`` sorts codes of status by meaning.
    """

    labels: EventLabels
    status: dict[str, str]
    impact: dict[str, str] = {}
    state: dict[State, Words] = {}

    def state_of(self, code: str) -> State | None:
        """The state that a status code tells; null for one that tells none."""
        return next((state for state, codes in self.state.items() if code in codes), None)


def _read(name: str) -> dict[str, object]:
    source = files("vindue.grammars").joinpath("forms", f"{name}.toml")
    return parse_table(source.read_text(encoding="utf-8"))


@cache
def load_message_form(name: str) -> MessageForm:
    """The form ``name``; raises ``FileNotFoundError`` or ``pydantic.ValidationError``."""
    return MessageForm.model_validate(_read(name))


@cache
def load_list_form(name: str) -> ListForm:
    """The form ``name``; raises ``FileNotFoundError`` or ``pydantic.ValidationError``."""
    return ListForm.model_validate(_read(name))


@cache
def load_mail_form() -> MailForm:
    """What mail programs write; raises ``pydantic.ValidationError``."""
    return MailForm.model_validate(_read("mail"))


@cache
def load_event_form(name: str) -> EventForm:
    """The form ``name``; raises ``FileNotFoundError`` or ``pydantic.ValidationError``."""
    return EventForm.model_validate(_read(name))
