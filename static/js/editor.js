// The Markdown editor's own part, beside markdownx: pictures with a description, and a keyboard that is not trapped.
// Markdownx sends text to the preview; without either script the text field is an ordinary one.
(() => {
  "use strict";

  function setUp(editor) {
    if ("ready" in editor.dataset) return;
    editor.dataset.ready = "";
    const text = editor.querySelector("textarea");
    const panel = editor.querySelector("[data-editor-picture]");
    const say = (message) => { editor.querySelector("[data-editor-status]").textContent = message; };
    const field = (name) => panel.querySelector(`[data-picture="${name}"]`);

    editor.querySelector(".markdownx-preview").hidden = false;
    editor.querySelector("[data-editor-plain]").hidden = true;
    panel.hidden = false;

    // Tab moves on, and AltGr+8 and AltGr+9 write brackets on Nordic keyboards: markdownx would indent instead.
    editor.addEventListener("keydown", (event) => {
      if (event.key === "Tab" || event.altKey || event.getModifierState("AltGraph")) event.stopPropagation();
      // Enter in a field of the panel inserts the picture and does not send the whole form.
      if (event.key === "Enter" && event.target.matches("[data-picture]")) {
        event.preventDefault();
        insert();
      }
    }, true);

    // One picture dropped or pasted waits in the panel for its description. Several at once go straight in, each with
    // a placeholder to be replaced.
    function take(event, transfer) {
      if (!transfer || transfer.files.length !== 1) return;
      event.preventDefault();
      event.stopPropagation();
      panel.open = true;
      field("image").files = transfer.files;
      field("alt").focus();
    }
    editor.addEventListener("drop", (event) => take(event, event.dataTransfer), true);
    editor.addEventListener("paste", (event) => take(event, event.clipboardData), true);
    editor.addEventListener("markdownx.updateError", () => say(editor.dataset.error));
    panel.querySelector("[data-editor-insert]").addEventListener("click", insert);

    async function insert() {
      if (!field("image").files.length) return field("image").focus();
      if (!field("alt").value.trim() && !field("is_decorative").checked) {
        say(editor.dataset.missing);
        return field("alt").focus();
      }
      say("…");
      try {
        const answer = await send();
        if (!answer.image_code) return say(answer.error || editor.dataset.error);
        write(answer.image_code);
        clear();
        say(editor.dataset.done);
      } catch {
        say(editor.dataset.error);
      }
    }

    async function send() {
      const body = new FormData();
      body.append("image", field("image").files[0]);
      for (const name of ["alt", "caption", "credit"]) body.append(name, field(name).value);
      if (field("is_decorative").checked) body.append("is_decorative", "on");
      body.append("language", document.documentElement.lang);
      const token = text.form.querySelector("[name=csrfmiddlewaretoken]");
      if (token) body.append("csrfmiddlewaretoken", token.value);
      const response = await fetch(text.dataset.markdownxUploadUrlsPath, { method: "POST", body });
      return response.json();
    }

    // A picture alone in its paragraph is shown large, with its caption.
    function write(code) {
      const before = text.value.slice(0, text.selectionStart).trimEnd();
      const after = text.value.slice(text.selectionEnd).trimStart();
      const start = before ? `${before}\n\n${code}` : code;
      text.value = `${start}\n\n${after}`;
      text.focus();
      text.setSelectionRange(start.length + 2, start.length + 2);
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function clear() {
      for (const name of ["image", "alt", "caption", "credit"]) field(name).value = "";
      field("is_decorative").checked = false;
    }
  }

  document.querySelectorAll("[data-editor]").forEach(setUp);
})();
