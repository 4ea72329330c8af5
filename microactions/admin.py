"""Microactions in the admin: for looking and repairing; the daily work is done in the site."""

from django.contrib import admin

from .models import Cheer, Microaction


@admin.register(Microaction)
class MicroactionAdmin(admin.ModelAdmin):
    list_display = ("what", "status", "visibility", "held", "due_on", "created_at")
    list_filter = ("status", "visibility", "held", "language")
    search_fields = ("what", "result")
    raw_id_fields = ("member", "event", "led_to")
    readonly_fields = (
        *("status", "held", "round", "mails", "mails_stopped", "reminded_at", "asked_at", "asked_again_at"),
        *("answered_at", "result_at", "revised_at", "created_at"),
    )
    date_hierarchy = "created_at"


@admin.register(Cheer)
class CheerAdmin(admin.ModelAdmin):
    list_display = ("microaction", "created_at")
    raw_id_fields = ("microaction", "member")
    exclude = ("visitor",)
