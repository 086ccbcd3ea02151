"""spaCy tokenizer that mends spelling: words as written, their known form as ``NORM``.

A word that training never saw is read as the nearest one that it did see, if
one lies within a bounded edit distance. Digits are all alike. What is known
is learned by ``initialize`` and stored beside the pipeline as plain text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import regex
from spacy.tokens import Doc
from spacy.util import ensure_path, registry

from vindue.nlp.mentions.gazetteer import Gazetteer, fold

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example
    from spacy.vocab import Vocab

TOKEN: Final = regex.compile(r"\p{L}+(?:['’]\p{L}+)*|\p{N}+|[^\p{L}\p{N}\s]|\s+")
NUMBER: Final = "0"
SHORTEST: Final = 4
LONG: Final = 8
FILE: Final = "words.txt"


class SpellingTokenizer:
    """Cuts a text into words, numbers and signs; ``NORM`` is the mended, folded word."""

    def __init__(self, vocab: Vocab, seen: int = 2) -> None:
        """``seen``: how often training must show a word for it to count as known."""
        self.vocab: Final = vocab
        self._seen: Final = seen
        self._counts: dict[str, int] = {}
        self._norms: dict[str, str] = {}
        self._known = Gazetteer(())

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for match in TOKEN.finditer(text):
            token = match.group()
            if token[0] == " " and words and not spaces[-1]:
                spaces[-1] = True
                token = token[1:]
            if token:
                words.append(token)
                spaces.append(False)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        for word in doc:
            word.norm_ = self.norm(word.text)
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Tokenize one text after the other."""
        return (self(text) for text in texts)

    def norm(self, word: str) -> str:
        """The known form of a word, itself if none is near; digits as one sign."""
        found = self._norms.get(word)
        if found is None:
            found = self._norms[word] = self._find(word)
        return found

    def _find(self, word: str) -> str:
        folded = fold(word)
        if folded[0].isnumeric():
            return NUMBER
        if folded in self._counts or not folded[0].isalpha():
            return folded
        forms = self._known.nearest(folded).forms
        return max(forms, key=lambda form: (self._counts[form], form), default=folded)

    def _learn(self, counts: dict[str, int]) -> None:
        self._counts, self._norms = counts, {}
        self._known = Gazetteer(counts, shortest=SHORTEST, long=LONG)

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None
    ) -> None:
        """Learn the known words from the examples' texts."""
        counts = Counter(
            fold(token.text)
            for eg in get_examples()
            for token in eg.reference
            if token.text.isalpha()
        )
        self._learn({word: n for word, n in sorted(counts.items()) if n >= self._seen})

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The known words and their counts, one a line."""
        return "".join(f"{word}\t{n}\n" for word, n in self._counts.items()).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> SpellingTokenizer:
        """Take over known words; raises ``ValueError`` for a line of another form."""
        rows = (line.split("\t") for line in data.decode().splitlines())
        self._learn({word: int(n) for word, n in rows})
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the known words into the folder ``path``."""
        folder = ensure_path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> SpellingTokenizer:
        """Read what ``to_disk`` wrote. Raises ``OSError`` where it is not there."""
        return self.from_bytes((ensure_path(path) / FILE).read_bytes())


def create_spelling_tokenizer(seen: int = 2) -> Callable[[Any], SpellingTokenizer]:
    """What ``[nlp.tokenizer]`` of a config names."""

    def create(nlp: Any) -> SpellingTokenizer:
        return SpellingTokenizer(nlp.vocab, seen)

    return create


registry.tokenizers.register("vindue.Spelling.v1", func=create_spelling_tokenizer)
