// Keeps the summary of a fold true to what is chosen inside it.
(() => {
  "use strict";
  const CHOSEN = "option:checked, input:checked";

  function named(one) {
    const textContent = (one.labels?.[0] ?? one).textContent.trim();
    return Object.assign(document.createElement("span"), one.lang ? { textContent, lang: one.lang } : { textContent });
  }

  function show(place, fold) {
    const chosen = [...fold.querySelectorAll(CHOSEN)].flatMap((one) => [named(one), " "]);
    place.replaceChildren(...chosen);
  }

  for (const place of document.querySelectorAll("[data-fold-chosen]")) {
    const fold = place.closest("details");
    fold.addEventListener("change", () => show(place, fold));
  }
})();
