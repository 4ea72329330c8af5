"""Django's admin for those who run the server; organisers have their own pages."""

from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.db import models

from .fields import EmailFormField
from .models import Chapter, Delivery, Image, Member

admin.site.unregister(EmailAddress)


@admin.register(EmailAddress)
class AddressAdmin(EmailAddressAdmin):
    formfield_overrides = {models.EmailField: {"form_class": EmailFormField}}


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin):
    list_display = ("email", "name", "language", "is_organiser", "is_staff", "is_active", "joined_at")
    list_filter = ("is_organiser", "is_staff", "is_active", "language")
    search_fields = ("email", "name", "organisation")
    ordering = ("-joined_at",)
    fields = (
        "email",
        "name",
        "organisation",
        "bio",
        "language",
        "is_organiser",
        "is_staff",
        "is_active",
        "joined_at",
    )
    readonly_fields = ("joined_at",)

    # Members sign up themselves; `manage.py make_organiser` makes the first organiser.
    def has_add_permission(self, request):
        return False

    # A plain delete would bypass the privacy register. Deactivate, or let the member delete themselves.
    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Chapter)
class ChapterAdmin(admin.ModelAdmin):
    list_display = ("name", "contact_email", "time_zone", "default_language")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    list_display = ("file", "alt", "is_decorative", "credit", "uploaded_by", "created_at")
    list_select_related = ("uploaded_by",)
    search_fields = ("alt", "caption", "credit")
    fields = ("alt", "is_decorative", "caption", "credit")

    def has_add_permission(self, request):
        return False


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    list_display = ("kind", "object_id", "recipient", "sequence", "created_at", "sent_at", "dropped_at")
    list_filter = ("kind",)
    ordering = ("-id",)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
