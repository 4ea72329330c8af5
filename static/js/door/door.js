// The door list on a bad line: a tick shows at once, is kept on the phone, and is sent until the site has saved it.
// Without this script each tick is a form of its own.
(() => {
  "use strict";
  const ASK_EVERY = 15000;
  const PATIENCE = 10000;
  const LONGEST_PAUSE = 30000;
  const QUIET = 900;
  const door = document.querySelector("[data-door]");
  if (!door) return;
  const words = door.querySelector("[data-door-words]").dataset;
  const queue = window.Door.makeQueue(door.dataset.event);
  const rows = window.Door.makeRows(door, words, queue);
  const trouble = door.querySelector("[data-door-trouble]");
  const last = door.querySelector("[data-door-last]");
  let sending = false;
  let failures = 0;
  // How many ticks have been answered: what was asked for before one may not know of it.
  let answers = 0;
  let refreshing = false;
  let isLeaving = false;
  let again, telling, etag, undo;

  // What is pressed

  function change(key, value, before, name) {
    rows.failed.delete(key);
    rows.since.set(key, Date.now());
    queue.put(key, value, key.startsWith("w") ? rows.names.get(key.slice(1)) : undefined);
    undo = { key, value: before, name };
    last.hidden = false;
    const said = value === "yes" ? words.here : key.startsWith("w") ? words.takenBack : words.unknown;
    last.querySelector("[data-door-last-name]").textContent = `${name}: ${said}`;
    rows.paint();
    setTimeout(rows.paint, rows.SOON + 100);
    tell();
    if (!queue.keeps) warn(words.noRoom);
    send();
  }

  function tick(button) {
    const [key, value] = button.value.split(":");
    const row = rows.person(key);
    change(`p${key}`, value, value === "yes" ? "no" : "yes", rows.nameOf(row));
    clearField();
    row.scrollIntoView({ block: "nearest" });
  }

  function add() {
    const id = makeId();
    const name = rows.field.value.trim().replace(/\s+/g, " ");
    if (name) rows.names.set(id, name);
    clearField();
    change(`w${id}`, "yes", "no", name || words.walkIn);
  }

  function takeBack(button) {
    const row = rows.walkIn(button.value);
    change(`w${button.value}`, "no", "yes", rows.nameOf(row));
    rows.field.focus({ preventScroll: true });
  }

  function clearField() {
    rows.field.value = "";
    rows.filter();
  }

  function makeId() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
    return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  door.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target.matches("[data-door-ticks]") && button?.name === "tick") tick(button);
    else if (event.target.matches("[data-door-walk-ins]") && button?.name === "undo") takeBack(button);
    else if (event.target.matches("[data-door-add]")) add();
    else return;
    event.preventDefault();
  });

  rows.field.addEventListener("input", rows.filter);
  // Enter goes to who was found; it adds somebody only where a name was written that nobody has.
  rows.field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clearField();
    if (event.key !== "Enter") return;
    const found = rows.field.value.trim() ? rows.matches() : [];
    if (rows.field.value.trim() && !found.length) return;
    event.preventDefault();
    found[0]?.querySelector("button").focus();
  });

  door.querySelector("[data-door-undo]").addEventListener("click", () => {
    if (!undo) return;
    const { key, value, name } = undo;
    change(key, value, value === "yes" ? "no" : "yes", name);
  });

  // What is sent

  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(again);
    try {
      while (queue.size() && (await sendOne(queue.first())));
    } finally {
      sending = false;
      rows.paint();
    }
    if (!queue.size()) settled();
  }

  // Whether the next one may follow.
  async function sendOne(entry) {
    const { key } = entry;
    const response = await ask(key.startsWith("p") ? door.dataset.tick : door.dataset.walkIn, bodyOf(entry));
    if (!response) return false;
    const answer = await response.json().catch(() => null);
    if (!answer?.people) return later();
    queue.done(entry);
    answers += 1;
    if (response.status === 409) {
      rows.failed.add(key);
      warn(answer.error);
    }
    failures = 0;
    receive(answer);
    return true;
  }

  function bodyOf({ key, value, at, name }) {
    const id = key.slice(1);
    const body = new URLSearchParams();
    if (key.startsWith("p")) {
      body.set("tick", `${id}:${value}`);
      // How long ago, not when: the phone's clock may be wrong. A tick from before another host's changes nothing.
      body.set("age", Math.max(0, Date.now() - at));
    } else if (value === "no") body.set("undo", id);
    else {
      body.set("client_id", id);
      body.set("name", name ?? "");
    }
    body.set("csrfmiddlewaretoken", door.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "");
    return body;
  }

  // The answer, or nothing where it has to wait; the reader is told what to do about it.
  async function ask(address, body, headers = {}) {
    try {
      const response = await fetch(address, {
        method: body ? "POST" : "GET",
        body,
        headers: { Accept: "application/json", ...headers },
        redirect: "manual",
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.type === "opaqueredirect") return refused(words.signedOut, door.dataset.signIn, words.signIn);
      if (response.status === 404) return refused(words.forbidden, door.dataset.page, words.reload);
      if (response.status === 403) return refused(words.tooOld, door.dataset.page, words.reload);
      if (response.ok || [304, 409].includes(response.status)) return response;
    } catch {
      // No line, or one too slow.
    }
    return later();
  }

  function later() {
    failures += 1;
    warn(queue.keeps ? words.offline : words.noRoom);
    const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.min(failures, 6)) * (0.8 + 0.4 * Math.random());
    clearTimeout(again);
    again = setTimeout(queue.size() ? send : poll, pause);
    return null;
  }

  // Sending again would not help: the queue stays as it is until the reader has done something.
  function refused(text, address, label) {
    const link = Object.assign(document.createElement("a"), { href: address, textContent: label });
    // What waits is sent when the page opens again: nothing is lost by going there.
    link.addEventListener("click", () => (isLeaving = true));
    warn(`${text} `, link);
    return null;
  }

  function warn(...content) {
    if (trouble.textContent !== content.map((part) => part.textContent ?? part).join("")) {
      trouble.replaceChildren(...content);
    }
  }

  function settled() {
    if (!rows.failed.size && queue.keeps) trouble.replaceChildren();
  }

  // Said once the thumb rests: a screen reader would read every number on the way.
  function tell() {
    clearTimeout(telling);
    telling = setTimeout(() => {
      const numbers = [...door.querySelectorAll("[data-door-count], [data-door-room]")];
      door.querySelector("[data-door-told]").textContent = numbers.map((one) => one.textContent).join(". ");
    }, QUIET);
  }

  // What the others tick

  async function poll() {
    if (document.hidden || sending) return;
    const before = answers;
    const response = await ask(door.dataset.state, undefined, etag ? { "If-None-Match": etag } : {});
    if (!response) return;
    failures = 0;
    if (before !== answers) return poll();
    if (queue.size()) send();
    else settled();
    if (response.status === 304) return;
    const state = await response.json().catch(() => null);
    if (!state) return later();
    etag = response.headers.get("ETag");
    receive(state);
  }

  function receive(state) {
    const isCurrent = rows.take(state);
    rows.paint();
    if (!isCurrent) refresh();
  }

  // One at a time: a queue that is sent after a long silence brings the same news with every answer.
  async function refresh() {
    if (refreshing) return;
    refreshing = true;
    const before = answers;
    const response = await ask(door.dataset.page, undefined, { Accept: "text/html" });
    // A line that breaks off in the middle: the next answer brings the same news.
    const text = response?.ok ? await response.text().catch(() => "") : "";
    refreshing = false;
    if (before !== answers) return refresh();
    if (text) rows.replace(new DOMParser().parseFromString(text, "text/html"));
  }

  function wake() {
    if (document.hidden) return;
    if (queue.size()) send();
    else poll();
  }

  // The label promises what only the script can do.
  const label = door.querySelector("[data-with-script]");
  label.textContent = label.dataset.withScript;
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", (event) => event.persisted && wake());
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("beforeunload", (event) => queue.size() && !isLeaving && event.preventDefault());
  setInterval(poll, ASK_EVERY);
  rows.readPage();
  rows.paint();
  if (queue.size()) send();
})();
