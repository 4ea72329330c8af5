// The buttons above a Markdown text. They write as typing does, so that the browser's own undo takes it back.
(() => {
  "use strict";
  const Editor = (window.Editor ??= {});
  const PREFIX = { heading: "## ", list: "- " };
  const ANY_PREFIX = { heading: /^#{1,6} +/, list: /^[-*+] +/ };
  const KEYS = { b: "bold", k: "link" };

  // Write over start–end, then select a part of what was written.
  Editor.write = (text, start, end, words, from = words.length, to = from) => {
    text.focus();
    text.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, words)) {
      text.setRangeText(words, start, end);
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    text.setSelectionRange(start + from, start + to);
  };

  function bold(text, sample) {
    let { selectionStart: start, selectionEnd: end } = text;
    const isBold = text.value.slice(start - 2, start) === "**" && text.value.slice(end, end + 2) === "**";
    if (isBold) [start, end] = [start - 2, end + 2];
    const chosen = text.value.slice(start, end);
    if (/^\*\*[^]+\*\*$/.test(chosen)) return Editor.write(text, start, end, chosen.slice(2, -2), 0, chosen.length - 4);
    // Stars beside a space, or around several paragraphs, mean nothing.
    const words = (chosen || sample).replace(/^(\s*)(.*?)(\s*)$/gm, (all, before, line, after) => (line ? `${before}**${line}**${after}` : all));
    const inner = words.includes("\n") ? [0, words.length] : [words.indexOf("**") + 2, words.lastIndexOf("**")];
    Editor.write(text, start, end, words, ...inner);
  }

  function lines(text, sample, tool) {
    const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
    const next = text.value.indexOf("\n", text.selectionEnd);
    const end = next < 0 ? text.value.length : next;
    const chosen = text.value.slice(start, end) || sample;
    const old = chosen.split("\n");
    const isOn = old.every((line) => !line || line.startsWith(PREFIX[tool]));
    const mark = (line) => (line ? (isOn ? "" : PREFIX[tool]) + line.replace(ANY_PREFIX[tool], "") : line);
    const words = old.map(mark).join("\n");
    Editor.write(text, start, end, words, isOn || old.length > 1 ? 0 : PREFIX[tool].length, words.length);
  }

  function link(text, sample) {
    const { selectionStart: start, selectionEnd: end } = text;
    const chosen = text.value.slice(start, end);
    if (/^https?:\/\/\S+$/.test(chosen)) return Editor.write(text, start, end, `[${sample}](${chosen})`, 1, 1 + sample.length);
    const words = chosen || sample;
    Editor.write(text, start, end, `[${words}](https://)`, words.length + 3, words.length + 11);
  }

  const TOOLS = { bold, link, heading: (text, sample) => lines(text, sample, "heading"), list: (text, sample) => lines(text, sample, "list") };

  // One stop for the Tab key; the arrows go from button to button.
  function roam(bar) {
    const buttons = [...bar.querySelectorAll("button")];
    const stopAt = (chosen) => buttons.forEach((button) => { button.tabIndex = button === chosen ? 0 : -1; });
    stopAt(buttons[0]);
    bar.addEventListener("focusin", (event) => stopAt(event.target));
    bar.addEventListener("keydown", (event) => {
      const here = buttons.indexOf(event.target);
      const last = buttons.length - 1;
      const to = { ArrowRight: here < last ? here + 1 : 0, ArrowLeft: here ? here - 1 : last, Home: 0, End: last }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      buttons[to].focus();
    });
  }

  Editor.toolbar = (bar, text) => {
    const use = (tool) => TOOLS[tool](text, bar.querySelector(`[data-tool="${tool}"]`).dataset.sample);
    bar.hidden = false;
    roam(bar);
    bar.addEventListener("click", (event) => {
      const tool = event.target.closest("[data-tool]")?.dataset.tool;
      if (tool) use(tool);
    });
    text.addEventListener("keydown", (event) => {
      const tool = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && KEYS[event.key.toLowerCase()];
      if (!tool) return;
      event.preventDefault();
      use(tool);
    });
  };
})();
