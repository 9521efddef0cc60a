/* Where it starts: presses and changes heard once for the whole page, and a welcome for every new piece of it. */

const PRESSES = {
  opens: (element, event) => { event.preventDefault(); toggle(element); },
  closes: (element, event) => {
    const form = element.closest(OPENABLE);
    if (!form) return;
    event.preventDefault();
    shut(form);
  },
  unpick,
  copy: copyFrom,
  theme: (element) => pinTheme(element.dataset.theme),
  dialog: (element) => document.getElementById(element.dataset.dialog)?.showModal(),
  print: () => window.print(),
  gone: (element) => element.closest("[data-toast]")?.remove(),
};

document.addEventListener("click", (event) => {
  all("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  for (const [name, act] of Object.entries(PRESSES)) {
    const element = event.target.closest(`[data-${name}]`);
    if (element) act(element, event);
  }
  const row = event.target.closest("[data-list] [data-row]");
  if (row && row !== currentRow()) mark(row);
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-pick]")) countPicked();
  if (target.matches("[data-pick-all]")) pickAll(target);
  if (target.matches("[data-keys-switch]")) switchKeys(target.checked);
  if (target.dataset.says) sayChoice(target);
  if (target.name === "move" && target.form) needs(target.form);
  if (target.form?.matches("[data-autosubmit]")) target.form.requestSubmit();
});

document.addEventListener("paste", (event) => catchFiles(event, event.clipboardData));
document.addEventListener("drop", (event) => catchFiles(event, event.dataTransfer));
document.addEventListener("dragover", (event) => { if (catching()) event.preventDefault(); });

function welcome(part) {
  within(part, "[data-toast]").forEach(timeToast);
  within(part, "form").forEach(needs);
  within(part, "form[data-keep]").forEach(recall);
  within(part, "[data-says]:checked").forEach(sayChoice);
  within(part, ".opens[data-open]").forEach((form) => showOpen(form, true));
  if (matchMedia("(min-width: 761px)").matches) within(part, "details.fold").forEach((fold) => { fold.open = true; });
}

root.dataset.js = "on";
settleSent();
welcome(document.body);
countPicked();
showTheme();
switchKeys(!keysOff());
all("[data-themes]").forEach((place) => { place.hidden = false; });
all("main nav [aria-current]").forEach((place) => place.scrollIntoView({ block: "nearest", inline: "center" }));
const asked = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
if (asked && asked.matches(OPENABLE)) open(asked);
