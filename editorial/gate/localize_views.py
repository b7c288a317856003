"""wagtail-localize's views with our rules: roles, one source, nothing public, locks respected."""

from functools import wraps

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Locale, Page
from wagtail_localize.views import edit_translation
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
    SubmitTranslationForm,
)
from wagtail_localize.views.update_translations import (
    UpdateTranslationsForm,
    UpdateTranslationsView,
)

from accounts.models import Role
from accounts.permissions import languages_of
from editorial import permissions, services, translations
from editorial.locks import lock_for
from editorial.refusals import NotYours, ReviewRefused
from editorial.sending import services as sending


class SendForm(SubmitTranslationForm):
    """Only the languages that the person translates into; never a whole branch at once."""

    def __init__(self, instance, *args, user, **kwargs):
        super().__init__(instance, *args, **kwargs)
        self.instance, self.user = instance, user
        del self.fields["include_subtree"]
        self.fields["locales"].label = _("Languages")
        self.fields["locales"].queryset = self.fields["locales"].queryset.filter(
            language_code__in=languages_of(user, Role.TRANSLATOR)
        )

    def clean(self):
        data = super().clean()
        chosen = [locale.language_code for locale in data.get("locales") or []]
        if chosen and isinstance(self.instance, Page):
            try:
                services.why_not_translate(self.instance, chosen, self.user)
            except ReviewRefused as refusal:
                raise ValidationError({"locales": str(refusal)}) from refusal
        return data


class SendMixin:
    """For translators of the target language, from the source version."""

    def get_form(self):
        if not hasattr(self, "_form"):
            initial = Locale.objects.filter(language_code=self.request.GET.get("select_locale", ""))
            self._form = SendForm(
                self.object,
                self.request.POST if self.request.method == "POST" else None,
                user=self.request.user,
                initial={"locales": initial},
            )
        return self._form

    def dispatch(self, request, *args, **kwargs):
        if not languages_of(request.user, Role.TRANSLATOR):
            raise NotYours
        return super().dispatch(request, *args, **kwargs)


class SendPageView(SendMixin, SubmitPageTranslationView):
    """Sends a page into other languages."""

    def get(self, request, *args, **kwargs):
        answer = self.refused()
        if answer is None and sending.unfinished(self.object).exists():
            look = messages.button(
                reverse("editorial_sending", args=[self.object.pk]), _("See how far it is")
            )
            messages.info(
                request, _("Some languages of this text are not ready yet."), buttons=[look]
            )
        return answer or super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self.refused() or self.existing() or super().post(request, *args, **kwargs)

    def refused(self):
        """An answer that says why nobody can translate from this version, or nothing."""
        try:
            services.why_not_translate(self.object, [], self.request.user)
        except ReviewRefused as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.get_success_url() or reverse("wagtailadmin_home"))
        return None

    def existing(self):
        """A second click finds the draft that the first one made."""
        ids = [pk for pk in self.request.POST.getlist("locales") if pk.isdecimal()]
        if len(ids) == 1:
            target = self.object.get_translations().filter(locale_id=ids[0]).first()
            if target:
                messages.info(self.request, _("This version exists already. Here it is."))
                return redirect("wagtailadmin_pages:edit", target.pk)
        return None

    def form_valid(self, form):
        """One language is a draft at once; several are made in the background, with their progress."""
        codes = [locale.language_code for locale in form.cleaned_data["locales"]]
        try:
            if len(codes) > 1:
                sending.send(self.object, codes, self.request.user)
                return redirect("editorial_sending", self.object.pk)
            drafts = services.send_for_translation(self.object, codes, self.request.user)
        except ReviewRefused as refusal:
            messages.error(self.request, str(refusal))
            return redirect("wagtailadmin_home")
        messages.success(
            self.request,
            _("“%(title)s” can be translated now. Languages: %(languages)s")
            % {
                "title": self.object.title,
                "languages": services.name_of(codes[0]),
            },
        )
        return redirect("wagtailadmin_pages:edit", drafts[0].pk)

    def get_subtitle(self):
        return self.object.title  # that of its draft is for those of its language

    def get_default_success_url(self, translated_page=None):
        return reverse("wagtailadmin_home")


class SendSnippetView(SendMixin, SubmitSnippetTranslationView):
    """Sends a translatable snippet into other languages; as a draft, if it can be one."""


class SyncForm(UpdateTranslationsForm):
    """Nothing to choose: taking new source text over never publishes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.clear()

    def clean(self):
        return {**super().clean(), "publish_translations": False}


class SyncView(UpdateTranslationsView):
    """Takes the published text of the source over, so that what changed can be translated."""

    title = gettext_lazy("Take over new source text")

    def get_form(self):
        return SyncForm(self.request.POST if self.request.method == "POST" else None)

    def dispatch(self, request, *args, **kwargs):
        source = self.get_object()
        codes = source.translations.filter(enabled=True).values_list(
            "target_locale__language_code", flat=True
        )
        instance = source.get_source_instance()
        translates = any(permissions.can_translate_into(request.user, code) for code in codes)
        if not (translates or permissions.can_edit(request.user, instance)):
            raise NotYours(
                _("Only translators of its languages and editors of the source do this.")
            )
        self.object = source
        self.components = []
        if not getattr(instance, "live", True):
            messages.error(
                request, _("The source is not public, so there is no reviewed text to take over.")
            )
            return redirect("wagtailadmin_home")
        handler = {"GET": self.get, "HEAD": self.get, "POST": self.post}.get(request.method)
        return (
            handler(request, *args, **kwargs) if handler else self.http_method_not_allowed(request)
        )

    def post(self, request, **kwargs):
        changed = translations.refresh(self.object)
        if getattr(self.object.get_source_instance(), "has_unpublished_changes", False):
            messages.info(
                request,
                _(
                    "The published text was taken over. Changes of the source that wait for review come later."
                ),
            )
        elif changed:
            messages.success(
                request, _("New source text was taken over. It can be translated now.")
            )
        else:
            messages.info(request, _("The translations have the newest source text already."))
        return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")

    def get_default_success_url(self):
        return reverse("wagtailadmin_home")


def respecting_locks(view):
    """The view of a translation, refused while its page is in review or locked for the person.

    An old tab, whose translation was stopped or deleted meanwhile, is not found.
    """

    @wraps(view)
    def guarded(request, translation_id, *args, **kwargs):
        lock = lock_for(request.user, translations.in_work(translation_id)[1])
        if request.method in ("GET", "HEAD") or lock is None:
            try:
                return view(request, *args, translation_id=translation_id, **kwargs)
            except (KeyError, ValueError):
                return JsonResponse({"error": _("This step is not possible.")}, status=400)
        if request.headers.get("x-requested-with") == "XMLHttpRequest" or request.method != "POST":
            return JsonResponse({"error": _("This text is in review or locked.")}, status=403)
        messages.error(request, _("This text is in review or locked, so it was not changed."))
        return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))

    return guarded


edit_string = respecting_locks(edit_translation.edit_string_translation)
preview = respecting_locks(edit_translation.preview_translation)
edit_override = respecting_locks(edit_translation.edit_override)
stop_translation = respecting_locks(edit_translation.stop_translation)


def no_alias(request, page_id):
    """There are no alias pages."""
    messages.error(
        request, _("There are no alias pages here: an alias is public without a review.")
    )
    return redirect("wagtailadmin_pages:edit", page_id)
