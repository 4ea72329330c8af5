// Takes the bar away while the form it leads to is to be seen.
const bar = document.querySelector("[data-rsvp-bar]");
const form = document.getElementById("rsvp");

new IntersectionObserver(([entry]) => bar.classList.toggle("rsvp-bar--gone", entry.isIntersecting)).observe(form);
