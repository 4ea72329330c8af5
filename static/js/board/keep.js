// The link to a microaction: copied, or handed to the phone's own way of sending; without either, the page has a mailto.
(() => {
  "use strict";
  const Board = (window.Board ??= {});

  async function copy(button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = Board.words.copied;
    Board.say(Board.words.copied);
  }

  function share(link, event) {
    if (!navigator.share) return;
    event.preventDefault();
    // Closing the phone's dialogue is no error.
    navigator.share({ url: link.dataset.send }).catch(() => {});
  }

  Board.keep = {
    start(page) {
      // Browsers have no clipboard where the address is not https.
      page.toggleAttribute("data-copies", Boolean(navigator.clipboard));
      page.addEventListener("click", (event) => {
        const button = event.target.closest("[data-copy]");
        const link = event.target.closest("[data-send]");
        if (button) copy(button);
        if (link) share(link, event);
      });
    },
  };
})();
