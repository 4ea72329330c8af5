// What is typed and not stored yet is kept on this device until the server has it, or until some days have gone by.
(() => {
  "use strict";
  const DAY = 24 * 3600 * 1000;

  function read(place) {
    try {
      return JSON.parse(localStorage.getItem(place)) ?? {};
    } catch {
      return {};
    }
  }

  // A browser that refuses to store anything still lets people write.
  function write(place, drafts) {
    try {
      if (Object.keys(drafts).length) localStorage.setItem(place, JSON.stringify(drafts));
      else localStorage.removeItem(place);
    } catch {}
  }

  function forget(kind, isOld = () => true) {
    try {
      const places = Object.keys(localStorage).filter((place) => place.startsWith(`${kind}:`));
      for (const place of places) if (isOld(Object.values(read(place)))) localStorage.removeItem(place);
    } catch {}
  }

  window.Drafts = {
    // The drafts of one page, by field; each has the moment `at` which it was typed. Old ones of its kind are forgotten.
    drawer(kind, name, days) {
      const place = `${kind}:${name}`;
      forget(kind, (drafts) => !drafts.some((draft) => Date.now() - draft.at < days * DAY));
      return { place, read: () => read(place), write: (drafts) => write(place, drafts) };
    },
    forget,
    empty: (place) => write(place, {}),
  };
})();
