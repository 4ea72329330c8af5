// Counts down to `data-ends-at` by the server's clock: a phone whose own is wrong shows the same as all others.
(() => {
  "use strict";
  const Board = (window.Board ??= {});
  const MINUTE = 60000;
  let ahead = 0;
  // What was left when it was last looked at, of which end.
  let before = { end: 0, left: 0 };

  function words(left) {
    const seconds = Math.ceil(left / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  function draw() {
    for (const clock of document.querySelectorAll("[data-ends-at]")) {
      const end = Number(clock.dataset.endsAt);
      const left = Math.max(0, end - now());
      const text = words(left);
      if (clock.textContent !== text) clock.textContent = text;
      if (before.end === end && before.left > MINUTE && left <= MINUTE) Board.say(Board.words.minuteLeft);
      before = { end, left };
    }
    for (const line of document.querySelectorAll("[data-left-until]")) {
      line.value = Math.max(0, Number(line.dataset.leftUntil) - now()) / 1000;
      line.hidden = false;
    }
    // What is shown for some seconds, and then makes room again.
    for (const news of document.querySelectorAll("[data-until]")) news.hidden = now() >= Number(news.dataset.until);
  }

  const now = () => Date.now() + ahead;

  Board.clock = {
    draw,
    // `now` is the server's clock, in milliseconds, at the moment of sending.
    correct(now) {
      ahead = now - Date.now();
    },
    start() {
      setInterval(draw, 250);
      draw();
    },
  };
})();
