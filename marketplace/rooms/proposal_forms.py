"""The form of a proposal: what is done until when, at what price, what is learnt, under which conditions."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import vocabularies
from marketplace.agreements.text import CRITERIA
from marketplace.rooms.fields import DayField, LineField, TextField
from marketplace.rooms.forms import OnceForm, languages
from marketplace.rooms.proposing import SAME, TEXTS

YES, NO = "yes", "no"
ROWS = 3  # empty rows for milestones, to begin with
MOST_ROWS = 30


def choice(scheme: str, label, required: bool = False, **options) -> forms.ChoiceField:
    """One code of a vocabulary, or none."""
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=lambda: [("", _("Not said")), *vocabularies.choices(scheme)()],
        widget=forms.Select({"class": "select"}),
        **options,
    )


class ProposalForm(OnceForm):
    """One version of a proposal. `rows` is how many milestones can be typed."""

    language = forms.ChoiceField(
        label=_("The texts are written in"),
        choices=languages,
        help_text=_("Write all texts of the proposal in this language."),
        widget=forms.Select({"class": "select"}),
    )
    scope = TextField(
        label=_("What is done"),
        max_length=5000,
        rows=8,
        help_text=_("What the client gets, and what is not part of it."),
    )
    starts = DayField(label=_("Start"))
    ends = DayField(label=_("End"), help_text=_("The day of delivery."))
    price_model = choice("price_model", _("How it is priced"))
    price_line = TextField(
        label=_("Price in words"),
        max_length=500,
        required=False,
        rows=2,
        help_text=_("For information. Nothing is paid on this portal."),
    )
    learns = TextField(
        label=_("What the learners learn"),
        max_length=3000,
        rows=5,
        help_text=_("The learning outcomes, in words that learners understand."),
    )
    supervision = TextField(
        label=_("Supervision"),
        max_length=3000,
        rows=3,
        help_text=_("Who supervises the learners: roles, never names."),
    )
    insurance = TextField(
        label=_("Insurance"),
        max_length=2000,
        required=False,
        rows=3,
        help_text=_("Who is insured against what, and by whom."),
    )
    minors = TextField(
        label=_("Safety of minors"),
        max_length=2000,
        required=False,
        rows=3,
        help_text=_("Leave it empty where every learner is of age."),
    )
    licence = choice("licence", _("Licence of the result"))
    data = TextField(
        label=_("Personal data"),
        max_length=2000,
        required=False,
        rows=3,
        help_text=_("Which data of people are used for the work, and when they are deleted."),
    )

    def __init__(self, *args, milestones=(), rows: int = ROWS, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = min(max(rows, len(milestones) + 1), MOST_ROWS)
        for number in range(self.rows):
            known = milestones[number] if number < len(milestones) else None
            self.fields[f"title_{number}"] = LineField(
                label=_("What is ready"),
                max_length=200,
                required=False,
                initial=known.title if known else "",
            )
            self.fields[f"due_{number}"] = DayField(
                label=_("By"), required=False, initial=known.due if known else None
            )
        scheme = vocabularies.get("working_condition")
        for code in CRITERIA:
            self.fields[f"{code}_kept"] = forms.ChoiceField(
                label=scheme.label(code, get_language()),
                help_text=scheme.description(code, get_language()),
                choices=[(YES, _("We keep it")), (NO, _("We do not keep it in full"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Say whether this is kept.")},
            )
            self.fields[f"{code}_text"] = TextField(
                label=_("How, or why not"), max_length=1000, required=False, rows=2
            )

    @property
    def sections(self) -> list[dict]:
        """The parts of the page: `{title, fields}`, with `milestones` or `criteria` in some."""
        return [
            {
                "title": _("The work"),
                "fields": [self["language"], self["scope"], self["starts"], self["ends"]],
            },
            {"title": _("Milestones"), "milestones": self.milestone_fields},
            {"title": _("Price"), "fields": [self["price_model"], self["price_line"]]},
            {"title": _("Learning"), "fields": [self["learns"], self["supervision"]]},
            {
                "title": _("Learning and working conditions"),
                "criteria": [(self[f"{code}_kept"], self[f"{code}_text"]) for code in CRITERIA],
            },
            {
                "title": _("Safety and rights"),
                "fields": [self["insurance"], self["minors"], self["licence"], self["data"]],
            },
        ]

    @property
    def milestone_fields(self) -> list[tuple]:
        return [(self[f"title_{number}"], self[f"due_{number}"]) for number in range(self.rows)]

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("It ends before it begins."))
        for number in range(self.rows):
            title, due = cleaned.get(f"title_{number}"), cleaned.get(f"due_{number}")
            if title and not due and not self.has_error(f"due_{number}"):
                self.add_error(f"due_{number}", _("Say by when it is ready."))
            if due and not title and not self.has_error(f"title_{number}"):
                self.add_error(f"title_{number}", _("Say what is ready then."))
            if due and starts and ends and starts <= ends and not starts <= due <= ends:
                self.add_error(f"due_{number}", _("Choose a day between the start and the end."))
        for code in CRITERIA:
            if cleaned.get(f"{code}_kept") == NO and not cleaned.get(f"{code}_text"):
                self.add_error(
                    f"{code}_text",
                    _("Explain why it is not kept in full, and what you do instead."),
                )
        return cleaned

    def values(self) -> dict:
        """What `proposals.propose` takes."""
        typed = self.cleaned_data
        names = (*TEXTS, *SAME)
        return {name: typed[name] for name in names} | {
            "conditions": {
                code: {"kept": typed[f"{code}_kept"] == YES, "text": typed[f"{code}_text"]}
                for code in CRITERIA
            },
            "milestones": [
                {"title": typed[f"title_{number}"], "due": typed[f"due_{number}"]}
                for number in range(self.rows)
                if typed[f"title_{number}"]
            ],
        }
