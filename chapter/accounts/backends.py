"""Who a session belongs to. It is asked on every page of whoever is signed in, so the statement is prepared."""

from allauth.account.auth_backends import AuthenticationBackend

from ..models import Member
from ..prepared import prepared


class MemberBackend(AuthenticationBackend):
    def get_user(self, user_id):
        member = next(iter(_member(pk=user_id)), None)
        return member if member and self.user_can_authenticate(member) else None


@prepared
def _member(pk):
    return Member.objects.filter(pk=pk)
