"""The blog's tables, read-only: posts are written on the site, which renders their HTML."""

from django.contrib import admin

from .models import Byline, Comment, Post


class LookOnly:
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class BylineInline(LookOnly, admin.TabularInline):
    model = Byline
    extra = 0


@admin.register(Post)
class PostAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("title", "language", "is_draft", "published_at", "changed_at")
    list_filter = ("language", "is_draft")
    search_fields = ("title", "lead")
    inlines = (BylineInline,)


@admin.register(Comment)
class CommentAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("post", "status", "member", "created_at")
    list_filter = ("status", "language")
    search_fields = ("body",)
    list_select_related = ("post", "member")
