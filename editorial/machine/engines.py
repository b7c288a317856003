"""The one way to a machine that translates.

An operator chooses it by `MACHINE_TRANSLATOR`; without that there is none, and no text leaves this
machine. Behind it stand wagtail-localize's own translators, or a class of the operator with the same
two methods (`wagtail_localize.machine_translators.base.BaseMachineTranslator`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from wagtail.models import Locale
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue

AT_ONCE = 50  # texts in one request: what the strictest of the services takes


@dataclass(frozen=True)
class Engine:
    """A machine that translates texts as they are stored, with their inline markup."""

    translator: BaseMachineTranslator

    @property
    def name(self) -> str:
        return str(self.translator.display_name)

    def can_translate(self, source: Locale, target: Locale) -> bool:
        return self.translator.can_translate(source, target)

    def translate(
        self, source: Locale, target: Locale, texts: Iterable[str]
    ) -> Iterator[dict[str, str]]:
        """Translations by text, request by request; what the machine could not translate is missing."""
        texts = list(dict.fromkeys(texts))
        for start in range(0, len(texts), AT_ONCE):
            asked = [StringValue(text) for text in texts[start : start + AT_ONCE]]
            answer = self.translator.translate(source, target, asked)
            yield {
                one.data: answer[one].data
                for one in asked
                if answer.get(one) is not None and answer[one].data
            }


def engine() -> Engine | None:
    """The machine that the operator has chosen, if any."""
    translator = get_machine_translator()
    return Engine(translator) if translator else None


def price(characters: int) -> Decimal | None:
    """What translating so many characters costs; None where the operator has set no price."""
    for_a_million = settings.MACHINE_TRANSLATION_PRICE
    if not for_a_million:
        return None
    return (Decimal(for_a_million) * characters / 1_000_000).quantize(Decimal("0.01"))
