"""A passkey as a phone keeps one: it signs what the site's page asks it to sign."""

import hashlib
import json

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

ORIGIN, SITE = "http://testserver", hashlib.sha256(b"testserver").digest()
FLAG = AuthenticatorData.FLAG


class Passkey:
    def __init__(self, member):
        self.member, self.key, self.number = member, ec.generate_private_key(ec.SECP256R1()), b"passkey of a test"
        WebAuthn.add(member, "Phone", self._registration())

    def _registration(self):
        public = ES256.from_cryptography_key(self.key.public_key())
        held = AttestedCredentialData.create(bytes(16), self.number, public)
        flags = FLAG.UP | FLAG.UV | FLAG.AT
        made = AttestationObject.create("none", AuthenticatorData.create(SITE, flags, 0, held), {})
        said = CollectedClientData.create("webauthn.create", b"a challenge of its own", ORIGIN)
        response = AuthenticatorAttestationResponse(client_data=said, attestation_object=made)
        return _plain(RegistrationResponse(raw_id=self.number, response=response))

    def sign(self, challenge) -> str:
        """The value of the form's field `credential`."""
        said = CollectedClientData.create("webauthn.get", challenge, ORIGIN)
        about = AuthenticatorData.create(SITE, FLAG.UP | FLAG.UV, 1)
        response = AuthenticatorAssertionResponse(
            client_data=said,
            authenticator_data=about,
            signature=self.key.sign(about + said.hash, ec.ECDSA(hashes.SHA256())),
            user_handle=user_pk_to_url_str(self.member).encode(),
        )
        return json.dumps(_plain(AuthenticationResponse(raw_id=self.number, response=response)))

    def sign_in(self, client):
        address = "/nb/accounts/2fa/webauthn/login/"
        asked = client.get(address, headers={"x-requested-with": "XMLHttpRequest"})
        challenge = asked.json()["request_options"]["publicKey"]["challenge"] if asked.status_code == 200 else "-"
        return client.post(address, {"credential": self.sign(challenge)}, headers={"origin": ORIGIN})


def _plain(response):
    return json.loads(json.dumps(dict(response)))
