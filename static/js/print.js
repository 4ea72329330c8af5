// Shows the print buttons, which only a script can answer; without it the page says how to print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
