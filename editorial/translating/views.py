"""The translator's editor, its saving of one part, and the history of a part."""

from itertools import pairwise

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.admin.compare import diff_text
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation

from core.languages import language
from editorial import permissions, services, translations
from editorial.addresses import edit_url, timeline_url
from editorial.differences import marked
from editorial.editing import say_if_nobody_can_decide, say_where_it_stands
from editorial.exchange.formats import ENDINGS, FORMATS, NAMES
from editorial.locks import lock_for
from editorial.machine.engines import engine
from editorial.refusals import ReviewRefused
from editorial.reviewing import comments
from editorial.translating import saving
from editorial.translating.models import EarlierWording
from editorial.translating.parts import Part, State, fingerprint, parts_of

TYPED = "text-"
WORDINGS = 50


def before_edit(request, obj):
    """The editor of a translation in the place of wagtail-localize's; None for what is none."""
    translation = translations.record(obj)
    if translation is None or not translation.enabled:
        return None
    return EditorView.as_view()(request, translation=translation, target=obj)


class EditorView(WagtailAdminTemplateMixin, TemplateView):
    """Source and translation, part by part, as one form that works without scripts.

    Wagtail's edit view has checked that the person may edit `target` before its hook shows this.
    """

    template_name = "editorial/translating/editor.html"
    page_title = gettext_lazy("Translation")
    header_icon = "wagtail-localize-language"

    def setup(self, request, *args, translation, target, **kwargs):
        super().setup(request, *args, **kwargs)
        self.translation, self.target = translation, target
        self.workflow = getattr(target, "current_workflow_state", None)
        if request.method == "GET":
            # Fetched once; without this Wagtail asks at every turn.
            target._current_workflow_states = [self.workflow] if self.workflow else []
        self.lost: list[str] = []
        self.saved = 0

    @property
    def in_review(self) -> bool:
        return bool(self.workflow) and self.workflow.status == WorkflowState.STATUS_IN_PROGRESS

    @cached_property
    def locked(self) -> bool:
        return lock_for(self.request.user, self.target) is not None

    @cached_property
    def parts(self) -> list[Part]:
        return parts_of(self.translation, self.in_review, suggest=not self.locked)

    @property
    def address(self) -> str:
        return edit_url(type(self.target), self.target.pk)

    def get(self, request, *args, **kwargs):
        say_where_it_stands(request, self.target)
        if self.locked:
            lock = self.target.get_lock()
            messages.warning(request, lock.get_message(request.user), extra_tags="lock")
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        if "action-cancel-workflow" in request.POST:
            take_back(request, self.target)
            return redirect(self.address)
        everything = self.save_typed()
        if "fill" in request.POST:
            self.fill(request.POST["fill"])
            return self.render_to_response(self.get_context_data())
        if not everything:
            messages.error(request, _("Some parts are not saved. It is said at each of them why."))
            return self.render_to_response(self.get_context_data())
        if "resolve" in request.POST:
            number = request.POST["resolve"]
            comments.resolve(self.target, number, request.user)
        elif "action-submit" in request.POST or request.POST.get("action") in ("publish", "submit"):
            submit(request, self.target)
        elif self.saved:
            messages.success(request, _("Your translation is saved."))
        else:
            messages.info(request, _("There was nothing new to save."))
        return redirect(self.address + self.where_next())

    def save_typed(self) -> bool:
        """Stores every part that was changed; False where something is typed and not stored."""
        parts = {str(part.id): part for part in self.parts} if self.typed() else {}
        everything = True
        for key, text, base in self.typed():
            if fingerprint(text) == base and key != self.request.POST.get("keep"):
                continue
            part = parts.get(key)
            if part is None:
                self.lost.append(text)
            everything = part is not None and self.save(part, text, base) and everything
        return everything

    def typed(self) -> list[tuple[str, str, str]]:
        post = self.request.POST
        names = [name.removeprefix(TYPED) for name in post if name.startswith(TYPED)]
        return [(key, post[TYPED + key], post.get(f"base-{key}", "")) for key in names]

    def save(self, part: Part, text: str, base: str) -> bool:
        try:
            self.saved += saving.write(self.translation, part, text, base, self.request.user)
        except ReviewRefused as refusal:
            refuse(part, text, refusal)
            return False
        part.forget()
        return True

    def fill(self, wish: str) -> None:
        """Puts the source or a suggestion into a field, for those who have no scripts."""
        key, _colon, what = wish.partition(":")
        part = next((part for part in self.parts if str(part.id) == key), None)
        if part is None:
            return
        texts = {str(number): text for number, (_percent, text) in enumerate(part.suggestions)}
        part.typed = texts.get(what, part.source)

    def where_next(self) -> str:
        """The place on the page where the work goes on."""
        key = self.request.POST.get("next") or self.request.POST.get("keep")
        if not key:
            return ""
        after = [part for part in self.parts if str(part.id) == key]
        at = self.parts.index(after[0]) + 1 if after else 0
        order = [*self.parts[at:], *self.parts[:at]]
        following = next((part for part in order if not part.done), after[0] if after else None)
        return f"#part-{following.id}" if following else ""

    def hand_out_comments(self) -> None:
        """Gives each part the open comments at its place."""
        left = comments.open_on(self.target)
        for part in self.parts:
            part.comments = [one for one in left if one.path == part.segment.context.path]
            left = [one for one in left if one not in part.comments]

    def get_context_data(self, **kwargs):
        parts, translation = self.parts, self.translation
        done = sum(part.done for part in parts)
        is_page = isinstance(self.target, Page)
        state = services.held_state(self.target) if self.in_review else None
        self.hand_out_comments()
        return super().get_context_data(
            parts=parts,
            done=done,
            first_open=next((part for part in parts if not part.done), None),
            changed=sum(part.state == State.CHANGED for part in parts),
            lost=self.lost,
            translation=translation,
            formats=FORMATS,
            format_names=NAMES,
            endings=ENDINGS,
            target=self.target,
            title=self.target.get_admin_display_title() if is_page else str(self.target),
            source_title=translation.source.object_repr,
            source_language=language(translation.source.locale.language_code),
            text_language=language(translation.target_locale.language_code),
            locked=self.locked,
            in_review=self.in_review,
            may_take_back=self.in_review and self.workflow.user_can_cancel(self.request.user),
            review_url=reverse("editorial_review", args=[state.pk]) if state else "",
            returned=bool(self.workflow)
            and self.workflow.status == WorkflowState.STATUS_NEEDS_CHANGES,
            preview_url=(
                reverse("wagtail_localize:preview_translation", args=[translation.pk])
                if is_page
                else ""
            ),
            timeline_url=timeline_url(self.target),
            history_url=(
                reverse("wagtailadmin_pages:history", args=[self.target.pk])
                if is_page
                else reverse(
                    self.target.snippet_viewset.get_url_name("history"),
                    args=[quote(self.target.pk)],
                )
            ),
            address=self.address,
            machine=self.machine,
            **kwargs,
        )

    @property
    def machine(self) -> str:
        """The name of the machine that can draft what is left, if there is one."""
        chosen = None if self.locked or not isinstance(self.target, Page) else engine()
        left = any(part.state == State.UNTRANSLATED for part in self.parts) if chosen else False
        return chosen.name if left else ""

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]

    def get_page_subtitle(self):
        return self.translation.source.object_repr


