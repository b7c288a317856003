"""What this portal adds to the admin: reviews, translators' work, lists and records."""

from tests.walk import forms

# Nothing about texts can be said there: an empty form is all.
PLAIN = r"""
campaign/
campaign/delete/<int:pk>/
campaign/edit/<int:pk>/
campaign/history-results/<int:pk>/
campaign/history/<int:pk>/
campaign/new/
campaign/receivers/<int:pk>/
campaign/results/
campaign/usage/<int:pk>/
coming/
coverage/table.csv
events/
events/<uuid:key>/
events/<uuid:key>/list.csv
events/totals.csv
exchange/<int:translation_id>/<slug:kind>/
import/
import/<int:pk>/
import/<int:pk>/<int:number>/
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
new/
not-found/
notices/
notices/<int:pk>/
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
promotions/
promotions/delete/<int:pk>/
promotions/edit/<int:pk>/
promotions/history-results/<int:pk>/
promotions/history/<int:pk>/
promotions/new/
promotions/results/
promotions/usage/<int:pk>/
recommendations/
recommendations/<int:pk>/status/
reported/
reported/<int:pk>/
retired_terms/
retired_terms/copy/<int:pk>/
retired_terms/delete/<int:pk>/
retired_terms/edit/<int:pk>/
retired_terms/history-results/<int:pk>/
retired_terms/history/<int:pk>/
retired_terms/new/
retired_terms/results/
retired_terms/usage/<int:pk>/
synonyms/
synonyms/delete/<int:pk>/
synonyms/edit/<int:pk>/
synonyms/history-results/<int:pk>/
synonyms/history/<int:pk>/
synonyms/new/
synonyms/results/
synonyms/usage/<int:pk>/
translating/<int:translation_id>/parts/<int:segment_id>/history/
tried_too/
tried_too/delete/<int:pk>/
tried_too/edit/<int:pk>/
tried_too/history-results/<int:pk>/
tried_too/history/<int:pk>/
tried_too/new/
tried_too/results/
tried_too/usage/<int:pk>/
why/
""".split()

# The address: a function that gives the forms to be posted there.
FORMS = {
    "notices/read/": forms.always({"newest": "1"}),
    "": forms.always({}),
    "sending/<int:page_id>/": forms.always(
        {"go-on": "1"}, {"machine": "1", "language": ["fi", "lv"]}
    ),
    "work/take/": forms.taken,
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
    # Never posted to: no screen leads there, and Wagtail's views fail before they store anything. They
    # want a form that these choosers do not offer, and a file that was sent in an earlier step.
    "organisation_chooser/create/": forms.always(),
}
# Other values of an address's arguments than everywhere else.
ARGUMENTS = {
    "exchange/<int:translation_id>/<slug:kind>/": {"kind": ["po", "xliff"]},
}
