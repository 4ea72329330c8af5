// The board's page: shows what comes, fetches the personal part when it may have changed, and says what is new.
(() => {
  "use strict";
  const Board = (window.Board ??= {});
  const page = document.querySelector("[data-board]");
  if (!page) return;
  const mine = page.querySelector("[data-board-mine]");
  // The milliseconds over which phones spread their asking. When all of a hall ask, the Part says how many.
  const SPREAD = 400;
  let version = Number(page.dataset.version);
  let stamp = page.dataset.stamp;
  let mineVersion = version;
  let leads = page.dataset.leads === "1";
  // How many forms of this page have been answered.
  let answers = 0;
  let said, moment, fetching, isStale;

  Board.words = document.querySelector("[data-board-words]").dataset;

  Board.say = (words) => {
    page.querySelector("[data-board-say]").textContent = words;
  };

  // A Part from the stream or from asking; an older one than what is shown is passed over.
  Board.receive = (part) => {
    Board.clock.correct(part.now);
    if (part.version < version) return;
    const isNews = part.version > version;
    version = part.version;
    show(part.html);
    const isConcerned = isMarked(part.marks) || hasMoved();
    if (part.stamp !== stamp) fetchMine(part.spread);
    else if ((leads && isNews) || isStale || isConcerned) fetchMine(SPREAD);
    stamp = part.stamp;
  };

  // Whether what only some people see has changed, this person among them.
  function isMarked(marks) {
    const own = mine?.querySelector("[data-mark]");
    return Boolean(marks && own) && !(marks[own.dataset.mark] <= Number(own.dataset.marked));
  }

  function show(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    for (const part of template.content.querySelectorAll("[data-part]")) {
      const slot = page.querySelector(`[data-board-shared="${part.dataset.part}"]`);
      if ("say" in part.dataset) sayIfNew(part.dataset.say);
      if (slot) Board.morph(slot, part);
      if ("moment" in part.dataset) showIfNew(part.dataset.moment);
    }
    Board.clock.draw();
    Board.fit?.();
  }

  // Another phase, topic or question is what all look at now, however far down one has read; whoever writes is left alone.
  function showIfNew(now) {
    const isNew = moment !== undefined && now !== moment;
    moment = now;
    const stage = page.querySelector("#stage");
    if (!isNew || !stage || document.activeElement?.matches("input, textarea, select")) return;
    if (stage.getBoundingClientRect().top < 0) stage.scrollIntoView();
  }

  // A session of one’s own plan is somewhere else now: only those whom it concerns ask again.
  function hasMoved() {
    const mentions = mine ? [...mine.querySelectorAll("[data-place-of]")] : [];
    return mentions.some((mention) => {
      const place = page.querySelector(`[data-place="${mention.dataset.placeOf}"]`);
      return squeezed(mention) !== squeezed(place);
    });
  }

  const squeezed = (node) => (node?.textContent ?? "").replace(/\s+/g, " ").trim();

  function sayIfNew(words) {
    if (said !== undefined && words !== said) Board.say(words);
    said = words;
  }

  function fetchMine(spread) {
    isStale = Boolean(mine);
    if (!mine || fetching) return;
    fetching = setTimeout(async () => {
      isStale = false;
      const asked = version;
      const before = answers;
      const html = await get(page.dataset.mine);
      fetching = undefined;
      // Asked for before something of one’s own was stored, it may not know of it, and would take it away again.
      if (html === null || before !== answers) isStale = true;
      else Board.showMine(html, asked);
      if (isStale && html !== null) fetchMine(SPREAD);
    }, leads ? 0 : Math.random() * spread);
  }

  async function get(address) {
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(15000) });
      return response.ok ? await response.text() : null;
    } catch {
      Board.connection.check();
      return null;
    }
  }

  Board.countAnswer = () => {
    answers += 1;
  };

  // The form that was begun with an idea is sent: the next one is empty.
  Board.useUpIdea = () => {
    page.dataset.mine = page.dataset.mine.split("?")[0];
  };

  // The personal part as it was at `at`; an older one than what is shown is passed over.
  Board.showMine = (html, at) => {
    if (at < mineVersion) return;
    mineVersion = at;
    Board.replace(mine, html);
    leads = mine.querySelector("#lead, #lay") !== null;
    keepLink();
    Board.drafts.restore(mine);
    Board.connection.applyTo(mine);
    Board.clock.draw();
  };

  // The link to a new microaction is drawn again with the rest, as long as its mark holds.
  function keepLink() {
    const kept = mine.querySelector("[data-kept]");
    if (!kept) return;
    const address = new URL(page.dataset.mine, location.href);
    address.searchParams.set("kept", kept.dataset.kept);
    page.dataset.mine = address.pathname + address.search;
  }

  Board.clock.correct(Number(page.dataset.now));
  Board.clock.start();
  if (mine) {
    keepLink();
    Board.drafts.start(page.dataset.board || location.pathname.split("/")[3], mine);
    Board.forms.start(page);
  }
  Board.fit?.();
  Board.connection.start(page);
})();
