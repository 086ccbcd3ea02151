"""What became of a window, in many words: each sentence beside the same window.

The expectations were written from the sentences. The window is told as
Thursday 18 December 2025, 15:00–18:00; each sentence is not in the corpus.
"""

from __future__ import annotations

import pytest

from vindue import parse
from vindue.nlp.record import Record

EN = "Service window Thursday December 18, 2025, 1500-1800"
DA = "Servicevindue torsdag den 18. december 2025, kl. 1500-1800"
PUBLISHED = "2025-12-10T10:00:00+01:00"

TOLD = [
    (
        "Start moved from 1500 to 1600. The end is now 1930 (was 1800).",
        "18 16:00",
        "18 19:30",
        "scheduled",
        "moved",
    ),
    (
        "Cancelled. New window: Friday December 19, 2025, 1500-1800",
        "19 15:00",
        "19 18:00",
        "scheduled",
        "moved",
    ),
    (
        "Cancelled. New date: Friday December 19, 2025, 1500-1800",
        "19 15:00",
        "19 18:00",
        "scheduled",
        "moved",
    ),
    ("Postponed one week", "18 15:00", "18 18:00", "postponed", "postponed"),
    ("Udskudt en uge", "18 15:00", "18 18:00", "postponed", "postponed"),
    (
        "The start time has changed from 15:00 to 16:00.",
        "18 16:00",
        "18 18:00",
        "scheduled",
        "edited",
    ),
    ("Start is moved from 1500 to 1600.", "18 16:00", "18 18:00", "scheduled", "edited"),
    ("Starten er flyttet fra kl. 15.00 til 16.00.", "18 16:00", "18 18:00", "scheduled", "edited"),
    (
        "The end time has changed from 18:00 to 19:30.",
        "18 15:00",
        "18 19:30",
        "scheduled",
        "extended",
    ),
    ("The end is moved from 1800 to 1930.", "18 15:00", "18 19:30", "scheduled", "extended"),
    ("The window is moved to 18:00-21:00.", "18 18:00", "18 21:00", "scheduled", "moved"),
    ("Window extended by half an hour.", "18 15:00", "18 18:30", "scheduled", "extended"),
    ("Window extended by a quarter of an hour.", "18 15:00", "18 18:15", "scheduled", "extended"),
    (
        "Window extended by three quarters of an hour.",
        "18 15:00",
        "18 18:45",
        "scheduled",
        "extended",
    ),
    ("Window extended by an hour and a half.", "18 15:00", "18 19:30", "scheduled", "extended"),
    ("Vinduet forlænges med halvanden time.", "18 15:00", "18 19:30", "scheduled", "extended"),
    ("Window delayed approx 1½ hours.", "18 15:00", "18 19:30", "scheduled", "delayed"),
    ("Vinduet er ca. 1 time forsinket.", "18 15:00", "18 19:00", "scheduled", "delayed"),
    ("Forventet færdig kl. 19.30", "18 15:00", "18 19:30", "scheduled", "extended"),
    ("End time changed to 1930.", "18 15:00", "18 19:30", "scheduled", "extended"),
    ("End time: 1930 (was 1800)", "18 15:00", "18 19:30", "scheduled", "extended"),
    ("Starts at 1600 instead of 1500", "18 16:00", "18 18:00", "scheduled", "edited"),
    ("Vinduet starter først kl. 16.", "18 16:00", "18 18:00", "scheduled", "edited"),
    ("The window ends one hour earlier.", "18 15:00", "18 17:00", "scheduled", "shortened"),
    ("All systems are up again.", "18 15:00", "18 18:00", "completed", "completed"),
    ("Not carried out.", "18 15:00", "18 18:00", "cancelled", "cancelled"),
    (
        "Update at 17:30 - extended again, now to 19.15.",
        "18 15:00",
        "18 19:15",
        "scheduled",
        "extended",
    ),
    ("Forlænget igen, nu til 19.15", "18 15:00", "18 19:15", "scheduled", "extended"),
    (
        "Delayed, time horizon unknown. Next update at 2000.",
        "18 15:00",
        "18 18:00",
        "scheduled",
        "delayed",
    ),
    (
        "Servicevinduet er forsinket. Næste opdatering kl. 20.",
        "18 15:00",
        "18 18:00",
        "scheduled",
        "delayed",
    ),
    (
        "Update at 17:30 - Import is delayed, expected end time 1930.",
        "18 15:00",
        "18 19:30",
        "scheduled",
        "delayed",
    ),
    (
        "Extended until 19:30 (Thursday December 18, 2025, 1750)",
        "18 15:00",
        "18 19:30",
        "scheduled",
        "extended",
    ),
    ("The window will be forlænget until 21.00", "18 15:00", "18 21:00", "scheduled", "extended"),
    ("Vinduet has been extended til kl. 21", "18 15:00", "18 21:00", "scheduled", "extended"),
    ("Servicevindue is delayed 1 time", "18 15:00", "18 19:00", "scheduled", "delayed"),
    (
        "The service window has been afkortet til 17:00",
        "18 15:00",
        "18 17:00",
        "scheduled",
        "shortened",
    ),
    ("Servicevinduet has been cancelled.", "18 15:00", "18 18:00", "cancelled", "cancelled"),
    ("Window has been afsluttet.", "18 15:00", "18 18:00", "completed", "completed"),
    ("New time: 11:00 - 14:00", "18 11:00", "18 14:00", "scheduled", "moved"),
    ("New time: Friday December 19, 11:00 - 14:00", "19 11:00", "19 14:00", "scheduled", "moved"),
    ("Nyt tidspunkt: kl. 11.00-14.00", "18 11:00", "18 14:00", "scheduled", "moved"),
    (
        "Nyt tidspunkt: fredag den 19. december kl. 11-14",
        "19 11:00",
        "19 14:00",
        "scheduled",
        "moved",
    ),
    (
        "Correction: the service window is from 11:00 to 14:00.",
        "18 11:00",
        "18 14:00",
        "scheduled",
        "edited",
    ),
    (
        "Rettelse: Servicevinduet er fra kl. 11 til kl. 14.",
        "18 11:00",
        "18 14:00",
        "scheduled",
        "edited",
    ),
    ("The maintenance continues until 19:30.", "18 15:00", "18 19:30", "scheduled", "extended"),
    ("The service window will last until 1930.", "18 15:00", "18 19:30", "scheduled", "extended"),
    ("Servicevinduet fortsætter til kl. 19.30.", "18 15:00", "18 19:30", "scheduled", "extended"),
    (
        "På grund af problemer fortsætter vi til kl. 20.",
        "18 15:00",
        "18 20:00",
        "scheduled",
        "extended",
    ),
    (
        "The window could not be finished. We continue until 2000.",
        "18 15:00",
        "18 20:00",
        "scheduled",
        "extended",
    ),
    (
        "The service window will be 30 minutes longer.",
        "18 15:00",
        "18 18:30",
        "scheduled",
        "extended",
    ),
    (
        "Servicevinduet bliver en halv time længere.",
        "18 15:00",
        "18 18:30",
        "scheduled",
        "extended",
    ),
    (
        "The end of the service window has been moved to 19:30.",
        "18 15:00",
        "18 19:30",
        "scheduled",
        "extended",
    ),
    ("Sluttidspunktet er rykket til kl. 19.30.", "18 15:00", "18 19:30", "scheduled", "extended"),
    (
        "Sluttidspunktet er rykket fra kl. 18.00 til kl. 19.30.",
        "18 15:00",
        "18 19:30",
        "scheduled",
        "extended",
    ),
    (
        "The service window ends at 1930 instead of 1800.",
        "18 15:00",
        "18 19:30",
        "scheduled",
        "extended",
    ),
    (
        "Servicevinduet slutter kl. 19.30 i stedet for kl. 18.",
        "18 15:00",
        "18 19:30",
        "scheduled",
        "extended",
    ),
    ("Servicevinduet slutter allerede kl. 17.", "18 15:00", "18 17:00", "scheduled", "shortened"),
    ("The service window ends already at 17:00.", "18 15:00", "18 17:00", "scheduled", "shortened"),
    ("The window closes early, at 17:00.", "18 15:00", "18 17:00", "scheduled", "shortened"),
    ("The start is postponed to 1600.", "18 16:00", "18 18:00", "scheduled", "moved"),
    ("Starten er udskudt til kl. 16.00.", "18 16:00", "18 18:00", "scheduled", "moved"),
    ("The service window starts one hour later.", "18 16:00", "18 18:00", "scheduled", "moved"),
    ("Servicevinduet starter en time senere.", "18 16:00", "18 18:00", "scheduled", "moved"),
    ("Forsinket opstart, begynder først kl. 16.", "18 16:00", "18 18:00", "scheduled", "moved"),
    (
        "The service window starts at 1600 instead of 1500.",
        "18 16:00",
        "18 18:00",
        "scheduled",
        "edited",
    ),
    (
        "The window has been moved to Friday December 19, same time.",
        "19 15:00",
        "19 18:00",
        "scheduled",
        "moved",
    ),
    (
        "Servicevinduet er flyttet til fredag den 19. december.",
        "19 15:00",
        "19 18:00",
        "scheduled",
        "moved",
    ),
    ("The service window is postponed one day.", "19 15:00", "19 18:00", "scheduled", "moved"),
    (
        "Cancelled. New window Monday December 22, 1500-1800.",
        "22 15:00",
        "22 18:00",
        "scheduled",
        "moved",
    ),
    (
        "Aflyst. Nyt servicevindue mandag den 22. december kl. 15-18",
        "22 15:00",
        "22 18:00",
        "scheduled",
        "moved",
    ),
    ("Servicevinduet bliver ikke til noget.", "18 15:00", "18 18:00", "cancelled", "cancelled"),
    ("Vi dropper servicevinduet.", "18 15:00", "18 18:00", "cancelled", "cancelled"),
    (
        "The service window is postponed. New date follows.",
        "18 15:00",
        "18 18:00",
        "postponed",
        "postponed",
    ),
]

