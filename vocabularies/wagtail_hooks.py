from wagtail import hooks

from vocabularies.viewsets import retired_terms


@hooks.register("register_admin_viewset")
def register_retired_terms():
    return retired_terms
