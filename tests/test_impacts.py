"""Sentences → impacts: effects, channels, negation, headings, lists, fallback, resubmission."""

from __future__ import annotations

import pytest

from tests.effect_texts import effects, notice, reader, triples

DMS3 = ("dms-import", "dms-export", "dms-forsendelse")


# --- one sentence, one impact ---------------------------------------------------


@pytest.mark.parametrize(
    ("text", "channel", "effect"),
    [
        ("Files sent to Import will fail/be rejected.", "file", "rejected"),
        ("Files sent to Import will not be accepted.", "file", "rejected"),
        ("Filer til Import bliver afvist.", "file", "rejected"),
        ("Filer til Import afvises.", "file", "rejected"),
        (
            "Files sent to Import will be processed when the service window has passed.",
            "file",
            "queued",
        ),
        (
            "Files to Import will still be received, but only processed after the window.",
            "file",
            "queued",
        ),
        ("Filer til Import behandles, når servicevinduet er slut.", "file", "queued"),
        ("Filer til Import sættes i kø.", "file", "queued"),
        ("Files sent to Import will be processed during the service window.", "file", "available"),
        ("Filer til Import behandles under servicevinduet.", "file", "available"),
        ("The online system for Import will be unavailable.", "online", "unavailable"),
        ("There will be no access to the online system of Import.", "online", "unavailable"),
        ("Onlinesystemet Import er ikke tilgængeligt.", "online", "unavailable"),
        ("There is no access to Import.", "all", "unavailable"),
        ("Import is down.", "all", "unavailable"),
        ("Import kan ikke bruges.", "all", "unavailable"),
        ("Import er ude af drift.", "all", "unavailable"),
        ("Sign in to Import will not be possible.", "online", "no_sign_in"),
        ("You cannot log in to Import.", "online", "no_sign_in"),
        ("We don't expect log in to Import will be possible.", "online", "no_sign_in"),
        ("Det er ikke muligt at logge på Import.", "online", "no_sign_in"),
        ("Login til Import er ikke muligt.", "online", "no_sign_in"),
        ("Online access for Import will be available.", "online", "available"),
        ("Import can be used.", "all", "available"),
        ("Import er tilgængelig.", "all", "available"),
        ("File access to Import is not affected.", "file", "unaffected"),
        ("S2S to Import is not affected.", "file", "unaffected"),
        ("Import virker som normalt.", "all", "unaffected"),
        ("Import er ikke berørt.", "all", "unaffected"),
        ("We do not expect any impact on Import.", "all", "unaffected"),
        ("Import will not be unavailable.", "all", "available"),
        ("Import er ikke utilgængelig.", "all", "available"),
        ("Extended response times may occur in Import.", "all", "delayed"),
        ("Import may seem slower than usual.", "all", "delayed"),
        ("Der kan forekomme længere svartider i Import.", "all", "delayed"),
        ("Instability may occur in Import.", "all", "unstable"),
        ("Import will be unstable/unavailable.", "all", "unstable"),
        ("Periods of instability/unavailability may occur in Import.", "all", "unstable"),
        ("Import kan være ustabil.", "all", "unstable"),
        ("Submission to Import is not recommended.", "all", "not_recommended"),
        ("Det frarådes at bruge Import.", "all", "not_recommended"),
        ("Import might be unavailable.", "all", "unavailable"),
        ("Import kan være utilgængelig.", "all", "unavailable"),
    ],
)
def test_one_sentence(text: str, channel: str, effect: str) -> None:
    assert triples(text) == [(("import",), channel, effect)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The connection between DMS Import and Manifest is closed.",
            [(("dms-import", "manifest"), "connection", "closed")],
        ),
        (
            "The connection between DMS Import and Manifest is open.",
            [(("dms-import", "manifest"), "connection", "available")],
        ),
        (
            "Forbindelsen mellem DMS Import og Manifest er lukket.",
            [(("dms-import", "manifest"), "connection", "closed")],
        ),
        (
            "The link between Import and Manifest is closed, why submission is not recommended.",
            [
                (("import", "manifest"), "connection", "closed"),
                (("import", "manifest"), "all", "not_recommended"),
            ],
        ),
        (
            "Files to Import will be queued - files to ICS and Manifest will be rejected.",
            [(("import",), "file", "queued"), (("ics", "manifest"), "file", "rejected")],
        ),
        (
            "Import will be unavailable, but Manifest is not affected.",
            [(("import",), "all", "unavailable"), (("manifest",), "all", "unaffected")],
        ),
        (
            "It is possible to log in to Import, but it may be slow.",
            [(("import",), "online", "delayed")],
        ),
        (
            "Arrivals submitted to Import will be received, but final processing may be delayed.",
            [(("import",), "all", "delayed")],
        ),
        (
            "Import er nede, og Manifest svarer langsommere end ellers.",
            [(("import",), "all", "unavailable"), (("manifest",), "all", "delayed")],
        ),
        (
            "Import will be able to handle standard declarations, but not supplements.",
            [(("import",), "all", "available")],
        ),
    ],
)
def test_two_effects_in_one_sentence(text: str, expected: list[object]) -> None:
    assert triples(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Online access for Import/Export",
        "File access to Import.",
        "Unavailability in all 1.5 hours",
        "Please refer to a Customs Office, if you need to release goods in Import.",
        "Contact us, if you are unable to log in to Import.",
        "If you cannot log in to Import, please call our support.",
        "Hvis Import ikke er tilgængelig, så kontakt supporten.",
        "We cannot guarantee how long the work on Import takes.",
        "Import is available again.",
        "Some systems will be unavailable between 08:00-21:45 and others from 11:00.",
        "See our newsletter about Import.",
        "The online client for Import will be updated automatically.",
    ],
)
def test_sentences_that_state_nothing(text: str) -> None:
    assert triples(text, "Service window Import") == []


