"""What My work and the review screen cost as people ask for them: session, person, menu and all."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, GroupPagePermission, Page
from wagtail.permissions import page_permission_policy
from wagtail_factories import DocumentFactory, ImageFactory

from accounts.backends import AccountBackend
from accounts.models import Role
from accounts.permissions import roles_of
from core.blocks import PictureBlock
from editorial import services
from editorial.work import assignments, panels
from stories.models import StoryPage
from tests.editorial.conftest import change, fresh, translate
from tests.factories.accounts import person
from tests.factories.organisations import OrganisationFactory
from tests.factories.stories import StoryPageFactory

HOME = reverse("wagtailadmin_home")
MOST = 12
SEVERAL = 30


def cost(client, url) -> list[str]:
    """The queries of a page, the second time that it is asked for."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [one["sql"] for one in queries]


@pytest.fixture
def all_rounder(people):
    """A person with every role in English and Finnish."""
    return person_with([(role, code) for role in Role for code in ("en", "fi")])


def person_with(roles):
    one = person()
    for role, code in roles:
        one.roles.create(role=role, language=code)
    return one


def test_my_work_costs_at_most_twelve_queries(signed_in, people, index, all_rounder):
    everybody = {**people, "all-rounder": all_rounder}
    editor, translator = people["editor"], people["translator"]

    def fill(numbers):
        for number in numbers:
            sent = StoryPageFactory(parent=index("en"), draft=True, slug=f"sent-{number}")
            sent.save_revision(user=editor)
            services.submit(sent, editor)
            ends = StoryPageFactory(parent=index("en"), slug=f"ends-{number}", owner=editor)
            StoryPage.objects.filter(pk=ends.pk).update(
                expire_at=timezone.now() + datetime.timedelta(days=1),
                has_unpublished_changes=True,
                latest_revision_created_at=timezone.now() + datetime.timedelta(hours=1),
            )
            assignments.assign([ends.translation_key], "fi", translator, None, all_rounder)
            StoryPageFactory(parent=index("en"), slug=f"missing-{number}")

    def measure():
        for who, user in everybody.items():
            asked = cost(signed_in(user), HOME)
            assert len(asked) <= MOST, "\n\n".join([who, *asked])

    fill([1])
    measure()
    fill(range(2, SEVERAL + 1))
    measure()
    shown = {
        "editor": ("drafts", "submitted", "ending"),
        "translator": ("assigned", "translate"),
        "all-rounder": ("waiting", "others", "translate", "ending"),
    }
    for who, lists in shown.items():
        made = {one.name: one for one in panels.for_user(everybody[who])}
        assert {name: made[name].rows.total for name in lists} == dict.fromkeys(lists, SEVERAL)


def test_review_screen_costs_at_most_twelve_queries(signed_in, people, public, finnish):
    """Texts that were returned before, changed and new, with one answered comment and with thirty."""
    image = ImageFactory()
    image.contextual_alt_text, image.decorative = "Two people measure a door.", False
    editor, translator = people["editor"], people["translator"]
    new = StoryPageFactory(
        parent=public.get_parent(),
        draft=True,
        slug="new",
        owner=editor,
        organisation=OrganisationFactory(),
    )
    files = [("file", DocumentFactory()) for _one in range(3)]
    for page in (public, new):
        picture = [("picture", image)]
        change(page, editor, gap_needed="A price.", picture=picture, files=files)
    shown = StoryPageFactory(parent=public.get_parent(), slug="shown", picture=picture, files=files)
    change(shown, editor, gap_needed="A price.")
    translate(finnish, translator)
    change(finnish, translator, picture=[("picture", image)])
    looks = {
        public: ("reviewer", "editor", "admin"),
        shown: ("reviewer", "editor", "admin"),
        new: ("reviewer", "editor", "admin"),
        finnish: ("approver", "translator", "admin"),
    }
    for page, roles in looks.items():
        services.submit(fresh(page), people[roles[1]])
        services.return_(fresh(page), people[roles[0]], "Say who counted.")
        services.submit(fresh(page), people[roles[1]])
    for number in (1, SEVERAL - 1):
        for page, roles in looks.items():
            for _one in range(number):
                comment = Comment.objects.create(
                    page_id=page.pk, user=people["reviewer"], text="Why?", contentpath="gap_needed"
                )
                CommentReply.objects.create(comment=comment, user=editor, text="So.")
            url = reverse("editorial_review", args=[services.held_state(fresh(page)).pk])
            for who in roles:
                asked = cost(signed_in(people[who]), url)
                assert len(asked) <= MOST, "\n\n".join([who, *asked])


