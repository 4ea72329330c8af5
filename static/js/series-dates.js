// Shows the dates anew while the form of a series is filled in: asks the server what the button "Show the dates" asks.
(() => {
  "use strict";
  const PAUSE = 400;
  const PARTS = ["[data-series-dates]", "[data-series-status]"];
  const form = document.querySelector("[data-series-form]");
  if (!form) return;
  let pause;
  let latest = 0;

  async function show() {
    const asked = ++latest;
    const sent = new FormData(form);
    sent.set("show", "1");
    const answer = await fetch(form.action, { method: "POST", body: sent });
    if (!answer.ok || asked !== latest) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const held = document.activeElement.id;
    for (const part of PARTS) {
      const fresh = page.querySelector(part);
      const old = document.querySelector(part);
      if (fresh && old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
    }
    // What had the focus may have been drawn anew.
    if (held && document.activeElement.id !== held) document.getElementById(held)?.focus();
  }

  form.addEventListener("change", (event) => {
    if (!event.target.closest(".series-rule, .series-dates")) return;
    clearTimeout(pause);
    pause = setTimeout(() => show().catch(() => {}), PAUSE);
  });
})();
