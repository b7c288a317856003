from wagtail import hooks

from search.editors.viewsets import SearchGroup


@hooks.register("register_admin_viewset")
def register_search():
    return SearchGroup()
