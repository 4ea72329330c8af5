"""Every address of the site. Addresses are permanent: a changed one leaves a redirect."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path

from chapter.looks import views as look_views
from chapter.page_cache import cached_page
from events import urls as event_urls
from facilitation import urls as board_urls

from . import views
from .exporting import organise_views as export_views
from .metrics import views as metric_views
from .sitemaps import SECTIONS

urlpatterns = [
    # Without a language
    path("", views.choose_language, name="choose_language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", metric_views.metrics, name="metrics"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("sitemap.xml", cached_page()(views.sitemap_index), name="sitemaps"),
    path("sitemap-<section>.xml", cached_page("p")(sitemap_views.sitemap), {"sitemaps": SECTIONS}, name="sitemap"),
    path("accent/<slug:digits>.css", look_views.accent_css, name="accent_css"),
    path("editor/", include("chapter.editor.urls")),
    path("media/<path:path>", views.media, name="media"),
    path("live/boards/", include(board_urls.stream)),
    *board_urls.short,
    *event_urls.personal,
    path("follow", views.follow_in_your_language, name="follow_short"),
    path("admin/", admin.site.urls),
]

urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("organise/", views.desk, name="desk"),
    path("organise/export/", export_views.site_export, name="site_export"),
    path("organise/export/<int:pk>/site.zip", export_views.site_export_file, name="site_export_file"),
    path("events/", include("events.urls")),
    path("follow/", include("followers.urls")),
    path("principles/", include("principles.urls")),
    path("microactions/", include("microactions.urls")),
    path("board/", include("facilitation.urls")),
    path("blog/", include("blog.urls")),
    path("accounts/", include("chapter.accounts.urls")),
    path("", include("chapter.urls")),
)

if settings.DEMO or settings.SITE_MODE == "test":
    urlpatterns += [path("demo/mail/", include("otg_site.demo.mailbox.urls"))]

handler400 = "chapter.web.errors.bad_request"
handler403 = "chapter.web.errors.forbidden"
handler404 = "chapter.web.errors.not_found"
# allauth asks for this one when its limits are reached.
handler429 = "chapter.web.errors.too_many"
handler500 = "chapter.web.errors.server_error"
