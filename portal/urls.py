"""Every address of the portal."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from accounts import views as account_views
from core import feeds, sitemap
from editorial.coverage import views as coverage
from editorial.reports import views as reports
from portal import views

# Any address but the admin's and the API's: LocaleMiddleware would look for an unknown one among the pages.
PAGES = f"^(?!admin/|api/){wagtail_urls.serve_pattern.removeprefix('^')}"

urlpatterns = [
    path("", views.start, name="start"),
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("robots.txt", views.robots),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<str:language>-<int:number>.xml", sitemap.section, name="sitemap-section"),
    path("api/", include("search.api.urls")),
    path("admin/login/", account_views.admin_login, name="wagtailadmin_login"),
    re_path("^admin/password_reset/", account_views.admin_password_reset),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("", include("django_prometheus.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        path("account/", include("accounts.urls")),
        path("search/", include("search.urls")),
        path("report/", reports.report, name="report-mistake"),
        path("report/", include("moderation.urls")),
        path("translations/", coverage.public, name="coverage"),
        path("mails/", include("editorial.notices.urls")),
        path("events/", include("events.urls")),
        path("", include("marketplace.urls")),
        path("", include("organisations.urls")),
        path("", include("stories.urls")),
        path("<slug:section>/feed/", feeds.section, name="feed"),
        re_path(PAGES, views.serve, name="wagtail_serve"),
    ),
]
handler404 = "portal.views.not_found"
