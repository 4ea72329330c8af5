// Brings the shared part: by the stream, or by asking every few seconds where there is none. Says when we are offline.
(() => {
  "use strict";
  const Board = (window.Board ??= {});
  const ASK_EVERY = 5000;
  // The server says something at least every 15 seconds.
  const SILENCE = 40000;
  const LONGEST_PAUSE = 30000;
  let source, page, etag, asking, silence, again, focusedBefore;
  let failures = 0;

  function open() {
    clearTimeout(again);
    source?.close();
    source = new EventSource(page.dataset.live);
    source.addEventListener("part", (event) => {
      heard();
      Board.receive(JSON.parse(event.data));
    });
    source.addEventListener("ping", (event) => {
      heard();
      Board.clock.correct(Number(event.data));
    });
    source.addEventListener("error", lost);
    listenForSilence();
  }

  function heard() {
    failures = 0;
    stopAsking();
    online(true);
    listenForSilence();
  }

  function listenForSilence() {
    clearTimeout(silence);
    silence = setTimeout(open, SILENCE);
  }

  // Closed for good (there is no stream here), or failed twice: ask instead, and try the stream again later.
  function lost() {
    failures += 1;
    if (source.readyState === EventSource.CLOSED || failures >= 2) {
      source.close();
      clearTimeout(silence);
      clearTimeout(again);
      again = setTimeout(open, Math.min(LONGEST_PAUSE, 2000 * 2 ** failures) * (0.8 + 0.4 * Math.random()));
      startAsking();
    } else {
      ask();
    }
  }

  function startAsking() {
    if (asking) return;
    asking = setInterval(ask, ASK_EVERY);
    ask();
  }

  function stopAsking() {
    clearInterval(asking);
    asking = undefined;
  }

  async function ask() {
    const headers = etag ? { "If-None-Match": etag } : {};
    try {
      const response = await fetch(page.dataset.poll, { headers, signal: AbortSignal.timeout(ASK_EVERY) });
      if (response.status >= 500) throw new Error(response.statusText);
      online(true);
      if (response.status !== 200) return;
      const part = await response.json();
      etag = response.headers.get("ETag");
      Board.receive(part);
    } catch {
      online(false);
      startAsking();
    }
  }

  // Buttons are off while nothing can be sent; fields stay, and keep what is typed.
  function online(is) {
    const banner = page.querySelector("[data-board-banner]");
    if (banner && banner.hidden !== is) {
      banner.hidden = is;
      banner.replaceChildren(...(is ? [] : news(banner)));
    }
    page.toggleAttribute("data-offline", !is);
    applyTo(page);
  }

  function news(banner) {
    // On the wall nobody writes.
    if (banner.nodeName === "P") return [Board.words.reconnecting];
    return [Object.assign(document.createElement("p"), { textContent: Board.words.offline })];
  }

  function applyTo(root) {
    const isOff = page.hasAttribute("data-offline");
    for (const button of root.querySelectorAll('form[method="post"] button')) {
      if (isOff) turnOff(button);
      else if ("off" in button.dataset) turnOn(button);
    }
  }

  function turnOff(button) {
    if (button.disabled) return;
    if (button === document.activeElement) focusedBefore = button;
    button.dataset.off = "";
    button.disabled = true;
  }

  function turnOn(button) {
    delete button.dataset.off;
    button.disabled = false;
    if (button === focusedBefore && document.activeElement === document.body) button.focus({ preventScroll: true });
  }

  Board.connection = {
    start(main) {
      page = main;
      window.addEventListener("offline", () => online(false));
      window.addEventListener("online", open);
      window.addEventListener("pagehide", () => source?.close());
      window.addEventListener("pageshow", (event) => event.persisted && open());
      document.addEventListener("visibilitychange", () => document.hidden || ask());
      open();
    },
    check: () => ask(),
    // Something was stored: without a stream nobody tells us.
    changed: () => asking && ask(),
    applyTo,
  };
})();