def test_the_span_is_the_sentence() -> None:
    body = "The window begins at 18. Files sent to Import will fail."
    (impact,) = effects(body).impacts
    assert impact.span.of(notice(body).text) == "Files sent to Import will fail"


def test_two_effects_have_a_clause_each() -> None:
    body = "Import will be unavailable, but Manifest is not affected."
    text = notice(body).text
    spans = [impact.span.of(text) for impact in effects(body).impacts]
    assert spans == ["Import will be unavailable,", "but Manifest is not affected"]


def test_an_effect_said_twice_is_one_over_the_whole_sentence() -> None:
    body = "Files sent to Import will fail/be rejected during the service window."
    (impact,) = effects(body).impacts
    assert impact.span.of(notice(body).text) == body.rstrip(".")


# --- headings and inheritance ---------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "File access (S2S).",
        "File access,",
        "S2S (file) access:",
        "Fil adgang:",
        "File transfer:",
        "Filer:",
        "S2S",
    ],
)
def test_file_headings(heading: str) -> None:
    assert triples(f"Import\n{heading}\nNot available.") == [(("import",), "file", "unavailable")]


@pytest.mark.parametrize(
    "heading",
    ["Online access.", "Online access,", "Online:", "Onlineadgang:", "Sign in:", "Selvbetjening"],
)
def test_online_headings(heading: str) -> None:
    assert triples(f"Import\n{heading}\nNot available.") == [(("import",), "online", "unavailable")]


def test_a_heading_may_name_both() -> None:
    body = "Manifest online:\nIt may be slow.\nManifest filer transfer:\nLonger reaction times."
    assert triples(body) == [
        (("manifest",), "online", "delayed"),
        (("manifest",), "file", "delayed"),
    ]


def test_a_heading_with_systems_resets_the_channel() -> None:
    body = "Import\nFile access:\n- Not available.\nManifest\nDelays may occur."
    assert triples(body)[1] == (("manifest",), "all", "delayed")


def test_a_general_heading_resets_the_section() -> None:
    body = "Import\nNot available.\nManifest\nNot available.\nIn general\nDelays may occur."
    assert triples(body)[2] == (("import", "manifest"), "all", "delayed")


def test_plain_text_below_bullets_is_under_no_channel_heading() -> None:
    body = "Online access:\n- Import is unavailable.\nInstability may occur in Manifest."
    assert triples(body)[1] == (("manifest",), "all", "unstable")


def test_a_log_in_service_narrows_no_section() -> None:
    body = "NemLog-in\nFile is not affected.\nSign in to Import will not be possible."
    assert triples(body)[0] == (("nemlog-in", "import"), "file", "unaffected")


def test_a_schedule_line_with_systems_opens_a_section() -> None:
    body = (
        "Import, servicewindow Saturday April 29, 2023, 0800-2359\nDelays may occur.\n"
        "Manifest, servicewindow Saturday April 29, 2023, 1100-2359\nInstability may occur."
    )
    assert triples(body) == [
        (("import",), "all", "delayed"),
        (("manifest",), "all", "unstable"),
    ]
    scopes = effects(body).scopes
    assert [scope.systems for scope in scopes] == [("import",)] * 2 + [("manifest",)] * 2


@pytest.mark.parametrize(
    "body",
    [
        "The following systems will be unavailable:\n- Import\n- Export\n- Manifest",
        "The following systems will unavailable:\n\nImport\n\nExport\n\nManifest",
        "Systems unavailable:\nImport, Export and Manifest",
        "Følgende systemer er utilgængelige:\n• Import\n• Eksport\n• Manifest",
    ],
)
def test_a_sentence_that_opens_a_list(body: str) -> None:
    assert triples(body) == [(("import", "export", "manifest"), "all", "unavailable")]


def test_a_list_broken_over_lines_is_one() -> None:
    body = "Files sent to DMS Import/DMS Export\n/DMS Forsendelse will be rejected."
    assert triples(body) == [(DMS3, "file", "rejected")]


