"""The admin, behind the same doors as the organisers' pages: a mailed code or passkey, and a second factor."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from ..web import lacks_second_factor, to_second_factor


class AdminSite(admin.AdminSite):
    def has_permission(self, request):
        return super().has_permission(request) and not lacks_second_factor(request.user)

    def login(self, request, extra_context=None):
        """Send a visitor to the site's own sign-in, and staff without a second factor to make one."""
        if super().has_permission(request) and lacks_second_factor(request.user):
            return to_second_factor(request)
        return secure_admin_login(super().login)(request, extra_context)
