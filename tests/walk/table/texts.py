"""Pages and reviewed snippets: Wagtail's editor and lists, and the screens of wagtail-localize."""

from tests.walk import forms
from tests.walk.scene import SECRET

# Nothing about texts can be said there: an empty form is all.
PLAIN = r"""
api/main/^pages/
api/main/^pages/<int:pk>/
api/main/^pages/find/
block-preview/
choose-anchor-link/
choose-email-link/
choose-page/
choose-page/<int:parent_page_id>/
choose-page/chosen-multiple/
choose-page/search/
choose-phone-link/
editing-sessions/release/<int:session_id>/
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
tag-autocomplete/
tag-autocomplete/<slug:app_name>/<slug:model_name>/
""".split()

# The address: a function that gives the forms to be posted there.
FORMS = {
    "bulk/<str:app_label>/<str:model_name>/<str:action>/": forms.always(
        {"include_descendants": "on"},
        {"include_descendants": "on", "chooser": "3"},
        {"tags": "around", "collection": "1"},
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
    "snippets/home/languagesettings/add/": forms.snippets,
    "snippets/home/languagesettings/edit/<int:pk>/": forms.snippets,
    "api/main/^pages/<int:pk>/action/<str:action_name>/": forms.always(
        {"recursive": "on", "alias": "on", "keep_live": "on"}
    ),
    # Wagtail's view, which stores nothing, fails where its one field is not sent at all.
    "choose-external-link/": forms.always({"external-link-chooser-url": "https://example.org"}),
    "snippets/choose/home/languagesettings/create/": forms.always(),
    "editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/": forms.open_editor,
}
SNIPPET = {"app_label": ["home"], "model_name": ["languagesettings"]}
# Other values of an address's arguments than everywhere else.
ARGUMENTS = {
    # Every list with a bulk action, the keys of its things in `scene.chosen`.
    "bulk/<str:app_label>/<str:model_name>/<str:action>/": [
        {
            "app_label": ["wagtailcore"],
            "model_name": ["page"],
            "action": ["publish", "unpublish", "delete", "move"],
        },
        {
            "app_label": ["wagtailimages"],
            "model_name": ["image"],
            "action": ["delete", "add_tags", "add_to_collection"],
        },
        {
            "app_label": ["wagtaildocs"],
            "model_name": ["document"],
            "action": ["delete", "add_tags", "add_to_collection"],
        },
        SNIPPET | {"action": ["delete"]},
    ],
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
    "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/": SNIPPET,
    "localize/api/snippets/<slug:app_label>/<slug:model_name>/": SNIPPET,
    "localize/api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/": SNIPPET,
}
