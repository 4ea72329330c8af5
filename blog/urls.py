"""Addresses of blog/, under the language prefix. A first word used here is in posts/actions.py: RESERVED."""

from django.urls import path

from .comments import organise_views as comment_organise_views
from .comments import views as comment_views
from .monthly import organise_views as monthly_views
from .posts import feeds, views
from .transfer import organise_views as transfer_views
from .writing import organise_views

urlpatterns = [
    # For everybody
    path("", views.blog, name="blog"),
    path("feed/", feeds.blog_feed, name="blog_feed"),
    # Organisers write
    path("posts/", organise_views.posts, name="posts"),
    path("new/", organise_views.post_new, name="post_new"),
    path("<int:pk>/edit/", organise_views.post_edit, name="post_edit"),
    path("<int:pk>/publish/", organise_views.post_publish, name="post_publish"),
    path("<int:pk>/unpublish/", organise_views.post_unpublish, name="post_unpublish"),
    path("<int:pk>/delete/", organise_views.post_delete, name="post_delete"),
    # Organisers: posts from a file
    path("posts/import/", transfer_views.posts_bring, name="posts_bring"),
    path("posts/import/<int:pk>/take/", transfer_views.posts_take, name="posts_take"),
    path("letter/", monthly_views.monthly_letter, name="monthly_letter"),
    path("summary/<slug:slug>/", organise_views.post_summary, name="post_summary"),
    # Comments
    path("<int:pk>/comment/", views.comment_create, name="comment_create"),
    path("comments/", comment_organise_views.comments_waiting, name="comments_waiting"),
    path("comments/sent/", comment_views.comment_sent, name="comment_sent"),
    path("comments/guest/<token:token>/", comment_views.guest_comment, name="guest_comment"),
    path("comments/<int:pk>/moderate/", comment_organise_views.comment_moderate, name="comment_moderate"),
    path("comments/<int:pk>/delete/", comment_views.comment_delete, name="comment_delete"),
    # One post comes last, since its address may be any other word
    path("<slug:slug>/card.png", views.post_card, name="post_card"),
    path("<slug:slug>/", views.post, name="post"),
]
