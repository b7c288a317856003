"""The forms of equal words, recommended results, and of the question why something is found."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from core.languages import language
from search.documents import is_item
from search.editors import promotions, synonyms
from search.editors.models import Promotion, Synonym
from search.editors.permissions import languages_for
from search.questions import LONGEST_TEXT, Question, clean, sought

LONGEST_ADDRESS = 2_000


def named(codes: list[str]) -> list[tuple[str, str]]:
    return [(code, language(code).name) for code in codes]


class OfLanguageForm(WagtailAdminModelForm):
    """A row of one of the person's languages, of which there may be so many."""

    language = forms.ChoiceField(label=_("Language"))
    most: int
    too_many = _("There are %(number)s in this language: delete what nobody needs any more.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = named(languages_for(self.for_user))

    def clean_language(self):
        code = self.cleaned_data["language"]
        others = self._meta.model.objects.filter(language=code).exclude(pk=self.instance.pk)
        if others.count() >= self.most:
            raise ValidationError(self.too_many, params={"number": self.most})
        return code


class SynonymForm(OfLanguageForm):
    """Equal words, and a question to try them with."""

    most = synonyms.MOST_GROUPS
    question = forms.CharField(
        label=_("Try it with a question"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("Shows what readers find now, and what they would find. Nothing is saved."),
    )

    class Meta:
        model = Synonym
        fields = ["language", "words", "active"]
        widgets = {"words": forms.Textarea(attrs={"rows": 5})}

    def clean(self):
        data = super().clean()
        if "preview" in self.data and not clean(data.get("question", "")):
            self.add_error("question", _("Write a question to try."))
        return data


class PublicPageMixin:
    """Takes public pages only, and does not show the title of another one again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = Page.objects.live().filter(depth__gt=1)

    def clean(self):
        data = super().clean()
        if "page" in self.errors:
            self.data = self.data.copy()
            self.data["page"] = ""
        return data


class PromotionForm(PublicPageMixin, OfLanguageForm):
    """Words and the public page that is recommended for them."""

    most = promotions.MOST

    class Meta:
        model = Promotion
        fields = ["language", "question", "page", "since", "until", "reason"]
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        widgets = {"page": AdminPageChooser, "since": day, "until": day}

    def clean_question(self):
        question = clean(self.cleaned_data["question"])
        code = self.cleaned_data.get("language")
        if not sought(question, code or ""):
            raise ValidationError(_("Write at least one word."))
        return question

    def clean_page(self):
        page = self.cleaned_data["page"]
        if not is_item(page):
            raise ValidationError(_("Choose a public page that readers can search for."))
        return page


class LanguageForm(forms.Form):
    """Chooses one of the person's languages; the first of them where none of these is chosen."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, data, codes: list[str]):
        super().__init__(data, auto_id="filter-%s")
        self.codes = codes
        self.fields["language"].choices = named(codes)

    @property
    def chosen(self) -> str:
        asked = self.data.get("language", "")
        return asked if asked in self.codes else self.codes[0]


class WhyForm(PublicPageMixin, forms.Form):
    """A question and an item."""

    question = forms.CharField(
        label=_("Question, or the address of a search"),
        max_length=LONGEST_ADDRESS,
        help_text=_("With the address of a search, its filters are looked at too."),
    )
    language = forms.ChoiceField(label=_("Language"))
    page = forms.ModelChoiceField(
        label=_("Page"),
        queryset=None,
        widget=AdminPageChooser,
        help_text=_("Any version of it: its version in the language above is looked at."),
    )

    def __init__(self, data, codes: list[str]):
        super().__init__(data)
        self.fields["language"].choices = named(codes)

    def clean(self):
        data = super().clean()
        if "question" in data and "language" in data:
            self.asked = asked(data["question"], data["language"])
            if not sought(self.asked.text, data["language"]):
                self.add_error("question", _("Write at least one word."))
        return data


def asked(text: str, code: str) -> Question:
    """The question that somebody typed, or that stands with its filters in an address."""
    query = QueryDict(text.partition("#")[0].partition("?")[2])
    if not query.get("q"):
        query = QueryDict(mutable=True)
        query["q"] = text
    else:
        query = query.copy()
    query.setlist("language", [code])
    query["page"] = "1"
    return Question.read(query, code)
