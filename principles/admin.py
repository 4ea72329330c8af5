"""The principles' wordings in the admin, to look things up; they are never changed there."""

from django.contrib import admin

from .models import PrincipleWording


@admin.register(PrincipleWording)
class PrincipleWordingAdmin(admin.ModelAdmin):
    list_display = ("principle_id", "language", "version", "title", "is_current", "source_name", "adopted_on")
    list_filter = ("language", "is_current", "principle")
    search_fields = ("title", "body_text")
    ordering = ("principle_id", "language", "-version")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
