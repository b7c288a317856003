"""The steps of a text from draft to public, as functions: for views, the demonstration and tests.

Every function raises a `ReviewRefused` (editorial.refusals) with the reason where the rules say no.
"""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import (
    Locale,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowMixin,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail_localize.models import (
    MissingRelatedObjectError,
    MissingTranslationError,
    Translation,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from accounts.models import User
from editorial import permissions, translations
from editorial.gate.guards import reviewed_types
from editorial.gate.models import ReviewRule
from editorial.locks import lock_for
from editorial.models import FourEyesTask, FourEyesTaskState
from editorial.refusals import AlreadyDecided, ContentChanged, Incomplete, NotYours, ReviewRefused
from editorial.translating.parts import mistakes_of
from editorial.validation import problems

WORKFLOW_NAME = "Review"
TASK_NAME = "Two people"


@transaction.atomic
def ensure_workflow(root_page: Page) -> Workflow:
    """The one workflow with its one task, for every page under `root_page` and every reviewed snippet."""
    task = FourEyesTask.objects.first() or FourEyesTask.objects.create(name=TASK_NAME)
    workflow = Workflow.objects.filter(workflow_tasks__task=task).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW_NAME)
        WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.update_or_create(page=root_page, defaults={"workflow": workflow})
    for model in apps.get_models():
        if issubclass(model, WorkflowMixin) and not issubclass(model, Page):
            WorkflowContentType.objects.update_or_create(
                content_type=ContentType.objects.get_for_model(model, for_concrete_model=False),
                defaults={"workflow": workflow},
            )
    ReviewRule.objects.complete(reviewed_types().values())
    return workflow


def submit(obj, user: User) -> WorkflowState:
    """Sends the latest draft of a page or reviewed snippet into review; again if it was returned.

    A translation is first put together from its strings. What is in review already stays there.
    """
    with transaction.atomic():
        obj = held(obj)
        if not permissions.can_submit(user, obj):
            raise NotYours(_("You may not change this text, so you cannot submit it."))
        state = obj.current_workflow_state
        if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
            return state
        if lock_for(user, obj):
            raise ReviewRefused(_("Somebody has locked this text."))
        translation = translations.record(obj)
        if translation and translation.enabled:
            put_together(translation, obj, user)
            obj = held(obj)
        draft = obj.get_latest_revision_as_object()
        found = problems(draft)
        if found:
            raise Incomplete(
                _("Something is missing: %(fields)s") % {"fields": "; ".join(map(str, found))},
                found,
            )
        if not obj.latest_revision_id:
            draft.save_revision(user=user)
        return into_review(held(obj), user)


def into_review(obj, user: User) -> WorkflowState:
    """Starts the review, or goes on with the one that was returned."""
    state = obj.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
        return state
    workflow = obj.get_workflow()
    if workflow is None:
        raise ReviewRefused(
            _("No review is set up for this text. Ask the operator to run “prepare”.")
        )
    return workflow.start(obj, user)


def held(obj):
    """The object as it is stored, its row held for this transaction."""
    model = Page if isinstance(obj, Page) else type(obj)
    row = model._default_manager.select_for_update().get(pk=obj.pk)
    return row.specific if isinstance(row, Page) else row


def waiting(obj) -> FourEyesTaskState:
    """The review that `obj` is in; raises `AlreadyDecided` if it is in none."""
    state = held_state(obj)
    if state is None:
        raise AlreadyDecided
    return state


def held_state(obj) -> FourEyesTaskState | None:
    """The running review of `obj`, if any."""
    return FourEyesTaskState.objects.filter(
        workflow_state__in=WorkflowState.objects.for_instance(obj),
        status=FourEyesTaskState.STATUS_IN_PROGRESS,
    ).first()


def approve(obj, user: User, comment: str = "") -> None:
    """Approves and publishes what was submitted."""
    waiting(obj).decide("approve", user, comment)


def approve_shown(obj, user: User, revision_id: int) -> None:
    """Approves and publishes, if the submitted revision is the one that the person was shown."""
    waiting_as_shown(obj, revision_id).decide("approve", user)


def return_shown(obj, user: User, revision_id: int, comment: str) -> None:
    """Returns it to the author, if the submitted revision is the one that the person was shown."""
    waiting_as_shown(obj, revision_id).decide("reject", user, comment)


def waiting_as_shown(obj, revision_id: int):
    """The review that waits, if it is still about this revision."""
    state = waiting(obj)
    if state.revision_id != revision_id:
        raise ContentChanged
    return state


def return_(obj, user: User, comment: str) -> None:
    """Returns it to the author, with a comment that says what has to change."""
    waiting(obj).decide("reject", user, comment)


@transaction.atomic
def put_together(translation: Translation, target, user: User) -> None:
    """Saves a revision of a translation made of its strings. Its public row is not touched.

    Raises `Incomplete`, naming the fields, where strings are missing or their source has changed.
    """
    translations.refresh(translation.source)
    missing = translations.missing_fields(translation)
    if missing:
        raise Incomplete(
            _("These parts are not translated yet, or their source has changed since: %(fields)s")
            % {"fields": "; ".join(missing)},
            missing,
        )
    if mistakes := mistakes_of(translation):
        raise Incomplete(
            _("These parts have to be corrected first: %(parts)s") % {"parts": "; ".join(mistakes)},
            mistakes,
        )
    try:
        draft = translations.renewed(translation)
    except (MissingTranslationError, MissingRelatedObjectError) as error:
        raise Incomplete(
            _("Something that this text uses is not translated yet: %(what)s")
            % {"what": error.segment.context.path}
        ) from error
    if isinstance(draft, Page):
        draft.slug = find_available_slug(
            target.get_parent(), slugify(draft.slug) or str(target.pk), ignore_page_id=target.pk
        )
    found = problems(draft)
    if found:
        raise Incomplete(
            _("Something is missing: %(fields)s") % {"fields": "; ".join(map(str, found))}, found
        )
    revision = draft.save_revision(user=user, log_action=True)
    TranslationLog.objects.create(
        source=translation.source, locale=translation.target_locale, revision=revision
    )


def send_for_translation(page: Page, languages: Iterable[str], user: User) -> list[Page]:
    """Makes drafts of a public source version in other languages, ready to be translated.

    What exists already in a language is left as it is and given back.
    """
    languages = list(languages)
    with transaction.atomic():
        page = held(page)
        why_not_translate(page, languages, user)
        for locale in Locale.objects.filter(language_code__in=languages):
            if page.get_translation_or_none(locale) is None:
                translate_object(page, [locale], user=user)
                page.get_translations().filter(locale=locale).update(owner=user)
        return [
            page.get_translation(locale)
            for locale in Locale.objects.filter(language_code__in=languages)
        ]


def why_not_translate(page: Page, languages: Iterable[str], user: User) -> None:
    """Raises a `ReviewRefused` that says why `page` cannot be sent into `languages` by `user`."""
    refuse_translation_of_translation(page)
    if not page.live:
        raise ReviewRefused(_("Only what is public can be translated. Wait until it is approved."))
    parent = page.get_parent()
    for code in languages:
        locale = Locale.objects.filter(language_code=code).first()
        name = name_of(code)
        if not permissions.can_translate_into(user, code):
            raise NotYours(
                _("You are no translator for this language: %(language)s") % {"language": name}
            )
        if locale is None or (
            not parent.is_root() and parent.get_translation_or_none(locale) is None
        ):
            raise ReviewRefused(
                _("The section “%(section)s” does not exist yet in this language: %(language)s")
                % {"language": name, "section": parent.get_admin_display_title()}
            )


def refuse_translation_of_translation(page: Page) -> None:
    """Raises where `page` is a translation itself, or another version is the source."""
    other = (
        TranslationSource.objects.filter(object_id=page.translation_key)
        .exclude(locale_id=page.locale_id)
        .select_related("locale")
        .first()
    )
    if other:
        raise ReviewRefused(
            _(
                "This is a translation. Translate from the source version. Its language: %(language)s"
            )
            % {"language": name_of(other.locale.language_code)}
        )


def name_of(code: str) -> str:
    """The name of a language in the active one."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