STILL = [
    "S2S: closed",
    "Online access: closed",
    "Files: delayed",
    "Filer: forsinket",
    "The old version ends in 2030 for all customers.",
    "Reservationer kan hverken oprettes eller aflyses i vinduet.",
    "Orders can be moved to another warehouse.",
]


def _read(sentence: str, above: bool) -> Record:
    window = DA if any(letter in sentence for letter in "æøå") or "vindue" in sentence else EN
    parts = (sentence, window) if above else (window, sentence)
    return parse("Portal\n\n" + "\n\n".join(parts) + "\n", published_at=PUBLISHED)


def _at(text: str) -> str:
    return f"2025-12-{text.replace(' ', 'T')}:00+01:00"


@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
@pytest.mark.parametrize("told", TOLD, ids=[row[0] for row in TOLD])
def test_a_change_is_read_in_its_own_words(
    told: tuple[str, str, str, str, str], above: bool
) -> None:
    sentence, start, end, status, kind = told
    record = _read(sentence, above)
    assert [(w.start, w.end) for w in record.windows] == [(_at(start), _at(end))]
    assert record.status == status
    assert [revision.kind for revision in record.revisions] == [kind]


@pytest.mark.parametrize("sentence", STILL)
def test_a_sentence_of_other_things_changes_nothing(sentence: str) -> None:
    record = _read(sentence, above=False)
    assert [(w.start, w.end) for w in record.windows] == [(_at("18 15:00"), _at("18 18:00"))]
    assert record.status == "scheduled"


def test_a_time_that_nothing_was_read_from_is_said() -> None:
    record = _read("The trucks of the night shift come at 21:30.", above=False)
    assert "time.unread" in {each.code for each in record.diagnostics}
    assert all(window.confidence < 0.9 for window in record.windows)
