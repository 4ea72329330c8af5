"""The same rules inside PostgreSQL: no path can store an address in another spelling."""

from django.db.models import CheckConstraint, Func, Q, Value

from .keys import TAG

# The signs of a dot-atom without capitals, quotes, brackets or letters beyond ASCII; then a domain in its ASCII form.
ATOM = r"[!#-'*+/0-9=?^-~-]+"
NORMAL = rf"^{ATOM}(\.{ATOM})*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$"


def is_normal(name: str, column: str = "email") -> CheckConstraint:
    """The constraint `name` for an address column, which may be empty."""
    return CheckConstraint(condition=Q(**{column: ""}) | Q(**{f"{column}__regex": NORMAL}), name=name)


class Mailbox(Func):
    """`mailbox` for a column in its normal form."""

    function = "regexp_replace"

    def __init__(self, column):
        super().__init__(column, Value(TAG), Value(r"\1@"))


def mailbox_sql(column: str) -> str:
    """`Mailbox`, for a statement that is written by hand."""
    return rf"regexp_replace({column}, '{TAG}', '\1@')"
