"""The forms of members and contacts: writing a story, telling of a try, confirming."""

from stories.forms.blocks import BlockFormSet, block_formset
from stories.forms.reports import StillTrueForm, TriedTooForm
from stories.forms.writing import ConsentForm, StepForm, step_form

__all__ = [
    "BlockFormSet",
    "ConsentForm",
    "StepForm",
    "StillTrueForm",
    "TriedTooForm",
    "block_formset",
    "step_form",
]
