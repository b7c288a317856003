"""What is posted where: the one table of the walk. An address of the admin that is missing here fails it.

Every address is asked for, and gets an empty form besides what stands in `FORMS`.
"""

from uuid import UUID

from tests.walk import forms
from tests.walk.scene import SECRET

# Nothing about texts can be said there: an empty form is all.
PLAIN = r"""
account/
api/main/^documents/
api/main/^documents/<int:pk>/
api/main/^documents/find/
api/main/^images/
api/main/^images/<int:pk>/
api/main/^images/find/
api/main/^pages/
api/main/^pages/<int:pk>/
api/main/^pages/find/
block-preview/
campaign/
campaign/delete/<int:pk>/
campaign/edit/<int:pk>/
campaign/history-results/<int:pk>/
campaign/history/<int:pk>/
campaign/new/
campaign/receivers/<int:pk>/
campaign/results/
campaign/usage/<int:pk>/
choose-anchor-link/
choose-email-link/
choose-page/
choose-page/<int:parent_page_id>/
choose-page/chosen-multiple/
choose-page/search/
choose-phone-link/
collections/
collections/<int:collection_id>/privacy/
collections/<int:pk>/
collections/<int:pk>/delete/
collections/add/
coming/
coverage/table.csv
dismissibles/
documents/
documents/add/
documents/chooser/
documents/chooser/chosen-multiple/
documents/chooser/chosen/<str:pk>/
documents/chooser/create/
documents/chooser/results/
documents/delete/<int:document_id>/
documents/edit/<int:document_id>/
documents/multiple/<int:doc_id>/
documents/multiple/<int:doc_id>/delete/
documents/multiple/add/
documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/
documents/multiple/delete_upload/<int:uploaded_file_id>/
documents/results/
documents/usage/<int:document_id>/
editing-sessions/release/<int:session_id>/
events/
events/<uuid:key>/
events/<uuid:key>/list.csv
events/totals.csv
exchange/<int:translation_id>/<slug:kind>/
groups/
groups/delete/<int:pk>/
groups/edit/<int:pk>/
groups/history-results/<int:pk>/
groups/history/<int:pk>/
groups/new/
groups/results/
groups/usage/<int:pk>/
images/
images/<int:image_id>/
images/<int:image_id>/delete/
images/<int:image_id>/generate_url/
images/<int:image_id>/generate_url/output/
images/<int:image_id>/preview/<str:filter_spec>/
images/add/
images/chooser/
images/chooser/<int:image_id>/select_format/
images/chooser/chosen-multiple/
images/chooser/chosen/<str:pk>/
images/chooser/create/
images/chooser/results/
images/multiple/<int:image_id>/
images/multiple/<int:image_id>/delete/
images/multiple/add/
images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/
images/multiple/delete_upload/<int:uploaded_file_id>/
images/results/
images/usage/<int:image_id>/
import/
import/<int:pk>/
import/<int:pk>/<int:number>/
invitations/
invitations/copy/<int:pk>/
invitations/delete/<int:pk>/
invitations/edit/<int:pk>/
invitations/history-results/<int:pk>/
invitations/history/<int:pk>/
invitations/new/
invitations/results/
invitations/usage/<int:pk>/
jsi18n/
locales/
locales/copy/<int:pk>/
locales/delete/<int:pk>/
locales/history-results/<int:pk>/
locales/history/<int:pk>/
locales/results/
locales/usage/<int:pk>/
localize/api/snippets/<slug:app_label>/<slug:model_name>/
localize/api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/
localize/jsi18n/
localize/page/<int:page_id>/convert_to_alias/
localize/reports/translations/
localize/reports/translations/results/
localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/
localize/translate/<int:translation_id>/disable/
localize/translate/<int:translation_id>/machine_translate/
localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/
localize/translate/<int:translation_id>/pofile/download/
localize/translate/<int:translation_id>/preview/
localize/translate/<int:translation_id>/preview/<str:mode>/
login/
logout/
mistakes/
mistakes/delete/<int:pk>/
mistakes/edit/<int:pk>/
mistakes/history-results/<int:pk>/
mistakes/history/<int:pk>/
mistakes/new/
mistakes/results/
mistakes/usage/<int:pk>/
networkmembership/
networkmembership/delete/<int:pk>/
networkmembership/edit/<int:pk>/
networkmembership/history-results/<int:pk>/
networkmembership/history/<int:pk>/
networkmembership/new/
networkmembership/results/
networkmembership/usage/<int:pk>/
notices/
notices/<int:pk>/
notices/read/
organisation/
organisation/delete/<int:pk>/
organisation/edit/<int:pk>/
organisation/history-results/<int:pk>/
organisation/history/<int:pk>/
organisation/merge/<int:pk>/
organisation/new/
organisation/results/
organisation/trust/<int:pk>/
organisation/usage/<int:pk>/
organisation/withdraw/<int:pk>/
organisation_chooser/
organisation_chooser/chosen-multiple/
organisation_chooser/chosen/<str:pk>/
organisation_chooser/results/
pages/
pages/<int:page_id>/convert_alias/
pages/<int:page_id>/edit/preview/
pages/<int:page_id>/history/
pages/<int:page_id>/history/results/
pages/<int:page_id>/lock/
pages/<int:page_id>/revisions/
pages/<int:page_id>/revisions/<int:revision_id>/revert/
pages/<int:page_id>/revisions/<int:revision_id>/unschedule/
pages/<int:page_id>/revisions/<int:revision_id>/view/
pages/<int:page_id>/unlock/
pages/<int:page_id>/usage/
pages/<int:page_id>/view_draft/
pages/<int:page_id>/workflow_history/
pages/<int:page_id>/workflow_history/detail/<int:workflow_state_id>/
pages/<int:page_to_move_id>/move/
pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/
pages/<int:parent_page_id>/
pages/<int:parent_page_id>/add_subpage/
pages/<int:parent_page_id>/results/
pages/^(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$
pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/preview/
pages/create/<slug:app_label>/<slug:model_name>
pages/search/
pages/search/results/
pages/usage/<slug:content_type_app_name>/<slug:content_type_model_name>/
pages/usage/<slug:content_type_app_name>/<slug:content_type_model_name>/results/
pages/workflow/confirm_cancellation/<int:page_id>/
pages/workflow/preview/<int:page_id>/<int:task_id>/
password_reset/
password_reset/complete/
password_reset/confirm/<uidb64>/<token>/
password_reset/done/
recommendations/
recommendations/<int:pk>/status/
redirects/
redirects/<int:redirect_id>/
redirects/<int:redirect_id>/delete/
redirects/import/
redirects/results/
reports/aging-pages/
reports/aging-pages/results/
reports/locked/
reports/locked/results/
reports/page-types-usage/
reports/page-types-usage/results/
reports/site-history/
reports/site-history/results/
reports/workflow/
reports/workflow/results/
reports/workflow_tasks/
reports/workflow_tasks/results/
retired_terms/
retired_terms/copy/<int:pk>/
retired_terms/delete/<int:pk>/
retired_terms/edit/<int:pk>/
retired_terms/history-results/<int:pk>/
retired_terms/history/<int:pk>/
retired_terms/new/
retired_terms/results/
retired_terms/usage/<int:pk>/
review-rules/
review-rules/delete/<int:pk>/
review-rules/history-results/<int:pk>/
review-rules/history/<int:pk>/
review-rules/new/
review-rules/results/
review-rules/usage/<int:pk>/
roles/
roles/copy/<int:pk>/
roles/delete/<int:pk>/
roles/edit/<int:pk>/
roles/history-results/<int:pk>/
roles/history/<int:pk>/
roles/new/
roles/results/
roles/usage/<int:pk>/
sites/
sites/copy/<int:pk>/
sites/delete/<int:pk>/
sites/history-results/<int:pk>/
sites/history/<int:pk>/
sites/new/
sites/results/
sites/usage/<int:pk>/
snippets/
snippets/choose/home/languagesettings/
snippets/choose/home/languagesettings/chosen-multiple/
snippets/choose/home/languagesettings/chosen/<str:pk>/
snippets/choose/home/languagesettings/results/
snippets/home/languagesettings/
snippets/home/languagesettings/delete/<int:pk>/
snippets/home/languagesettings/history-results/<int:pk>/
snippets/home/languagesettings/history/(?P<pk>.+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$
snippets/home/languagesettings/history/<int:pk>/
snippets/home/languagesettings/history/<int:pk>/revisions/<int:revision_id>/revert/
snippets/home/languagesettings/history/<int:pk>/revisions/<int:revision_id>/unschedule/
snippets/home/languagesettings/lock/<int:pk>/
snippets/home/languagesettings/results/
snippets/home/languagesettings/unlock/<int:pk>/
snippets/home/languagesettings/unpublish/<int:pk>/
snippets/home/languagesettings/usage/<int:pk>/
snippets/home/languagesettings/workflow/action/<int:pk>/<slug:action_name>/<int:task_state_id>/
snippets/home/languagesettings/workflow/collect_action_data/<int:pk>/<slug:action_name>/<int:task_state_id>/
snippets/home/languagesettings/workflow/confirm_cancellation/<int:pk>/
snippets/home/languagesettings/workflow_history/<int:pk>/
snippets/home/languagesettings/workflow_history/<int:pk>/detail/<int:workflow_state_id>/
sprite/
tag-autocomplete/
tag-autocomplete/<slug:app_name>/<slug:model_name>/
translating/<int:translation_id>/parts/<int:segment_id>/history/
tried_too/
tried_too/delete/<int:pk>/
tried_too/edit/<int:pk>/
tried_too/history-results/<int:pk>/
tried_too/history/<int:pk>/
tried_too/new/
tried_too/results/
tried_too/usage/<int:pk>/
users/
users/copy/<int:pk>/
users/delete/<int:pk>/
users/edit/<int:pk>/
users/history-results/<int:pk>/
users/history/<int:pk>/
users/new/
users/results/
users/usage/<int:pk>/
workflows/add/
workflows/disable/<int:pk>/
workflows/enable/<int:pk>/
workflows/list/
workflows/list/results/
workflows/remove/<int:page_pk>/
workflows/remove/<int:page_pk>/<int:workflow_pk>/
workflows/task_chooser/
workflows/task_chooser/<int:task_id>/
workflows/task_chooser/create/
workflows/task_chooser/results/
workflows/tasks/add/<str:app_label>/<str:model_name>/
workflows/tasks/disable/<int:pk>/
workflows/tasks/edit/<int:pk>/
workflows/tasks/enable/<int:pk>/
workflows/tasks/index/
workflows/tasks/index/results/
workflows/tasks/select_type/
workflows/usage/<int:pk>/
workflows/usage/<int:pk>/results/
""".split("\n")

