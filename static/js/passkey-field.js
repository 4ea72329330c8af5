// The passkeys of this device, offered inside the e-mail field as soon as somebody goes to it. Not before that: the
// question to the server sets the session's cookie.
(() => {
  "use strict";
  const field = document.querySelector('input[autocomplete~="webauthn"]');
  const form = document.getElementById("mfa_login");
  if (!field || !form || !window.PublicKeyCredential?.isConditionalMediationAvailable) return;
  const offered = new AbortController();
  const { signal } = offered;

  async function offer() {
    try {
      if (!(await PublicKeyCredential.isConditionalMediationAvailable())) return;
      const response = await fetch(form.action, { headers: { Accept: "application/json" }, signal });
      if (!response.ok) return;
      const data = await response.json();
      const credential = await webauthnJSON.get({ ...data.request_options, mediation: "conditional", signal });
      document.getElementById("mfa_credential").value = JSON.stringify(credential);
      form.submit();
    } catch {
      // Whoever types an address instead has done nothing wrong.
    }
  }

  field.addEventListener("focus", offer, { once: true });
  if (field === document.activeElement) offer();
  // A browser asks one such question at a time, and the button asks its own.
  document.getElementById("passkey_login").addEventListener("click", () => offered.abort(), { capture: true });
})();