def test_checking_a_text_asks_for_none_of_its_pictures(db, django_assert_num_queries):
    """However many there are; one that is missing is still found."""
    block, images = PictureBlock(), [ImageFactory(title=f"Bench {number}") for number in range(3)]
    for image in images:
        image.contextual_alt_text, image.decorative = "A bench.", False
    with django_assert_num_queries(0):
        assert [block.clean(image) for image in images] == images
    with pytest.raises(ValidationError):
        block.clean(None)


def test_a_draft_is_mine_until_it_is_sent_or_public(people, index, draft):
    editor, other = people["editor"], person("editor", "en")

    def drafts(user):
        (panel,) = [one for one in panels.for_user(user) if one.name == "drafts"]
        return [row.title for row in panel.rows]

    draft.save_revision(user=editor)
    assert (drafts(editor), drafts(other)) == ([draft.title], [])
    draft.save_revision(user=other)
    assert drafts(other) == [draft.title]  # and still the owner's
    assert drafts(editor) == [draft.title]
    services.submit(fresh(draft), editor)
    assert (drafts(editor), drafts(other)) == ([], [])
    services.return_(fresh(draft), people["reviewer"], "Say who counted.")
    assert (drafts(editor), drafts(other)) == ([], [draft.title])  # the first has it as returned
    services.submit(fresh(draft), editor)
    services.approve(fresh(draft), people["reviewer"])
    assert (drafts(editor), drafts(other)) == ([], [])
    change(draft, editor, gap_needed="Another price.")
    assert drafts(editor) == [draft.title]
    assert "drafts" not in {one.name for one in panels.for_user(people["reviewer"])}


def test_a_person_is_read_with_what_they_may_do(site, people, django_assert_num_queries):
    """In one query, with the same answers as Django and Wagtail give, and anew in each request."""
    editor = person_with([("editor", "fi"), ("editor", "en")])

    def answers(user, home):
        rights = page_permission_policy.get_cached_permissions_for_user(user)
        return (
            roles_of(user),
            user.has_perm("wagtailadmin.access_admin"),
            user.has_perm("home.change_languagesettings"),
            user.has_perm("wagtailusers.add_user"),
            {(one.pk, one.permission.codename, one.page.path) for one in rights},
            getattr(page_permission_policy.explorable_root_instance(user), "pk", None),
            page_permission_policy.user_has_permission_for_instance(user, "change", home),
        )

    def read(user):
        with django_assert_num_queries(1):
            found = AccountBackend().get_user(user.pk)
            return answers(found, site["lv"]), answers(found, site["fi"])

    for user in (editor, *people.values(), person_with([("translator", "lv")]), person()):
        plain = type(user).objects.get(pk=user.pk)
        assert read(user) == (answers(plain, site["lv"]), answers(plain, site["fi"]))
    assert [one[-1] for one in read(editor)] == [False, True]
    editor.roles.filter(language="fi").delete()
    assert [one[-1] for one in read(editor)] == [False, False]
    permission = Permission.objects.get(codename="change_page")
    group = editor.groups.get()
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group=group, page=Page(pk=site["lv"].pk), permission=permission)]
    )
    assert [one[-1] for one in read(editor)] == [True, False]


def test_nobody_has_a_right_as_a_single_account(people):
    reviewer = people["reviewer"]
    reviewer.user_permissions.set(Permission.objects.all())
    for user in (
        type(reviewer).objects.get(pk=reviewer.pk),
        AccountBackend().get_user(reviewer.pk),
    ):
        assert user.has_perm("wagtailadmin.access_admin")
        assert not user.has_perm("wagtailusers.add_user")
