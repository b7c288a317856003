from wagtail import hooks

from accounts.viewsets import role_assignments


@hooks.register("register_admin_viewset")
def register_role_assignments():
    return role_assignments
