// The Markdown editor: its buttons, a preview when it is asked for, and pictures with a description.
// Without this script the text field is an ordinary one.
(() => {
  "use strict";
  const PAUSE = 500;

  function setUp(editor) {
    const text = editor.querySelector("textarea");
    const panel = editor.querySelector("[data-editor-picture]");
    const part = (name) => editor.querySelector(`[data-editor-${name}]`);
    const field = (name) => panel.querySelector(`[data-picture="${name}"]`);
    const say = (message) => { part("status").textContent = message; };

    part("plain").hidden = part("hints").hidden = true;
    Editor.toolbar(part("tools"), text);
    setUpPreview(editor, text, part, say);

    part("pictures").addEventListener("click", () => show(panel.hidden));
    part("insert").addEventListener("click", insert);
    // Enter in a field of the panel inserts the picture and does not send the whole form.
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.target.matches("[data-picture]")) return;
      event.preventDefault();
      insert();
    });

    function show(isOpen) {
      panel.hidden = !isOpen;
      part("pictures").setAttribute("aria-expanded", isOpen);
      if (isOpen) field("image").focus();
    }

    // One picture dropped or pasted waits in the panel for its description. Several at once go straight in, each with
    // a placeholder to be replaced.
    async function take(event, transfer) {
      if (!transfer?.files.length) return;
      event.preventDefault();
      if (transfer.files.length > 1) return insertAll([...transfer.files]);
      show(true);
      field("image").files = transfer.files;
      field("alt").focus();
    }
    text.addEventListener("drop", (event) => take(event, event.dataTransfer));
    text.addEventListener("paste", (event) => take(event, event.clipboardData));

    async function insertAll(files) {
      for (const file of files) {
        const body = new FormData();
        body.append("image", file);
        await store(body);
      }
    }

    async function insert() {
      if (!field("image").files.length) return field("image").focus();
      if (!field("alt").value.trim() && !field("is_decorative").checked) {
        say(editor.dataset.missing);
        return field("alt").focus();
      }
      const body = new FormData();
      body.append("image", field("image").files[0]);
      for (const name of ["alt", "caption", "credit"]) body.append(name, field(name).value);
      if (field("is_decorative").checked) body.append("is_decorative", "on");
      if (await store(body)) clear();
    }

    async function store(body) {
      say("…");
      try {
        const answer = await (await post(text, text.dataset.markdownxUploadUrlsPath, body)).json();
        if (!answer.image_code) return say(answer.error || editor.dataset.error);
        write(answer.image_code);
        say(editor.dataset.done);
        return true;
      } catch {
        say(editor.dataset.error);
      }
    }

    // A picture alone in its paragraph is shown large, with its caption.
    function write(code) {
      const { selectionStart: start, selectionEnd: end, value } = text;
      const before = start ? "\n\n".slice(value.slice(0, start).match(/\n{0,2}$/)[0].length) : "";
      Editor.write(text, start, end, `${before}${code}\n\n`);
    }

    function clear() {
      for (const name of ["image", "alt", "caption", "credit"]) field(name).value = "";
      field("is_decorative").checked = false;
      show(false);
    }
  }

  function setUpPreview(editor, text, part, say) {
    const preview = part("preview");
    const button = part("see");
    let pause;
    let latest = 0;

    async function draw() {
      const asked = ++latest;
      const body = new FormData();
      body.append("content", text.value);
      try {
        const answer = await post(text, text.dataset.markdownxUrlsPath, body);
        if (!answer.ok) throw new Error(answer.status);
        const drawn = await answer.text();
        if (asked !== latest) return;
        preview.innerHTML = drawn;
        say("");
      } catch {
        if (asked === latest) say(editor.dataset.error);
      }
    }

    button.addEventListener("click", () => {
      preview.hidden = !preview.hidden;
      button.setAttribute("aria-expanded", !preview.hidden);
      if (!preview.hidden) draw();
    });
    text.addEventListener("input", () => {
      clearTimeout(pause);
      if (!preview.hidden) pause = setTimeout(draw, PAUSE);
    });
  }

  function post(text, address, body) {
    body.append("language", document.documentElement.lang);
    const token = text.form.querySelector("[name=csrfmiddlewaretoken]");
    if (token) body.append("csrfmiddlewaretoken", token.value);
    return fetch(address, { method: "POST", body });
  }

  document.querySelectorAll("[data-editor]").forEach(setUp);
})();