def test_a_sentence_broken_to_fit_is_one() -> None:
    body = (
        "The online systems for Import, Export and for all users also of\nthe system ICS are down."
    )
    assert triples(body) == [(("import", "export", "ics"), "online", "unavailable")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("System: Import\nImpact: Hard down for 45 minutes", "unavailable"),
        ("Component: Import\nExpected impact\nLoss of service for up to 90 minutes", "unavailable"),
        ("Berørte systemer: Import\nPåvirkning: Kortvarige udfald", "unstable"),
        ("Service: Import\nCustomer impact: none expected", "unaffected"),
    ],
)
def test_labels(body: str, expected: str) -> None:
    assert triples(body) == [(("import",), "all", expected)]


def test_what_was_mended_is_no_impact() -> None:
    body = "Fixes\n- The search is not working.\nFile access:\n- Files sent to Import will fail."
    assert triples(body) == [(("import",), "file", "rejected")]


def test_silent_lines_state_nothing_and_keep_the_scope() -> None:
    body = "Import\nUpdate: Manifest is unavailable.\nDelays may occur."
    told = effects(body, silent=frozenset({1}))
    assert [(i.systems, i.effect) for i in told.impacts] == [(("import",), "delayed")]
    assert told.systems == ("import",)
    assert "manifest" in {ident for m in told.mentions for ident in m.ids}


def test_a_text_about_no_work_states_nothing() -> None:
    assert triples("Our desk can be used by all.\nTickets are read later and may be delayed.") == []


# --- fallback and resubmission --------------------------------------------------


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The use of fallback procedure is allowed within the service window.", "allowed"),
        ("Emergency procedures may be used.", "allowed"),
        ("Nødproceduren må anvendes.", "allowed"),
        ("Fall back procedure will be allowed if necessary.", "restricted"),
        ("You may only use the emergency procedure if absolutely necessary.", "restricted"),
        ("No general use of fallback procedure.", "restricted"),
        ("Nødprocedure må kun anvendes, hvis det er strengt nødvendigt.", "restricted"),
        ("The fallback procedure is not allowed.", "not_allowed"),
        ("Use of the fallback procedure is not permitted during the window.", "not_allowed"),
        ("Nødproceduren må ikke anvendes.", "not_allowed"),
        ("The window ended and the fallback procedure will stop.", None),
        ("Fallback procedure is no longer allowed.", None),
        ("Nødproceduren ophører.", None),
        ("Emergency maintenance of Import.", None),
        ("Fallback window: Saturday 22 August.", None),
    ],
)
def test_fallback(text: str, verdict: str | None) -> None:
    told = effects(text)
    assert told.fallback == verdict
    assert (told.fallback_span is not None) == (verdict is not None)
    assert told.impacts == () or verdict is None


def test_what_ends_later_does_not_change_what_was_allowed() -> None:
    body = "The use of fallback procedure is allowed.\nFallback procedure is no longer allowed."
    assert effects(body).fallback == "allowed"


def test_a_limit_of_the_fallback_procedure_is_aside() -> None:
    body = "Import is unavailable.\nFallback procedure is allowed until Sunday April 30 midnight."
    assert effects(body).aside == frozenset({1})


@pytest.mark.parametrize(
    ("text", "demanded"),
    [
        ("Affected entries need to be resubmitted after the service window.", True),
        ("Files for ICS will be rejected and must be resent.", True),
        ("Filer skal genindsendes.", True),
        ("Filer afvises og skal sendes igen.", True),
        ("Entries do not need to be resubmitted.", False),
        ("Filer skal ikke genindsendes.", False),
        ("Files sent to ICS will be rejected.", False),
    ],
)
def test_resubmission(text: str, demanded: bool) -> None:
    assert effects(text).resubmit is demanded


def test_entries_that_are_affected_state_no_impact() -> None:
    assert triples("Affected entries need to be resubmitted.", "Service window Import") == []


# --- bounds ---------------------------------------------------------------------


@pytest.mark.parametrize("body", ["", "\n\n", "…", "????", "—", "a" * 5000, "Import " * 500])
def test_any_text_is_read(body: str) -> None:
    assert effects(body).impacts == ()


def test_spans_slice_the_input() -> None:
    body = (
        "Files to DMP Import will be rejected and must be resent.\nFallback procedure is allowed."
    )
    told, text = effects(body), notice(body).text
    spans = [impact.span for impact in told.impacts] + [mention.span for mention in told.mentions]
    spans += [span for span in (told.fallback_span, told.resubmit_span) if span is not None]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert len(spans) == 4


def test_the_reader_holds_no_state() -> None:
    first = effects("Files sent to Import will fail.")
    effects("BilletNu will be unavailable.", "Maintenance of BilletNu")
    assert effects("Files sent to Import will fail.") == first
    assert reader() is reader()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Import may be unstable while files are moved.",
            [(("import",), "all", "unstable")],
        ),
        (
            "Import kan være ustabil, mens trafikken mellem centrene flyttes.",
            [(("import",), "all", "unstable")],
        ),
        (
            "Filer til Import afvises og skal sendes igen, når vinduet er forbi.",
            [(("import",), "file", "rejected")],
        ),
    ],
)
def test_a_clause_behind_adds_no_channel_and_no_queue(
    text: str, expected: list[tuple[tuple[str, ...], str, str]]
) -> None:
    assert triples(text) == expected
