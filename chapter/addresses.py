"""One spelling of an e-mail address, and the mailbox behind it."""


def normal(email: str) -> str:
    return email.strip().lower()


def mailbox(email: str) -> str:
    """The identity for limits: the normal address without the `+tag` of its local part."""
    local, _, domain = normal(email).rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
