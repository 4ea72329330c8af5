// A text that is being written survives a closed tab, a crash and a session that ended: title, lead and text are kept on
// this device, for this member and this page, until they are stored, thrown away, or the member signs out. Whoever leaves
// the page before is asked.
(() => {
  "use strict";
  const KIND = "text";
  const DAYS = 7;
  const FIELDS = '[name="title"], [name="lead"], [name="body"]';
  const SENT = "text-sent";

  // The draft that is on its way to the server: stored.js forgets it when the server says that it is stored.
  function remember(place) {
    try {
      if (place) sessionStorage.setItem(SENT, place);
      else sessionStorage.removeItem(SENT);
    } catch {}
  }

  remember(null);

  function isChanged(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) return !([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).selected;
    return "defaultValue" in field && field.value !== field.defaultValue;
  }

  function watch(form) {
    const page = location.pathname + location.search;
    const drawer = Drafts.drawer(KIND, `${form.dataset.drafts}:${page}`, DAYS);
    const fields = [...form.querySelectorAll(FIELDS)];
    const isRefused = Boolean(form.querySelector(".error-summary"));
    const notice = (name) => form.querySelector(`[data-drafts-${name}]`);
    let isLeaving = false;

    function keep(field) {
      const drafts = drawer.read();
      // With what was stored when the writing began: a colleague may have stored another text since.
      const base = drafts[field.name]?.base ?? field.defaultValue;
      drafts[field.name] = { text: field.value, base, at: Date.now() };
      if (field.value === base) delete drafts[field.name];
      drawer.write(drafts);
    }

    function drop() {
      drawer.write({});
      for (const field of fields) put(field, field.defaultValue);
      drawer.write({});
      close();
    }

    function put(field, text) {
      if (field.value === text) return;
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function close() {
      notice("back").hidden = notice("other").hidden = true;
      fields[0].focus();
    }

    // A text is put back where what is stored is still what it was written upon; else the writer decides.
    function restore() {
      const drafts = drawer.read();
      // What is stored by now is no draft any more.
      const isStored = (field) => !isRefused && drafts[field.name].text === field.defaultValue;
      for (const field of fields) if (drafts[field.name] && isStored(field)) delete drafts[field.name];
      drawer.write(drafts);
      // A browser may have put it back by itself.
      const lost = fields.filter((field) => drafts[field.name] && drafts[field.name].text !== field.value);
      if (!lost.length) return;
      const isOther = lost.some((field) => drafts[field.name].base !== field.defaultValue);
      // From now on it is written upon what is stored now.
      const putBack = () => {
        drawer.write({});
        for (const field of lost) put(field, drafts[field.name].text);
      };
      if (!isOther) putBack();
      notice(isOther ? "other" : "back").hidden = false;
      notice("other").querySelector("[data-drafts-put]").addEventListener("click", () => {
        putBack();
        close();
      });
    }

    const isUnsaved = () => isRefused || [...form.elements].some((field) => field.name && isChanged(field));

    form.addEventListener("input", (event) => fields.includes(event.target) && keep(event.target));
    restore();
    form.addEventListener("click", (event) => event.target.closest("[data-drafts-drop]") && drop());
    form.addEventListener("submit", () => {
      isLeaving = true;
      remember(drawer.place);
    });
    // Back from a page that could not be loaded.
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      isLeaving = false;
      remember(null);
    });
    window.addEventListener("beforeunload", (event) => {
      if (!isLeaving && isUnsaved()) event.preventDefault();
    });
  }

  document.querySelectorAll("form[data-drafts]").forEach(watch);
})();
