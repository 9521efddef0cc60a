/* Lists by keyboard, and the selection. */

const rows = () => all("[data-list] [data-row]").filter(shown);
const currentRow = () => document.querySelector("[data-row][data-current]");
const picked = () => all("[data-pick]:checked");
const mainLink = (row) => row.querySelector("[data-main]") || row.querySelector("a[href]");

function go(step) {
  const list = rows();
  if (!list.length) return;
  const next = list.indexOf(currentRow()) + step;
  reach(list[Math.min(Math.max(next, 0), list.length - 1)]);
}

function reach(row) {
  mark(row);
  row.scrollIntoView({ block: "nearest" });
  mainLink(row)?.focus({ preventScroll: true });
  follow(row);
}

function mark(row) {
  all("[data-row][data-current]").forEach((other) => {
    delete other.dataset.current;
    other.removeAttribute("aria-current");
  });
  row.dataset.current = "";
  row.setAttribute("aria-current", "true");
}

function pick(row) {
  const box = row?.querySelector("[data-pick]");
  if (!box) return;
  box.checked = !box.checked;
  countPicked();
}

function pickAll(box) {
  all("[data-pick]", box.closest("[data-list]")).forEach((other) => { other.checked = box.checked; });
  countPicked();
}

function unpick() {
  all("[data-pick]:checked, [data-pick-all]:checked").forEach((box) => { box.checked = false; });
  countPicked();
}

function countPicked() {
  all("[data-picked-count]").forEach((place) => { place.textContent = `${picked().length} dipilih`; });
}

const ROW_KEYS = {
  j: () => go(1),
  k: () => go(-1),
  o: () => currentRow() && mainLink(currentRow())?.click(),
  Enter: () => currentRow() && mainLink(currentRow())?.click(),
  " ": () => pick(currentRow()),
};

/** What a key presses: in the opened form, the selection bar, the current row, or anywhere else. */
function keyed(key) {
  const selector = `[data-key="${CSS.escape(key)}"]`;
  const places = [openedForm(), picked().length && document.querySelector(".pickbar"), currentRow()].filter(Boolean);
  const near = places.map((place) => all(selector, place).find(shown)).find(Boolean);
  return near || all(selector).find((element) => !element.closest("[data-row], .pickbar") && (shown(element) || element.closest("[data-menu]")));
}

function press(element) {
  if (!element.matches(FIELDS)) return element.click();
  element.focus();
  element.select?.();
}

/** A link that says it is a button answers to space as one. */
function pressAsButton(event) {
  event.preventDefault();
  event.target.click();
}

/** Enter and space belong to the focused control; but space does nothing on a link, so it picks the row. */
function belongsToControl(event) {
  if (event.key !== "Enter" && event.key !== " ") return false;
  const control = event.target.closest("a, button, input, summary, [role=button]");
  return Boolean(control) && !(event.key === " " && control.matches("a:not([role=button])"));
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return escape(event);
  if (event.key === " " && event.target.matches("a[role=button]")) return pressAsButton(event);
  if (keysOff() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (inField(event.target) || document.querySelector("dialog[open]") || belongsToControl(event)) return;
  const element = keyed(event.key);
  const move = document.querySelector("[data-list]") && ROW_KEYS[event.key];
  if (waitsForReader(event.key, element)) return event.preventDefault();
  if (!element && !move) return;
  event.preventDefault();
  element ? press(element) : move();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-list] [data-row]");
  if (row && row !== currentRow() && event.target.matches("[data-main], [data-pick]")) mark(row);
});
