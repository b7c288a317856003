"""Where the review meets Wagtail's admin. Order -10 comes before wagtail-localize's own hooks."""

from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.home import (
    LockedPagesPanel,
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.permissions import page_permission_policy

from editorial import editing, menus, permissions, publishing
from editorial.addresses import edit_url, timeline_url, withdraw_url
from editorial.coverage import views as coverage
from editorial.exchange import views as exchange
from editorial.gate import guards, localize_views
from editorial.gate.views import WithdrawView
from editorial.gate.viewsets import review_rules
from editorial.machine.views import draft_by_machine
from editorial.notices import views as notices
from editorial.notices.menus import NoticesItem
from editorial.reports.viewsets import mistake_reports
from editorial.reviewing.views import ApproveView, ReviewView
from editorial.sending.views import ProgressView
from editorial.timeline.views import RevisionView, TimelineView
from editorial.translating import views as translating
from editorial.work import beginning, panels
from editorial.work import views as work


@hooks.register("register_admin_urls", order=-10)
def register_urls():
    guarded = [
        path(
            "submit/page/<int:page_id>/",
            localize_views.SendPageView.as_view(),
            name="submit_page_translation",
        ),
        path(
            "submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            localize_views.SendSnippetView.as_view(),
            name="submit_snippet_translation",
        ),
        path(
            "update/<int:translation_source_id>/",
            localize_views.SyncView.as_view(),
            name="update_translations",
        ),
        path(
            "translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
            localize_views.edit_string,
            name="edit_string_translation",
        ),
        path(
            "translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
            localize_views.edit_override,
            name="edit_override",
        ),
        path("translate/<int:translation_id>/preview/", localize_views.preview),
        path("translate/<int:translation_id>/preview/<str:mode>/", localize_views.preview),
        path(
            "translate/<int:translation_id>/pofile/upload/",
            exchange.upload_for,
            name="upload_pofile",
        ),
        path(
            "translate/<int:translation_id>/pofile/download/",
            exchange.download,
            name="download_pofile",
        ),
        path(
            "translate/<int:translation_id>/machine_translate/",
            draft_by_machine,
            name="machine_translate",
        ),
        path(
            "translate/<int:translation_id>/disable/",
            localize_views.stop_translation,
            name="stop_translation",
        ),
        path(
            "page/<int:page_id>/convert_to_alias/", localize_views.no_alias, name="convert_to_alias"
        ),
    ]
    return [
        path("localize/", include((guarded, "editorial_localize"), namespace="editorial_localize")),
        path("review/<int:pk>/", ReviewView.as_view(), name="editorial_review"),
        path(
            "review/<int:pk>/approve/<slug:seen>/", ApproveView.as_view(), name="editorial_approve"
        ),
        path("timeline/<int:kind>/<str:pk>/", TimelineView.as_view(), name="editorial_timeline"),
        path(
            "timeline/<int:kind>/<str:pk>/<int:revision>/",
            RevisionView.as_view(),
            name="editorial_timeline_revision",
        ),
        path("take-off/<int:kind>/<str:pk>/", WithdrawView.as_view(), name="editorial_withdraw"),
        path(
            "translating/<int:translation_id>/parts/<int:segment_id>/",
            translating.save_part,
            name="editorial_save_part",
        ),
        path(
            "translating/<int:translation_id>/parts/<int:segment_id>/history/",
            translating.HistoryView.as_view(),
            name="editorial_part_history",
        ),
        path("work/take/", work.take, name="editorial_take"),
        path("work/<int:pk>/", work.AssignmentView.as_view(), name="editorial_assignment"),
        path("new/", beginning.NewTextView.as_view(), name="editorial_new"),
        path("coming/", work.ComingView.as_view(), name="editorial_coming"),
        path("coverage/", coverage.coverage, name="editorial_coverage"),
        path("coverage/table.csv", coverage.coverage_table, name="editorial_coverage_table"),
        path("notices/", notices.notices, name="editorial_notices"),
        path("notices/read/", notices.mark_read, name="editorial_notices_read"),
        path("notices/<int:pk>/", notices.follow, name="editorial_notice"),
        path("sending/<int:page_id>/", ProgressView.as_view(), name="editorial_sending"),
        path("exchange/", exchange.exchange, name="editorial_exchange"),
        path(
            "exchange/selection/", exchange.download_selection, name="editorial_exchange_selection"
        ),
        path(
            "exchange/<int:translation_id>/<slug:kind>/",
            exchange.download,
            name="editorial_exchange_file",
        ),
    ]


@hooks.register("register_admin_viewset")
def register_mistake_reports():
    return mistake_reports


@hooks.register("register_admin_viewset")
def register_review_rules():
    return review_rules


@hooks.register("register_page_header_buttons")
def withdraw_button(page, user, view_name, next_url=None):
    if page.live and permissions.can_withdraw(user, page):
        yield Button(
            gettext_lazy("Take off the portal"),
            withdraw_url(page),
            icon_name="download",
            priority=60,
        )


@hooks.register("register_page_header_buttons")
def timeline_button(page, user, view_name, next_url=None):
    if hasattr(page, "current_workflow_state") and not page.is_root():
        yield Button(gettext_lazy("Timeline"), timeline_url(page), icon_name="history", priority=50)


@hooks.register("register_snippet_listing_buttons")
def snippet_timeline_button(snippet, user, next_url=None):
    if hasattr(snippet, "current_workflow_state"):
        yield Button(
            gettext_lazy("Timeline"), timeline_url(snippet), icon_name="history", priority=50
        )


@hooks.register("before_unpublish")
def withdraw_instead(request, instance):
    return redirect(withdraw_url(instance))


@hooks.register("before_delete_page")
def delete_nothing_public(request, page):
    """Says why before a whole tree is asked for."""
    if page.get_descendants(inclusive=True).filter(live=True).exists():
        messages.error(request, guards.DeletionRefused.message)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("register_admin_menu_item")
def coverage_menu_item():
    return menus.OfficeItem(
        gettext_lazy("Translations"), reverse("editorial_coverage"), icon_name="globe", order=240
    )


@hooks.register("register_admin_menu_item")
def notices_menu_item():
    return NoticesItem(
        gettext_lazy("Notices"),
        reverse("editorial_notices"),
        name="notices",
        icon_name="mail",
        order=60,
    )


@hooks.register("register_admin_menu_item")
def coming_menu_item():
    return menus.OfficeItem(
        gettext_lazy("What is to come"),
        reverse("editorial_coming"),
        icon_name="calendar",
        order=245,
    )


@hooks.register("before_create_page", order=-10)
def before_create_page(request, parent_page, page_class):
    return editing.page_before_create(request, parent_page, page_class)


@hooks.register("after_create_page")
def tell_author_of_new_page(request, page):
    if "action-submit" in request.POST:
        editing.say_if_nobody_can_decide(request, page)


@hooks.register("before_edit_page", order=-10)
def before_edit_page(request, page):
    if "localize-convert-to-alias" in request.POST:
        return localize_views.no_alias(request, page.pk)
    return translating.before_edit(request, page) or editing.page_before_edit(request, page)


@hooks.register("before_edit_snippet", order=-10)
def before_edit_snippet(request, instance):
    if hasattr(instance, "current_workflow_state"):
        answer = translating.before_edit(request, instance)
        return answer or editing.snippet_before_edit(request, instance)
    return None


@hooks.register("before_publish")
@hooks.register("before_publish_page")
def publish_nothing(request, instance):
    """Pages and reviewed snippets become public by their review only; what was typed is a draft now."""
    if not hasattr(instance, "current_workflow_state"):
        return None
    messages.warning(
        request,
        _("It was saved as a draft. Submit it for review: only an approved review publishes."),
    )
    return redirect(edit_url(type(instance), instance.pk))


@hooks.register("before_bulk_action")
def publish_nothing_in_bulk(request, action_type, objects, action):
    if action_type == "publish":
        messages.error(request, _("Only an approved review publishes."))
        return redirect("wagtailadmin_home")
    return None


@hooks.register("before_copy_page")
def copy_as_draft(request, page):
    if request.method == "POST" and {"publish_copies", "alias"} & set(request.POST):
        messages.error(
            request,
            _("A copy begins as a draft, so that it is reviewed. Leave “publish” and “alias” out."),
        )
        return redirect("wagtailadmin_pages:copy", page.pk)
    return None


@hooks.register("construct_page_action_menu")
def page_actions(menu_items, request, context):
    menus.page_actions(menu_items, context)


@hooks.register("construct_snippet_action_menu")
def snippet_actions(menu_items, request, context):
    menus.snippet_actions(menu_items, context)


@hooks.register("construct_homepage_panels")
def dashboard(request, homepage_panels):
    stock = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel, RecentEditsPanel)
    if not page_permission_policy.user_has_any_permission(request.user, {"lock", "unlock"}):
        stock += (LockedPagesPanel,)
    homepage_panels[:] = [panel for panel in homepage_panels if not isinstance(panel, stock)]
    homepage_panels[:0] = panels.for_user(request.user, request.GET)


