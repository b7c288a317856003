"""Forms in which members write on the public site: plain widgets, rich text typed as plain text,
and protection that never throws typed text away."""

from functools import wraps

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.http import HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import RichTextField

from core.anonymous import from_here
from core.languages import language
from core.plaintext import lines_of, to_html, to_text
from core.steps import Step
from core.text import without_controls

LONGEST = 10_000


def plain(field: forms.Field) -> forms.Field:
    """The field with a widget of the public site; what it accepts stays the same."""
    if isinstance(field, forms.MultipleChoiceField):
        return field
    if isinstance(field.widget, forms.Select):
        field.widget.attrs["class"] = "select"
    elif isinstance(field, forms.DecimalField):
        field.localize = True  # a comma is a comma in most of our languages
        field.widget = forms.TextInput({"class": "input", "inputmode": "decimal"})
        field.widget.is_localized = True
    elif isinstance(field.widget, forms.Textarea | AdminAutoHeightTextInput):
        set_area(field)
    elif isinstance(field, forms.EmailField):
        field.widget = forms.EmailInput({"class": "input", "autocomplete": "email"})
    else:
        field.widget = forms.TextInput(dict(field.widget_attrs(field.widget), **{"class": "input"}))
    return field


def set_area(field: forms.CharField) -> None:
    """A text area of a length that nobody needs more of."""
    most = field.max_length or LONGEST
    if field.max_length is None:
        field.max_length = most
        field.validators.append(forms.fields.validators.MaxLengthValidator(most))
    field.widget = forms.Textarea({"class": "input", "rows": 4 if most < LONGEST else 6})


def plain_field(field, **kwargs):
    """The form field of a model field, made plain; rich text is typed as text."""
    if isinstance(field, RichTextField):
        made = forms.CharField(
            label=field.formfield().label,
            help_text=field.help_text,
            required=not field.blank,
            max_length=LONGEST,
            widget=forms.Textarea,
        )
        set_area(made)
        return made
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    made = field.formfield(**kwargs)
    return plain(made) if made else None


class WritingForm(forms.ModelForm):
    """Some fields of a draft. What an editor has formatted is kept while its words stay the same."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rich: dict[str, str] = {}
        for field in self.instance._meta.get_fields():
            if field.name in self.fields and isinstance(field, RichTextField):
                self.rich[field.name] = getattr(self.instance, field.name) or ""
                self.initial[field.name] = to_text(self.rich[field.name])

    def clean(self):
        cleaned = super().clean()
        for name, value in cleaned.items():
            if name in self.rich:
                same = lines_of(value) == to_text(self.rich[name])
                cleaned[name] = self.rich[name] if same else to_html(value)
            elif isinstance(value, str):
                cleaned[name] = without_controls(value)
        return cleaned

    def _get_validation_exclusions(self):
        """A title need not be free yet, its address will be."""
        return super()._get_validation_exclusions() | {"slug"}

    def _update_errors(self, errors):
        """What is wrong with fields that this form does not ask for is said by the review."""
        if hasattr(errors, "error_dict"):
            errors.error_dict = {
                name: found
                for name, found in errors.error_dict.items()
                if name in self.fields or name == NON_FIELD_ERRORS
            }
            if not errors.error_dict:
                return
        super()._update_errors(errors)


class StepForm(WritingForm):
    """The fields that one step of writing a page asks for.

    `complete` asks for everything that a public page must have; without it a step can be left half
    filled in. `languages` are the codes of those in which a new page can be written.
    """

    def __init__(self, *args, step: Step, complete: bool = True, languages=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.step = step
        self.complete = complete
        for name in self.fields:
            if not complete and name != "title":
                self.fields[name].required = False
        if languages:
            self.fields["language"] = language_field(languages)

    @property
    def parts(self) -> list[dict]:
        """What is asked for, in order: `{field}`."""
        return [{"field": bound} for bound in self.visible_fields()]

    def bound_fields(self, part: dict) -> list:
        """The fields of one part, for the list of mistakes."""
        return [part["field"]]

    @property
    def mistakes(self) -> list[dict]:
        """Everything to put right, in order: `{anchor, label, message}`."""
        found = [{"anchor": "", "label": "", "message": m} for m in self.non_field_errors()]
        for part in self.parts:
            found += mistakes_of(self.bound_fields(part))
        return found

    def values(self) -> dict:
        """The cleaned values of the step, by field of the page."""
        return {name: getattr(self.instance, name) for name in self.step.fields}


def language_field(codes) -> forms.ChoiceField:
    """The choice of the language in which a new page is written."""
    return forms.ChoiceField(
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("The language in which you write. It stays as you choose it now."),
        choices=[(code, language(code).name) for code in codes],
        widget=forms.Select({"class": "select"}),
    )


def mistakes_of(bound_fields) -> list[dict]:
    """What is wrong with bound fields: `{anchor, label, message}`."""
    return [
        {"anchor": bound.id_for_label or bound.auto_id, "label": bound.label, "message": message}
        for bound in bound_fields
        for message in bound.errors
    ]


def mistakes_title(number: int) -> str:
    """What stands above the list of mistakes; empty without any."""
    if not number:
        return ""
    said = ngettext("%(number)s thing to put right", "%(number)s things to put right", number)
    return said % {"number": number}


def form_of_member(view):
    """For a view of a member's form. What was typed survives a sign-in that ran out meanwhile.

    The view gets `request.not_saved`: why a form that was sent must be shown again instead of
    saved, or "". Django's own protection would answer with a page without the form. A form from
    another site is refused as ever.
    """

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        request.not_saved = ""
        if request.method == "POST":
            if not from_here(request):
                return HttpResponseForbidden()
            if not request.user.is_authenticated:
                request.not_saved = _(
                    "You have been signed out, because this page was open for a long time. What you "
                    "wrote stands in this form. Sign in in a new window, then save here once more."
                )
            elif CsrfViewMiddleware(lambda _request: None).process_view(request, view, (), {}):
                request.not_saved = _(
                    "You have signed in anew after this page was opened, so nothing was saved yet. "
                    "What you wrote stands in this form. Save it once more."
                )
        elif not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return never_cache(csrf_exempt(wrapped))
