from wagtail import hooks

from accounts.viewsets import invitations, role_assignments


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [role_assignments, invitations]
