// Makes the children of one element like those of another while keeping every node that is in both: so the focus, the
// scroll position, what is unfolded and what somebody is typing stay as they are, whatever others write meanwhile.
(() => {
  "use strict";
  const Board = (window.Board ??= {});

  // By which a node is known again: its id, what a form is about, or the id of what it holds.
  function keyOf(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    if (node.getAttribute("id")) return node.getAttribute("id");
    if (node.nodeName === "FORM") return `${node.getAttribute("action")} ${about(node)}`;
    const inner = node.firstElementChild?.getAttribute("id");
    return inner ? `>${inner}` : "";
  }

  function about(form) {
    const fields = form.querySelectorAll('input[type="hidden"]:not([name="client_id"], [name="csrfmiddlewaretoken"])');
    return [...fields].map((field) => `${field.name}=${field.getAttribute("value")}`).join("&");
  }

  function morph(old, fresh) {
    const known = new Map([...old.children].map((node) => [keyOf(node), node]));
    let place = old.firstChild;
    for (const node of [...fresh.childNodes]) {
      const match = find(place, node, known);
      if (match) {
        known.delete(keyOf(match));
        place = bringTo(place, match, old);
        update(match, node);
      } else {
        old.insertBefore(node, place);
      }
    }
    while (place) place = removed(place);
  }

  // Nodes without a key are matched in their order.
  function find(place, node, known) {
    const key = keyOf(node);
    const match = key ? known.get(key) : place && !keyOf(place) && place;
    return match && match.nodeName === node.nodeName ? match : null;
  }

  // The node itself stays where it is, since moving it would take its focus: what stands before it goes.
  function bringTo(place, match, parent) {
    if (match.parentNode !== parent) parent.insertBefore(match, place);
    else while (place !== match) place = removed(place);
    return match.nextSibling;
  }

  // Goes on to the next; what a script of ours has put there stays.
  function removed(node) {
    const next = node.nextSibling;
    if (!node.dataset || !("stays" in node.dataset)) node.remove();
    return next;
  }

  function update(old, fresh) {
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      old.nodeValue = fresh.nodeValue;
      return;
    }
    // A form that is being filled in keeps its name, so that sending it once more cannot make a second note.
    if (old.name === "client_id") return;
    // What a script has said about words that are being typed stands as long as they do.
    if ("hintLine" in old.dataset && old.textContent) return;
    attributes(old, fresh);
    morph(old, fresh);
  }

  function attributes(old, fresh) {
    for (const { name } of [...old.attributes]) {
      // What a person has unfolded stays so.
      const stays = name === "open" && old.nodeName === "DETAILS";
      if (!stays && !fresh.hasAttribute(name)) old.removeAttribute(name);
    }
    // A field that was typed in keeps what was typed: `value` is only what it began with.
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
  }

  // Where the focused element is gone or off, its neighbour or its section's heading takes the focus, not the page's top.
  function keepFocus(slot, change) {
    const focused = slot.contains(document.activeElement) ? document.activeElement : null;
    const form = focused?.form;
    change();
    if (!focused || (document.activeElement === focused && !focused.disabled)) return;
    const next = focused.isConnected && !focused.disabled ? focused : moved(focused) ?? neighbour(form) ?? heading(slot);
    next?.focus({ preventScroll: true });
  }

  // The same field at another place, perhaps folded away: somebody is writing in it.
  function moved(focused) {
    const found = focused.id && !focused.isConnected && document.getElementById(focused.id);
    if (!found) return null;
    found.closest("details")?.setAttribute("open", "");
    return found;
  }

  function neighbour(form) {
    return form?.isConnected ? form.querySelector("button:not([disabled])") : null;
  }

  function heading(slot) {
    const found = slot.querySelector("h2");
    found?.setAttribute("tabindex", "-1");
    return found;
  }

  // Make what is in `slot` like what is in `fresh`, which is used up.
  Board.morph = (slot, fresh) => keepFocus(slot, () => morph(slot, fresh));
  Board.replace = (slot, html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    Board.morph(slot, template.content);
  };
})();
