// The rows of the door list as they are drawn: what the site knows, and over it what is still on its way.
(() => {
  "use strict";
  const Door = (window.Door ??= {});
  // A tick that is saved within this time never says that it waits.
  const SOON = 1200;

  Door.makeRows = (door, words, queue) => {
    const since = new Map();
    const failed = new Set();
    const names = new Map();
    const lists = door.querySelector("[data-door-lists]");
    const field = door.querySelector("[data-door-add] input[name=name]");

    const people = () => [...lists.querySelectorAll("[data-door-person]")];
    const walkIns = () => [...lists.querySelectorAll("li[data-door-walk-in]")];
    const person = (key) => lists.querySelector(`[data-door-person="${CSS.escape(key)}"]`);
    const walkIn = (id) => lists.querySelector(`li[data-door-walk-in="${CSS.escape(id)}"]`);
    const nameOf = (row) => row?.querySelector(".door__name").textContent.trim() ?? "";

    // What the page that was just loaded says.
    function readPage() {
      for (const row of people()) {
        const isHere = row.querySelector("button").getAttribute("aria-pressed") === "true";
        const said = row.querySelector(".door__said").textContent.trim();
        row.dataset.server = isHere ? "came" : said ? "no_show" : "";
      }
      for (const row of walkIns()) if (nameOf(row)) names.set(row.dataset.doorWalkIn, nameOf(row));
    }

    function paint() {
      for (const row of people()) paintPerson(row);
      paintWalkIns();
      count();
      filter();
    }

    function statusOf(key, queued) {
      if (queued === undefined) return failed.has(key) ? "failed" : "";
      return Date.now() - (since.get(key) ?? 0) > SOON ? "waiting" : "sending";
    }

    function paintPerson(row) {
      const key = row.dataset.doorPerson;
      const queued = queue.get(`p${key}`);
      const isHere = queued === undefined ? row.dataset.server === "came" : queued === "yes";
      const status = statusOf(`p${key}`, queued);
      const button = row.querySelector("button");
      button.setAttribute("aria-pressed", String(isHere));
      button.value = `${key}:${isHere ? "no" : "yes"}`;
      row.dataset.status = status;
      const plain = isHere ? words.here : row.dataset.server === "no_show" && queued === undefined ? words.noShow : "";
      say(row, { waiting: words.waits, failed: words.failed }[status] ?? plain);
    }

    function paintWalkIns() {
      for (const { key, value, name } of queue.all()) {
        if (!key.startsWith("w")) continue;
        const row = walkIn(key.slice(1));
        if (value === "yes" && !row) insert(key.slice(1), name);
        if (value === "no") row?.remove();
      }
      for (const row of walkIns()) {
        const key = `w${row.dataset.doorWalkIn}`;
        row.dataset.status = statusOf(key, queue.get(key));
        say(row, { waiting: words.waits, failed: words.failed }[row.dataset.status] ?? "");
      }
      lists.querySelector("[data-door-walk-in-heading]").hidden = walkIns().length === 0;
    }

    function insert(id, name = words.walkIn) {
      const template = lists.querySelector("[data-door-walk-in-row]");
      const row = template.content.cloneNode(true).querySelector("li");
      row.dataset.doorWalkIn = row.querySelector("button").value = id;
      row.querySelector(".door__name").textContent = name;
      row.querySelector("button .visually-hidden").textContent = ` ${name}`;
      lists.querySelector("[data-door-walk-in-list]").prepend(row);
    }

    function say(row, text) {
      const said = row.querySelector(".door__said");
      if (said.textContent.trim() !== text) said.textContent = text;
    }

    const isGoing = (row) => row.parentElement.dataset.group === "going";

    function isHere(row) {
      return row.querySelector("button").getAttribute("aria-pressed") === "true";
    }

    function count() {
      const here = people().filter(isHere);
      const going = people().filter(isGoing);
      const text = words.count.replace("{here}", here.filter(isGoing).length);
      show("[data-door-count]", text.replace("{all}", going.length));
      show("[data-door-room]", words.room.replace("{room}", here.length + walkIns().length));
    }

    function show(selector, text) {
      const element = door.querySelector(selector);
      if (element.textContent !== text) element.textContent = text;
    }

    // Without accents and capitals, so that "soren" finds Søren.
    function folded(text) {
      const plain = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
      return plain.replaceAll("ø", "o").replaceAll("æ", "ae").replaceAll("đ", "d").trim();
    }

    function filter() {
      const sought = folded(field.value);
      for (const row of [...people(), ...walkIns()]) row.hidden = !folded(nameOf(row)).includes(sought);
      lists.querySelector("[data-door-none]").hidden = !sought || matches().length > 0;
    }

    function matches() {
      return [...people(), ...walkIns()].filter((row) => !row.hidden);
    }

    // Whether the page has the people that the site has; where it has not, its names are out of date.
    function take(state) {
      for (const row of people()) {
        const attendance = state.people[row.dataset.doorPerson];
        if (attendance !== undefined) row.dataset.server = attendance;
      }
      for (const row of walkIns()) {
        const id = row.dataset.doorWalkIn;
        if (!state.walkIns.includes(id) && queue.get(`w${id}`) !== "yes") row.remove();
      }
      const news = state.walkIns.filter((id) => !walkIn(id) && queue.get(`w${id}`) !== "no");
      const keys = new Set(people().map((row) => row.dataset.doorPerson));
      // A row whose tick was refused stays, with its reason, until it is looked at.
      const strayed = [...keys].filter((key) => !(key in state.people) && !failed.has(`p${key}`));
      return news.length === 0 && strayed.length === 0 && Object.keys(state.people).every((key) => keys.has(key));
    }

    function replace(page) {
      const fresh = page.querySelector("[data-door-lists]");
      if (!fresh) return;
      const focused = lists.contains(document.activeElement) ? document.activeElement.closest("li")?.id : "";
      lists.replaceChildren(...fresh.childNodes);
      readPage();
      paint();
      if (focused) document.getElementById(focused)?.querySelector("button")?.focus({ preventScroll: true });
    }

    return {
      SOON, failed, filter, matches, names, nameOf, paint, person, readPage, replace, since, take, walkIn, field,
    };
  };
})();
