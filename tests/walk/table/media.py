"""Pictures, files and their collections. What the scene has of them is on a public page."""

from tests.walk import forms

# Nothing about texts can be said there: an empty form is all.
PLAIN = r"""
api/main/^documents/
api/main/^documents/<int:pk>/
api/main/^documents/find/
api/main/^images/
api/main/^images/<int:pk>/
api/main/^images/find/
collections/
collections/<int:pk>/
collections/<int:pk>/delete/
collections/add/
documents/
documents/add/
documents/chooser/
documents/chooser/chosen-multiple/
documents/chooser/chosen/<str:pk>/
documents/chooser/create/
documents/chooser/results/
documents/delete/<int:document_id>/
documents/multiple/<int:doc_id>/delete/
documents/multiple/add/
documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/
documents/multiple/delete_upload/<int:uploaded_file_id>/
documents/results/
documents/usage/<int:document_id>/
images/
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
images/multiple/<int:image_id>/delete/
images/multiple/add/
images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/
images/multiple/delete_upload/<int:uploaded_file_id>/
images/results/
images/usage/<int:image_id>/
""".split()

# The address: a function that gives the forms to be posted there.
FORMS = {
    "documents/edit/<int:document_id>/": forms.retitled,
    "documents/multiple/<int:doc_id>/": forms.retitled,
    "images/<int:image_id>/": forms.retitled,
    "images/multiple/<int:image_id>/": forms.retitled,
    "collections/<int:collection_id>/privacy/": forms.always({"restriction_type": "login"}),
}
ARGUMENTS: dict = {}
