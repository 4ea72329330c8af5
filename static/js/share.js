// Copies what stands in a field, and hands an address to the device's own sharing; without a script the field is copied by
// hand. Listens to the whole page, since boards draw parts of it anew. A module: it runs once, however often it is linked.
const root = document.documentElement;
root.toggleAttribute("data-copies", true);
root.toggleAttribute("data-shares", Boolean(navigator.share));

async function copied(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // No clipboard without https, or not allowed.
    return document.execCommand("copy");
  }
}

async function copy(box, button) {
  const said = box.querySelector("[role=status]");
  said.textContent = "";
  const words = (await copied(fieldOf(box))) ? button.dataset.done : button.dataset.failed;
  button.focus();
  said.textContent = words;
}

function fieldOf(box) {
  return box.querySelector("input, textarea");
}

document.addEventListener("focusin", (event) => {
  const box = event.target.closest("[data-share]");
  if (box && fieldOf(box) === event.target) event.target.select();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-share-copy], [data-share-on]");
  if (!button) return;
  const box = button.closest("[data-share]");
  if ("shareCopy" in button.dataset) copy(box, button);
  // Whoever changes their mind has said no to nothing.
  else navigator.share({ title: button.dataset.shareOn, url: fieldOf(box).value }).catch(() => {});
});
