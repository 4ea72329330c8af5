// What is ticked and not saved yet, kept on this phone until the site has said yes: keys, absolute values, the moment of
// the tap, and of names only those of walk-ins, which nobody else has yet.
(() => {
  "use strict";
  const Door = (window.Door ??= {});
  // What could not be sent while its door was open never will be: it is forgotten, with the names of walk-ins in it.
  const FORGOTTEN = 40 * 24 * 60 * 60 * 1000;

  // "p12" is a person, "w<uuid>" a walk-in; "yes" is here, "no" is not. `keeps` is false where nothing can be stored.
  Door.makeQueue = (event) => {
    const place = `door:${event}`;
    let memory = {};

    const queue = {
      keeps: true,
      all: () => Object.entries(read()).map(([key, entry]) => ({ key, ...entry })),
      get: (key) => read()[key]?.value,
      size: () => Object.keys(read()).length,
      first: () => queue.all()[0],
      put(key, value, name) {
        const entries = read();
        // Behind the others: what was meant last is sent last.
        delete entries[key];
        write({ ...entries, [key]: { value, at: Date.now(), name } });
      },
      // Saved, unless another value was chosen while this one was on its way.
      done({ key, at }) {
        const entries = read();
        if (entries[key]?.at !== at) return;
        delete entries[key];
        write(entries);
      },
    };

    function read() {
      if (!queue.keeps) return { ...memory };
      try {
        const stored = JSON.parse(localStorage.getItem(place) ?? "{}");
        return stored && typeof stored === "object" ? stored : {};
      } catch {
        return { ...memory };
      }
    }

    function write(entries) {
      memory = entries;
      try {
        if (Object.keys(entries).length) localStorage.setItem(place, JSON.stringify(entries));
        else localStorage.removeItem(place);
        queue.keeps = true;
      } catch {
        queue.keeps = false;
      }
    }

    function sweep() {
      const places = Object.keys(localStorage).filter((key) => key.startsWith("door:"));
      for (const each of places) {
        const newest = Math.max(...Object.values(JSON.parse(localStorage.getItem(each))).map((entry) => entry.at));
        if (!(newest > Date.now() - FORGOTTEN)) localStorage.removeItem(each);
      }
    }

    try {
      sweep();
    } catch {
      // Nothing can be stored here, or somebody else's things are in the way.
    }
    return queue;
  };
})();
