"""Accounts, languages, workflows, addresses and reports: the settings of the portal."""

from tests.walk import forms

# Nothing about texts can be said there: an empty form is all.
PLAIN = r"""
account/
dismissibles/
groups/
groups/delete/<int:pk>/
groups/edit/<int:pk>/
groups/history-results/<int:pk>/
groups/history/<int:pk>/
groups/new/
groups/results/
groups/usage/<int:pk>/
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
login/
logout/
password_reset/
password_reset/complete/
password_reset/confirm/<uidb64>/<token>/
password_reset/done/
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
sprite/
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
""".split()

# The address: a function that gives the forms to be posted there.
FORMS = {
    "workflows/edit/<int:pk>/": forms.always({"name": "Mine", "pages-TOTAL_FORMS": "0"}),
    "locales/new/": forms.languages,
    "locales/edit/<int:pk>/": forms.languages,
    "sites/edit/<int:pk>/": forms.always({"hostname": "elsewhere", "port": "80"}),
    "review-rules/edit/<int:pk>/": forms.rules,
    "redirects/add/": forms.always({"old_path": "/en/stories/public/", "redirect_link": "/en/"}),
    "redirects/import/process/": forms.always(),
}
# Other values of an address's arguments than everywhere else.
ARGUMENTS = {
    "workflows/tasks/add/<str:app_label>/<str:model_name>/": {
        "app_label": ["editorial"],
        "model_name": ["foureyestask"],
    },
}