def refuse(part: Part, text: str, refusal: ReviewRefused) -> None:
    """Says at a part why it is not stored, and keeps what was typed in its field."""
    part.typed, part.refusal = text, str(refusal)
    if isinstance(refusal, saving.Newer):
        part.newer = refusal.wording


def submit(request, target) -> None:
    """Sends a translation into review, or says what keeps it back."""
    try:
        waiting = services.held_state(target)
        services.submit(target, request.user)
    except ReviewRefused as refusal:
        messages.error(request, str(refusal))
        return
    if waiting:
        messages.info(request, _("This text is in review already. It was submitted once."))
    else:
        messages.success(request, _("The translation was submitted for review."))
        say_if_nobody_can_decide(request, target)


def take_back(request, target) -> None:
    """Ends the review at the wish of its submitter."""
    with transaction.atomic():
        workflow = services.held(target).current_workflow_state
        if workflow and workflow.user_can_cancel(request.user):
            workflow.cancel(user=request.user)
            messages.success(
                request, _("The text was taken back from review. It can be changed again.")
            )
        else:
            messages.error(request, _("You cannot take this text back from review."))


def part_for(request, translation_id: int, segment_id: int) -> tuple[Translation, Part | None]:
    """A translation that the person may edit, and one of its parts; None for a part that is gone."""
    translation, target = translations.in_work(translation_id)
    if not permissions.can_edit(request.user, target):
        raise PermissionDenied
    parts = parts_of(translation)
    return translation, next((part for part in parts if part.id == segment_id), None)


@require_POST
def save_part(request, translation_id, segment_id):
    """Stores one part while its translator goes on; answers with its new state as HTML."""
    translation, part = part_for(request, translation_id, segment_id)
    if part is None:
        message = _("The source has changed since you opened this page. Open it again.")
        return JsonResponse({"error": message}, status=409)
    text, base = request.POST.get("text", ""), request.POST.get("base", "")
    status = 200
    try:
        saving.write(translation, part, text, base, request.user)
    except ReviewRefused as refusal:
        refuse(part, text, refusal)
        status = 409
    else:
        if part.stored is None:  # what is known now is what was written for an earlier source
            translation, part = part_for(request, translation_id, segment_id)
    part.forget()
    return JsonResponse(
        {
            "state": part.state,
            "base": part.base,
            "error": part.refusal,
            "status": render_to_string(
                "editorial/translating/status.html", {"part": part, "translation": translation}
            ),
        },
        status=status,
    )


class HistoryView(WagtailAdminTemplateMixin, TemplateView):
    """Who wrote what in one part, the newest first, each with what it changed."""

    template_name = "editorial/translating/history.html"
    page_title = gettext_lazy("History of a part")
    header_icon = "history"

    def get_context_data(self, translation_id, segment_id, **kwargs):
        translation, part = part_for(self.request, translation_id, segment_id)
        if part is None:
            raise Http404
        return super().get_context_data(
            part=part,
            wordings=history(translation, part),
            back=edit_url(
                translation.source.specific_content_type.model_class(),
                translation.get_target_instance().pk,
            ),
            source_language=language(part.source_language),
            text_language=language(part.language),
            **kwargs,
        )


def history(translation: Translation, part: Part) -> list[dict]:
    """The last wordings of a part: `{text, by, at, machine, change}`, the newest first."""
    earlier = EarlierWording.objects.filter(
        context=part.segment.context_id, locale=translation.target_locale_id
    )
    found = [
        {
            "text": part.shown(one.data),
            "by": one.written_by,
            "at": one.written_at,
            "machine": one.machine,
        }
        for one in earlier.select_related("written_by").order_by("-written_at")[:WORDINGS]
    ]
    for one in {part.stored, part.earlier} - {None}:
        machine = saving.is_machine(one)
        text, by = part.shown(one.data), one.last_translated_by
        found.append({"text": text, "by": by, "at": one.updated_at, "machine": machine})
    found.sort(key=lambda wording: wording["at"])
    for before, after in pairwise(found):
        after["change"] = marked(diff_text(before["text"], after["text"]).to_html())
    return found[::-1]
