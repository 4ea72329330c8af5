// Forgets the drafts of texts (unsaved.js): of what has been stored, and all of them when the member signs out.
(() => {
  "use strict";
  const has = (message) => document.querySelector(`[data-message="${message}"]`);

  try {
    const sent = sessionStorage.getItem("text-sent");
    if (has("stored") && sent) Drafts.empty(sent);
  } catch {}
  if (has("signed-out")) Drafts.forget("text");
})();
