// Copies what stands in a field, and hands an address to the device's own sharing. Shows the buttons for it, which only a
// script can answer; without it the field is selected and copied by hand. A module: it runs once, however often it is linked.
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

for (const box of document.querySelectorAll("[data-share]")) {
  const field = box.querySelector("input, textarea");
  const copy = box.querySelector("[data-share-copy]");
  const share = box.querySelector("[data-share-on]");
  const said = box.querySelector("[role=status]");

  field.addEventListener("focus", () => field.select());

  copy.hidden = false;
  copy.addEventListener("click", async () => {
    said.textContent = "";
    const words = (await copied(field)) ? copy.dataset.done : copy.dataset.failed;
    copy.focus();
    said.textContent = words;
  });

  if (share && navigator.share) {
    share.hidden = false;
    // Whoever changes their mind has said no to nothing.
    share.addEventListener("click", () => navigator.share({ title: share.dataset.shareOn, url: field.value }).catch(() => {}));
  }
}
