"""What stands plainly in a notice: work orders, environments, language."""

from __future__ import annotations

from vindue.grammars.schema import Profile
from vindue.nlp.environments import read_environments
from vindue.nlp.language import tell_language
from vindue.nlp.readings import Facts
from vindue.nlp.spans import Notice
from vindue.nlp.work_orders import read_work_orders


def read_facts(notice: Notice, profile: Profile) -> Facts:
    """Work orders, environments and language, each with where it stood."""
    orders, about_orders = read_work_orders(notice, profile)
    environments, spans, about_environments = read_environments(notice, profile)
    return Facts(
        work_orders=orders,
        environments=environments,
        environment_spans=spans,
        language=tell_language(notice),
        findings=about_orders + about_environments,
    )
