// Sends each chosen photo by itself, one after the other, and shows how far it has come. One that fails stops none of
// the others and can be sent again: the site knows a file that it has already. Without this script the form sends them all at once.
(() => {
  "use strict";
  const TIMEOUT = 120000;
  const form = document.querySelector("[data-uploads]");
  if (!form) return;
  const part = (name) => form.querySelector(`[data-uploads-${name}]`);
  const input = form.querySelector("input[type=file]");
  const uploads = [];
  let isSending = false;

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    for (const file of input.files) uploads.push(queue(file));
    input.value = "";
    input.removeAttribute("aria-invalid");
    part("progress").hidden = false;
    say();
    sendNext();
  });

  // Leaving would lose what has not been sent.
  window.addEventListener("beforeunload", (event) => {
    if (isSending) event.preventDefault();
  });

  function queue(file) {
    const row = part("row").content.firstElementChild.cloneNode(true);
    const find = (selector) => row.querySelector(selector);
    const body = new FormData(form);
    body.delete(input.name);
    body.append(input.name, file, file.name);
    const upload = { file, body, row, state: find(".uploads__state"), bar: find("progress"), again: find("button") };
    find(".uploads__name").textContent = find(".uploads__which").textContent = file.name;
    upload.bar.setAttribute("aria-label", file.name);
    upload.again.addEventListener("click", () => retry(upload));
    part("files").append(row);
    show(upload, "waiting", form.dataset.waiting);
    return upload;
  }

  function show(upload, is, words) {
    upload.is = is;
    upload.row.dataset.is = is;
    upload.state.textContent = words;
    upload.bar.hidden = is === "failed" || is === "done";
    upload.again.hidden = is !== "failed";
  }

  function say() {
    const number = (is) => uploads.filter((upload) => upload.is === is).length;
    const done = form.dataset.say.replace("{done}", number("done")).replace("{all}", uploads.length);
    const failed = number("failed") ? ` ${form.dataset.sayFailed.replace("{failed}", number("failed"))}` : "";
    part("say").textContent = done + failed;
  }

  function retry(upload) {
    show(upload, "waiting", form.dataset.waiting);
    upload.row.tabIndex = -1;
    upload.row.focus();
    say();
    sendNext();
  }

  async function sendNext() {
    if (isSending) return;
    isSending = true;
    for (let upload; (upload = uploads.find((one) => one.is === "waiting"));) {
      const answer = await send(upload);
      if (answer.error) show(upload, "failed", answer.error);
      else show(upload, "done", answer.known ? form.dataset.known : form.dataset.stored);
      if (answer.edit && part("next").hidden) part("next").href = answer.edit;
      say();
    }
    isSending = false;
    part("next").hidden = !part("next").href;
  }

  // The answer as an object, always: `error` says what went wrong.
  function send(upload) {
    if (upload.file.size > Number(form.dataset.maxBytes)) return Promise.resolve({ error: form.dataset.large });
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const lost = () => resolve({ error: form.dataset.lost });
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.timeout = TIMEOUT;
      request.onerror = request.ontimeout = request.onabort = lost;
      request.onload = () => resolve(read(request));
      request.upload.onprogress = (event) => progress(upload, event);
      show(upload, "sending", form.dataset.sending);
      request.send(upload.body);
    });
  }

  function progress(upload, event) {
    if (!event.lengthComputable) return;
    upload.bar.value = (100 * event.loaded) / event.total;
    if (event.loaded === event.total) {
      upload.state.textContent = form.dataset.storing;
      upload.bar.removeAttribute("value");
    }
  }

  // A page in place of an answer: signed out, or something in between broke.
  function read(request) {
    try {
      const answer = JSON.parse(request.responseText);
      return request.status === 200 || answer.error ? answer : { error: form.dataset.lost };
    } catch {
      return { error: form.dataset.lost };
    }
  }
})();
