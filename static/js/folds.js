// Keeps the summary of a fold true to what is chosen inside it.
(() => {
  "use strict";
  const CHOSEN = "option:checked, input:checked";

  function show(place, fold) {
    const words = [...fold.querySelectorAll(CHOSEN)].map((one) => (one.labels?.[0] ?? one).textContent.trim());
    place.replaceChildren(...words.flatMap((text) => [Object.assign(document.createElement("span"), { textContent: text }), " "]));
  }

  for (const place of document.querySelectorAll("[data-fold-chosen]")) {
    const fold = place.closest("details");
    fold.addEventListener("change", () => show(place, fold));
  }
})();
