// Sends the forms of the personal part without leaving the page, and shows what became of them.
(() => {
  "use strict";
  const Board = (window.Board ??= {});
  const PATIENCE = 15000;
  const CSS = { ok: "success", late: "warning", error: "error" };

  const sending = new WeakSet();
  // The words of each form that was sent without getting an answer.
  const unanswered = new WeakMap();

  // The answer as data; null when none came: then nobody knows whether it was stored, and it may be sent again.
  async function post(form, submitter) {
    const body = new URLSearchParams(new FormData(form));
    if (submitter?.name) body.append(submitter.name, submitter.value);
    try {
      const options = { method: "POST", body, headers: { "X-Board": "1" }, signal: AbortSignal.timeout(PATIENCE) };
      const response = await fetch(form.getAttribute("action"), options);
      const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
      return isOurs ? { status: response.status, ...(await response.json()) } : { status: response.status };
    } catch {
      return null;
    }
  }

  async function send(form, submitter) {
    if (sending.has(form)) return;
    sending.add(form);
    renameIfChanged(form);
    const texts = Board.drafts.texts(form);
    const answer = await post(form, submitter);
    sending.delete(form);
    Board.countAnswer();
    if (answer?.inner) {
      notice("ok", "");
      return Board.replace(form, answer.inner);
    }
    if (!answer || !answer.mine) return unsent(form, answer, texts);
    markUnsent(form, false);
    if (answer.status === 200) stored(form, texts);
    Board.showMine(answer.mine, answer.version);
    leadTo(answer.status, form);
    // A form that has gone takes no words with it.
    const lost = answer.status !== 200 && !form.isConnected;
    notice(answer.level, answer.message, lost ? [...texts.values()].join(" ") : "");
    Board.connection.changed();
  }

  // What is to be put right, or the link that is shown this once, may be out of sight.
  function leadTo(status, form) {
    const isNewLink = status === 200 && form.getAttribute("action").endsWith("/pledge/");
    const place = isNewLink ? document.querySelector("#kept h2") : form.querySelector('[aria-invalid="true"]');
    if (!place) return;
    if (isNewLink) place.setAttribute("tabindex", "-1");
    place.focus();
  }

  // After a sending without an answer nobody knows whether those words are stored: other words are another note.
  function renameIfChanged(form) {
    const id = form.querySelector('input[name="client_id"]');
    const sent = unanswered.get(form);
    if (!id || sent === undefined || sent === words(Board.drafts.texts(form))) return;
    id.value = newId();
    Board.drafts.keepAll(form);
  }

  const words = (texts) => JSON.stringify([...texts.values()]);

  // What was typed while the form was on its way stays in it.
  function stored(form, texts) {
    const typed = [...Board.drafts.texts(form)].filter(([field, text]) => texts.get(field) !== text);
    Board.drafts.forget(form);
    unanswered.delete(form);
    if ("idea" in form.dataset) Board.useUpIdea();
    form.closest("details.another")?.removeAttribute("open");
    form.reset();
    const id = form.querySelector('input[name="client_id"]');
    if (id) id.value = newId();
    for (const [field, text] of typed) field.value = text;
    if (typed.length) Board.drafts.keepAll(form);
  }

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function unsent(form, answer, texts) {
    markUnsent(form, texts.size > 0);
    notice("error", answer ? Board.words.failed : Board.words.notSent);
    if (answer) return;
    unanswered.set(form, words(texts));
    Board.connection.check();
  }

  function markUnsent(form, is) {
    form.querySelector("[data-unsent]")?.remove();
    if (!is) return;
    const mark = Object.assign(document.createElement("p"), { className: "unsent", textContent: Board.words.unsent });
    mark.dataset.unsent = mark.dataset.stays = "";
    form.append(mark);
  }

  function notice(level, message, quote = "") {
    const place = document.querySelector("[data-board-notice]");
    if (!place) return;
    place.replaceChildren();
    if (!message) return;
    const box = Object.assign(document.createElement("div"), { className: `notice notice--${CSS[level]}` });
    const line = box.appendChild(document.createElement("p"));
    line.textContent = message;
    if (quote) {
      line.append(` ${Board.words.youWrote} `);
      line.appendChild(document.createElement("q")).textContent = quote;
    }
    place.append(box);
  }

  Board.forms = {
    start(root) {
      root.addEventListener("submit", (event) => {
        if (!event.target.getAttribute("action")?.includes("/do/")) return;
        event.preventDefault();
        send(event.target, event.submitter);
      });
    },
  };
})();
