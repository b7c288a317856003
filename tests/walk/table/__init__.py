"""What is posted where. An address of the admin that is missing in the modules of this table fails the walk.

Every address is asked for, and gets an empty form besides what stands in `FORMS`.
"""

from tests.walk.table import administration, media, office, texts

UPLOADS = "They wait only where a form asks for more than a title."
PARTS = (texts, media, office, administration)
FORMS = {route: forms for part in PARTS for route, forms in part.FORMS.items()}
ARGUMENTS = {route: values for part in PARTS for route, values in part.ARGUMENTS.items()}
TABLE = {route: FORMS.get(route) for route in [*(r for part in PARTS for r in part.PLAIN), *FORMS]}
# The addresses at which nobody finds anything in the scene, and why.
NOTHING = {
    "api/main/^documents/find/": "It wants a query.",
    "api/main/^images/find/": "It wants a query.",
    "api/main/^pages/find/": "It wants a query.",
    "block-preview/": "It wants a kind of block in the query.",
    "documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/": UPLOADS,
    "documents/multiple/delete_upload/<int:uploaded_file_id>/": UPLOADS,
    "images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/": UPLOADS,
    "images/multiple/delete_upload/<int:uploaded_file_id>/": UPLOADS,
    "images/<int:image_id>/generate_url/": "Pictures have no signed addresses here.",
    "images/<int:image_id>/generate_url/output/": "Pictures have no signed addresses here.",
    "import/<int:pk>/<int:number>/": "The file that was sent has no pictures.",
    "localize/translate/<int:translation_id>/machine_translate/": "There is no machine.",
    "localize/translate/<int:translation_id>/preview/<str:mode>/": "Pages have one mode, without a name.",
    "pages/<int:page_id>/convert_alias/": "There are no aliases.",
    "redirects/import/process/": "It wants a file that was sent before.",
    "snippets/home/languagesettings/workflow_history/<int:pk>/detail/<int:workflow_state_id>/": (
        "Nobody has submitted the snippet."
    ),
    "tag-autocomplete/<slug:app_name>/<slug:model_name>/": "There is one kind of tags.",
}
