"""One run of ``vindue parse``: inputs → records in order, with what went wrong told on the way."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from vindue.nlp.batch import read_batches
from vindue.nlp.inputs import Progress
from vindue.nlp.output import has_error
from vindue.nlp.pipeline import load_readers
from vindue.nlp.sources import Failure
from vindue.spread.chunks import MAX_LINES, Chunk, find_chunks
from vindue.spread.progress import progress_bar
from vindue.spread.work import Answer, Job, Part, Read, give_up, halves, part_of, read_chunk

if TYPE_CHECKING:
    from vindue.spread.pool import Work
    from vindue.spread.resume import Resumed


class RunError(Exception):
    """What ends a run: a store that can't be written."""


@dataclass(slots=True)
class Run:
    """The inputs of a command; counts what its exit code needs while they are read.

    ``tell`` takes a line for a person. Where ``jobs`` is 1 all is read here,
    a line at a time. With a store ``into``, where a version of each source is
    kept, an input is held as a whole. With a ``resume``, what was read before is
    left out. ``records`` raises ``RunError``.
    """

    paths: tuple[str, ...]
    job: Job
    jobs: int
    tell: Callable[[str], None]
    verbose: bool = False
    into: Path | None = None
    resume: Resumed | None = None
    failures: int = 0
    errors: int = 0

    def records(self) -> Generator[Read, None, None]:
        """The records of all inputs, in their order; closing it ends all processes."""
        input_ = _Input()
        for part in chain.from_iterable(self._answers()):
            if isinstance(part, Failure):
                self._end(input_)
                input_ = _Input()
                self.failures += 1
                self.tell(f"vindue: {part.name}: {part.reason}")
                self._done(part)
                continue
            if not input_.goes_on_in(part):
                self._end(input_)
                input_ = _Input(part)
            input_.add(part)
            for record in part.records:
                self.errors += has_error(record)
                yield record
            self._done(part)  # who asks for more has written what was before
        self._end(input_)

    def go_on(self, resumed: Resumed) -> None:
        """Leave out what an ended run has read; what went wrong there went wrong here."""
        self.resume = resumed
        self.failures, self.errors = resumed.mark.failures, resumed.mark.errors

    def _answers(self) -> Iterator[Answer]:
        progress = progress_bar()
        if self.into is not None:
            yield from self._kept(self.into, progress)
            return
        chunks = find_chunks(self.paths, self.job.kind, 1 if self.jobs == 1 else MAX_LINES)
        if self.resume is not None:
            chunks = self.resume.left(chunks)
        if self.jobs > 1:
            first = tuple(islice(chunks, 2))
            chunks = chain(first, chunks)
            if len(first) > 1:
                from vindue.spread.pool import spread  # noqa: PLC0415  (one process needs none)

                load_readers()  # once here, for all processes that are forked
                yield from spread(_work(self.job), chunks, self.jobs)
                return
        for chunk in chunks:
            yield read_chunk(self.job, chunk, progress)

    def _kept(self, into: Path, progress: Progress | None) -> Iterator[Answer]:
        """Whole inputs, put into the store before their records go on."""
        from vindue.watch.keep import keep_batch  # noqa: PLC0415  (few runs have a store)
        from vindue.watch.store import StoreError  # noqa: PLC0415

        for batch in read_batches(self.paths, self.job.kind, self.job.settings, progress):
            if isinstance(batch, Failure):
                yield (batch,)
                continue
            records = tuple(batch.records)
            text, name = batch.document.text, batch.document.name
            try:
                keep_batch(into, text, records, name, lines=batch.kind == "jsonl")
            except (StoreError, OSError) as error:
                raise RunError(f"{into}: {error}") from error
            yield (part_of(batch, records),)

    def _done(self, part: Part | Failure) -> None:
        if self.resume is not None:
            self.resume.done(part, self.failures, self.errors)

    def _end(self, input_: _Input) -> None:
        if self.verbose and input_.first is not None:
            self.tell(f"vindue: {input_.told()}")


@dataclass(slots=True)
class _Input:
    """One input as far as it is read, part after part."""

    first: Part | None = None
    count: int = 0
    encodings: dict[str, None] = field(default_factory=dict)

    def goes_on_in(self, part: Part) -> bool:
        """Whether a part is of the same input. A second telling of a file begins a new one."""
        return self.first is not None and part.more and part.name == self.first.name

    def add(self, part: Part) -> None:
        self.count += len(part.records)
        self.encodings.update(dict.fromkeys(part.encodings))

    def told(self) -> str:
        assert self.first is not None
        encoding = " and ".join(self.encodings) or "utf-8"
        said = f"{self.first.name}: {self.first.kind}, {encoding}, notices: {self.count}"
        return f"{said}{self.first.told}"


def _work(job: Job) -> Work[Chunk, Answer]:
    from vindue.spread.pool import Work  # noqa: PLC0415  (as above)

    reason = "the process that read this ended in the middle of it"
    return Work(partial(read_chunk, job), halves, partial(give_up, job, reason=reason))