@hooks.register("construct_homepage_panels")
def begin_something(request, homepage_panels):
    if beginning.languages_to_write(request.user):
        homepage_panels.append(beginning.BeginningPanel())


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request, summary_items):
    """How many pages and files there are is no work, and costs a query each; the menu leads to them."""
    summary_items.clear()


@hooks.register("insert_global_admin_css")
def admin_css():
    names = ("brand", "work", "reviewing", "translating", "coverage", "mended")
    return format_html_join(
        "",
        '<link rel="stylesheet" href="{}">',
        ((static(f"editorial/{name}.css"),) for name in names),
    )


@hooks.register("insert_global_admin_js")
def admin_js():
    return format_html('<script src="{}" defer></script>', static("editorial/brand.js"))


@hooks.register("insert_editor_js")
def editor_js():
    return format_html_join(
        "",
        '<script src="{}" defer></script>',
        ((static(f"editorial/{name}.js"),) for name in ("conflicts", "names")),
    )


@hooks.register("register_log_actions")
def log_actions(actions):
    @actions.register_action(publishing.WITHDRAW_ACTION)
    class Withdrawn(LogFormatter):
        label = gettext_lazy("Take off the portal")

        def format_message(self, log_entry):
            said = publishing.words(log_entry.data)
            reason = log_entry.data.get("reason", "")
            return f"{said}: {reason}" if reason and reason != said else said

    @actions.register_action(publishing.LOG_ACTION)
    class PublishedByRule(LogFormatter):
        label = gettext_lazy("Publish by rule")

        def format_message(self, log_entry):
            return publishing.words(log_entry.data)
