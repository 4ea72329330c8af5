// Makes the words of each list on the big screen as large as its room allows: the server guesses, this tries.
(() => {
  "use strict";
  const Board = (window.Board ??= {});
  const SMALLEST = 15;
  // So many sizes are given up for words that are not broken.
  const FOR_WHOLE_WORDS = 2;
  const WORDS = ".note__what, .rank__what, .said__item, .cell__what";

  const isTooWide = (part) => part.scrollWidth > part.clientWidth + 1;
  const isTooLarge = (list) => list.scrollHeight > list.clientHeight + 1 || isTooWide(list);
  const hasTooLongWord = (list) => [...list.querySelectorAll(WORDS)].some(isTooWide);

  function largest(list, from, isBad) {
    for (let size = from; size <= SMALLEST; size += 1) {
      list.dataset.size = size;
      if (!isBad(list)) return size;
    }
    return Infinity;
  }

  function fit(list) {
    delete list.dataset.whole;
    const broken = Math.min(SMALLEST, largest(list, Number(list.dataset.fit), isTooLarge));
    list.dataset.whole = "";
    const whole = largest(list, broken, (list) => isTooLarge(list) || hasTooLongWord(list));
    const isWorthIt = whole <= broken + FOR_WHOLE_WORDS;
    if (!isWorthIt) delete list.dataset.whole;
    list.dataset.size = isWorthIt ? whole : broken;
  }

  // A note on its way to its place reaches beyond the list, which would count as too large.
  function fitAtRest(list) {
    const moves = list.getAnimations({ subtree: true }).map((move) => [move, move.currentTime]);
    for (const [move] of moves) move.currentTime = move.effect.getComputedTiming().endTime;
    fit(list);
    for (const [move, time] of moves) move.currentTime = time;
  }

  Board.fit = () => document.querySelectorAll("[data-fit]").forEach(fitAtRest);
  window.addEventListener("resize", Board.fit);
  document.fonts.ready.then(Board.fit);
})();
