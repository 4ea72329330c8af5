"""Django's admin, behind sign-in by code or passkey and the organisers' second factor."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from ..web import lacks_second_factor, to_second_factor


class AdminSite(admin.AdminSite):
    def has_permission(self, request):
        return super().has_permission(request) and not lacks_second_factor(request.user)

    def login(self, request, extra_context=None):
        if super().has_permission(request) and lacks_second_factor(request.user):
            return to_second_factor(request)
        return secure_admin_login(super().login)(request, extra_context)
