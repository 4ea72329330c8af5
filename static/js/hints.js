// Says below the field, when the typing pauses, that a phrase names a direction and no step yet. Nothing waits for it.
// The phrases and the sentence come with the field (microactions/forms.py); fields that arrive later work too.
(() => {
  "use strict";
  const PAUSE = 700;
  let pause;

  function phraseIn(field) {
    const text = field.value.normalize("NFC").replace(/\s+/g, " ").trim();
    for (const pattern of JSON.parse(field.dataset.hints)) {
      const match = new RegExp(pattern, "iu").exec(text);
      if (match) return match[0];
    }
    return "";
  }

  function show(field) {
    const hint = document.getElementById(field.dataset.hintShownIn);
    if (!hint) return;
    const phrase = phraseIn(field);
    const words = phrase ? field.dataset.hint.replace("{phrase}", () => phrase) : "";
    // Said once: a screen reader would read the same words again after each pause.
    if (hint.textContent.trim() !== words) hint.textContent = words;
  }

  // A form that was emptied has nothing to be said about.
  document.addEventListener("reset", (event) => {
    for (const field of event.target.querySelectorAll("[data-hints]")) {
      clearTimeout(pause);
      pause = setTimeout(show, 0, field);
    }
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-hints]")) return;
    clearTimeout(pause);
    pause = setTimeout(show, PAUSE, event.target);
  });
})();