# The address: a function that gives the forms to be posted there.
FORMS = {
    "bulk/<str:app_label>/<str:model_name>/<str:action>/": forms.always(
        {"include_descendants": "on"}, {"include_descendants": "on", "chooser": "3"}
    ),
    "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/": forms.additions,
    "pages/<int:page_id>/edit/": forms.edits,
    "pages/<int:page_id>/copy/": forms.copies,
    "pages/<int:page_id>/delete/": forms.always({"confirm-delete": "1"}),
    "pages/<int:page_id>/unpublish/": forms.always({"include_descendants": "on"}),
    "pages/<int:page_to_move_id>/set_position/": forms.always({"position": "0"}),
    "pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/": forms.always(
        {"comment": "Seen."}
    ),
    "pages/workflow/collect_action_data/<int:page_id>/<slug:action_name>/<int:task_state_id>/": forms.always(
        {"comment": "Seen."}
    ),
    "pages/<int:page_id>/privacy/": forms.always(
        {"restriction_type": "login"}, {"restriction_type": "none"}
    ),
    "localize/submit/page/<int:page_id>/": forms.targets,
    "localize/update/<int:translation_source_id>/": forms.always({"publish_translations": "on"}),
    "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/": forms.always(
        {"value": SECRET["fi"]}
    ),
    "localize/translate/<int:translation_id>/pofile/upload/": forms.translated_file,
    "sending/<int:page_id>/": forms.always(
        {"go-on": "1"}, {"machine": "1", "language": ["fi", "lv"]}
    ),
    "work/take/": forms.always({"item": str(UUID(int=0)), "language": "fi"}),
    "work/<int:pk>/": forms.always({"release": "1"}),
    "review/<int:pk>/": forms.always(
        *forms.DECISIONS, {"comment": "1", "path": "result", "text": "Whose?"}, {"resolve": "1"}
    ),
    "review/<int:pk>/approve/<slug:seen>/": forms.always({}),
    "timeline/<int:kind>/<str:pk>/": forms.always({}),
    "timeline/<int:kind>/<str:pk>/<int:revision>/": forms.always({}),
    "translating/<int:translation_id>/parts/<int:segment_id>/": forms.typed,
    "coverage/": forms.assignments,
    "exchange/": forms.translated_file,
    "exchange/selection/": forms.selection,
    "take-off/<int:kind>/<str:pk>/": forms.always({"reason": "It names a learner."}),
    "snippets/home/languagesettings/add/": forms.snippets,
    "snippets/home/languagesettings/edit/<int:pk>/": forms.snippets,
    "workflows/edit/<int:pk>/": forms.always({"name": "Mine", "pages-TOTAL_FORMS": "0"}),
    "locales/new/": forms.languages,
    "locales/edit/<int:pk>/": forms.languages,
    "sites/edit/<int:pk>/": forms.always({"hostname": "elsewhere", "port": "80"}),
    "review-rules/edit/<int:pk>/": forms.rules,
    "api/main/^pages/<int:pk>/action/<str:action_name>/": forms.always(
        {"recursive": "on", "alias": "on", "keep_live": "on"}
    ),
    # Wagtail's view, which stores nothing, fails where its one field is not sent at all.
    "choose-external-link/": forms.always({"external-link-chooser-url": "https://example.org"}),
    "redirects/add/": forms.always({"old_path": "/en/stories/public/", "redirect_link": "/en/"}),
    # Never posted to: no screen leads there, and Wagtail's views fail before they store anything. They
    # want a form that these choosers do not offer, and a file that was sent in an earlier step.
    "organisation_chooser/create/": forms.always(),
    "snippets/choose/home/languagesettings/create/": forms.always(),
    "redirects/import/process/": forms.always(),
    "editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/": forms.always(
        {"revision_id": "1"}
    ),
}
# Other values of an address's arguments than everywhere else.
ARGUMENTS = {
    "bulk/<str:app_label>/<str:model_name>/<str:action>/": {
        "app_label": ["wagtailcore"],
        "model_name": ["page"],
    },
    "exchange/<int:translation_id>/<slug:kind>/": {"kind": ["po", "xliff"]},
    "api/main/^pages/<int:pk>/action/<str:action_name>/": {
        "action_name": [
            "publish_revision",
            "publish",
            "unpublish",
            "copy",
            "move",
            "delete",
            "create_alias",
            "convert_alias",
            "copy_for_translation",
            "revert_to_page_revision",
        ]
    },
    "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/": {
        "app_label": ["home"],
        "model_name": ["languagesettings"],
    },
}
TABLE = {route: FORMS.get(route) for route in [*PLAIN, *FORMS]}
