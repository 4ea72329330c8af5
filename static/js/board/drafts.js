// What is typed and not yet stored is kept on this device, for each board and field, until the server has it.
(() => {
  "use strict";
  const Board = (window.Board ??= {});
  const DAYS = 2;
  const FIELDS = 'textarea[id], input[type="text"][id]';
  let drawer;

  const keyOf = (field) => field.dataset.draft ?? field.id;
  const idField = (form) => form?.querySelector('input[name="client_id"]');

  function keep(field) {
    const drafts = drawer.read();
    // The form's own name goes along: sent again after a reload it is still the same note.
    drafts[keyOf(field)] = { text: field.value, id: idField(field.form)?.value, at: Date.now() };
    if (!field.value) delete drafts[keyOf(field)];
    drawer.write(drafts);
  }

  function put(field, draft) {
    const isTyping = field === document.activeElement && field.value;
    if (isTyping || field.value === draft.text) return;
    field.value = draft.text;
    if (draft.id && idField(field.form)) idField(field.form).value = draft.id;
    const fold = field.closest("details");
    if (fold) fold.open = true;
  }

  Board.drafts = {
    start(code, root) {
      drawer = Drafts.drawer("board", code, DAYS);
      root.addEventListener("input", (event) => event.target.matches(FIELDS) && keep(event.target));
      this.restore(root);
    },
    restore(root) {
      const drafts = drawer.read();
      for (const field of root.querySelectorAll(FIELDS)) {
        const draft = drafts[keyOf(field)];
        if (draft) put(field, draft);
      }
    },
    // The server has it.
    forget(form) {
      const drafts = drawer.read();
      for (const field of form.querySelectorAll(FIELDS)) delete drafts[keyOf(field)];
      drawer.write(drafts);
    },
    keepAll(form) {
      for (const field of form.querySelectorAll(FIELDS)) keep(field);
    },
    // What is typed in it, by field.
    texts(form) {
      const filled = [...form.querySelectorAll(FIELDS)].filter((field) => field.value);
      return new Map(filled.map((field) => [field, field.value]));
    },
  };
})();
