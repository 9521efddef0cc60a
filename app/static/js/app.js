/* Tanggap's own script. Pages work without it; it adds keys, focus, memory and manners. No HTML sinks, no eval.
 *
 * Authors only write attributes:
 *   data-list                 a list with keys: j k move, o and Enter open, space picks
 *   data-row                  one row in it (give it an id); data-current marks the present one
 *   data-main                 the link that opens the row (else its first link)
 *   data-pick                 the row's checkbox; data-pick-all picks every row
 *   data-picked-count         says how many are picked (inside .pickbar)
 *   data-unpick               button that empties the selection
 *   data-key="t"              pressed with that key: in the selection bar when something is picked, else in the
 *                             current row, else anywhere on the page. On a field it means focus.
 *   data-opens="id"           link or button that opens the hidden form `id` (.opens, .item-form) and focuses it;
 *                             its .fact gets the notch. data-closes inside closes again, as Esc does.
 *   data-focus                gets the focus when it arrives in a fragment (error summaries)
 *   data-announce="…"         said to screen readers when its element arrives in a fragment
 *   data-live                 a polling element: it skips its turn while somebody types, picks or edits in its target
 *   data-keep="name"          a form whose typed words survive a dead session, per address and name
 *   data-copy="id"            copies the field `id`, or selects it where there is no clipboard
 *   data-says="…"             a radio whose choice names the form's button marked data-says-here
 *   data-needs="hold reroute" a part of a form shown only for these values of its `move` (others are disabled)
 *   data-toast                leaves after 8 s, not while hovered or focused
 *   data-dialog="id"          opens a <dialog>; data-theme="dark" pins a theme, data-keys-switch turns keys off
 *   data-menu                 a <details> that closes on Esc and on a press outside
 *   data-autosubmit           a GET form that sends itself when a select in it changes
 */
(() => {
  "use strict";

  const BONES_AFTER = 300;
  const TOAST_STAYS = 8000;
  const YEAR = 31536000;
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const inField = (element) => element.closest?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
  const shown = (element) => element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;

  root.dataset.js = "on";

  /* ── lists and keys ─────────────────────────────────────────────── */

  const keysOff = () => localStorage.getItem("pintasan") === "off";
  const rows = () => all("[data-list] [data-row]").filter(shown);
  const current = () => document.querySelector("[data-row][data-current]");
  const picked = () => all("[data-pick]:checked");

  function go(step) {
    const list = rows();
    if (!list.length) return;
    const here = list.indexOf(current());
    choose(list[Math.min(Math.max(here + step, 0), list.length - 1)]);
  }

  function choose(row) {
    all("[data-row][data-current]").forEach((other) => {
      delete other.dataset.current;
      other.removeAttribute("aria-current");
    });
    row.dataset.current = "";
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    mainLink(row)?.focus({ preventScroll: true });
  }

  const mainLink = (row) => row.querySelector("[data-main]") || row.querySelector("a[href]");

  function pick(row) {
    const box = row?.querySelector("[data-pick]");
    if (!box) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function countPicked() {
    const many = picked().length;
    all("[data-picked-count]").forEach((place) => { place.textContent = `${many} dipilih`; });
  }

  function byKey(key) {
    const wanted = (within) => all(`[data-key="${CSS.escape(key)}"]`, within).find(shown);
    const bar = picked().length ? document.querySelector(".pickbar") : null;
    const open = document.querySelector(".opens[data-open], .item-form[data-open]");
    return (open && wanted(open)) || (bar && wanted(bar)) || (current() && wanted(current()))
      || all(`[data-key="${CSS.escape(key)}"]`).find((element) => (shown(element) || key === "?") && !element.closest("[data-row], .pickbar"));
  }

  function press(element) {
    if (element.matches("input:not([type=checkbox], [type=radio]), textarea, select")) {
      element.focus();
      element.select?.();
    } else {
      element.click();
    }
  }

  const MOVES = {
    j: () => go(1),
    k: () => go(-1),
    o: () => current() && mainLink(current())?.click(),
    Enter: () => current() && mainLink(current())?.click(),
    " ": () => pick(current()),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return escape(event);
    if (keysOff() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (inField(event.target) || document.querySelector("dialog[open]")) return;
    const alone = event.target === document.body || event.target.closest("[data-row]") || event.target.id === "isi";
    if ((event.key === "Enter" || event.key === " ") && (!alone || event.target.matches("a, button, input, summary, [role=button]"))) {
      const onTitle = event.key === " " && event.target.matches("[data-row] a") && mainLink(event.target.closest("[data-row]")) === event.target;
      if (!onTitle) return;
    }
    const element = byKey(event.key);
    const move = MOVES[event.key];
    if (!element && (!move || !document.querySelector("[data-list]"))) return;
    event.preventDefault();
    element ? press(element) : move();
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-list] [data-row]");
    if (row && row !== current() && event.target.matches("[data-main], [data-pick]")) choose_quietly(row);
  });

  function choose_quietly(row) {
    all("[data-row][data-current]").forEach((other) => { delete other.dataset.current; other.removeAttribute("aria-current"); });
    row.dataset.current = "";
    row.setAttribute("aria-current", "true");
  }

  /* ── opened forms ───────────────────────────────────────────────── */

  const openers = (id) => all(`[data-opens="${CSS.escape(id)}"]`);

  function open(id, opener) {
    const form = document.getElementById(id);
    if (!form) return;
    all(".opens[data-open], .item-form[data-open]").forEach((other) => other !== form && shut(other, false));
    form.dataset.open = "";
    form.dataset.openedBy = opener?.id || "";
    openers(id).forEach((button) => {
      button.setAttribute("aria-expanded", "true");
      button.closest(".fact")?.setAttribute("data-open", "");
    });
    needs(form);
    const field = form.querySelector("[autofocus], input:checked, input:not([type=hidden]), select, textarea, button");
    field?.focus();
    form.scrollIntoView({ block: "nearest" });
  }

  function shut(form, back = true) {
    delete form.dataset.open;
    if (location.hash === `#${form.id}`) history.replaceState(history.state, "", location.pathname + location.search);
    const buttons = openers(form.id);
    buttons.forEach((button) => {
      button.setAttribute("aria-expanded", "false");
      button.closest(".fact")?.removeAttribute("data-open");
    });
    const opener = document.getElementById(form.dataset.openedBy) || buttons.find(shown);
    if (back) opener?.focus();
  }

  function escape(event) {
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      return;
    }
    const form = event.target.closest?.(".opens, .item-form") || document.querySelector(".opens[data-open], .item-form[data-open]");
    if (form) {
      shut(form);
      event.preventDefault();
    } else if (picked().length && !inField(event.target)) {
      unpick();
    }
  }

  function unpick() {
    picked().forEach((box) => { box.checked = false; });
    countPicked();
  }

  /* ── parts of a form ────────────────────────────────────────────── */

  function needs(form) {
    const chosen = form.querySelector("[name=move]:checked, select[name=move]")?.value;
    all("[data-needs]", form).forEach((part) => {
      const wanted = part.dataset.needs.split(" ").includes(chosen);
      part.hidden = !wanted;
      all("input, select, textarea", part).forEach((field) => { field.disabled = !wanted; });
    });
  }

  function sayChoice(radio) {
    const place = radio.form?.querySelector("[data-says-here]");
    if (place) place.textContent = radio.dataset.says;
  }

  /* ── presses and changes, heard once for the whole page ─────────── */

  const PRESSES = {
    opens: (element, event) => { event.preventDefault(); toggle(element); },
    closes: (element, event) => {
      const form = element.closest(".opens, .item-form");
      if (form) { event.preventDefault(); shut(form); }
    },
    unpick: () => unpick(),
    copy: (element) => copy(element),
    theme: (element) => pinTheme(element.dataset.theme),
    dialog: (element) => document.getElementById(element.dataset.dialog)?.showModal(),
    gone: (element) => element.closest("[data-toast], .say")?.remove(),
  };

  function toggle(opener) {
    const form = document.getElementById(opener.dataset.opens);
    form && "open" in form.dataset ? shut(form) : open(opener.dataset.opens, opener);
  }

  document.addEventListener("click", (event) => {
    all("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    for (const [name, act] of Object.entries(PRESSES)) {
      const element = event.target.closest(`[data-${name}]`);
      if (element) act(element, event);
    }
    const row = event.target.closest("[data-list] [data-row]");
    if (row && row !== current()) choose_quietly(row);
  });

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.matches("[data-pick]")) countPicked();
    if (field.matches("[data-pick-all]")) {
      all("[data-pick]", field.closest("[data-list]")).forEach((box) => { box.checked = field.checked; });
      countPicked();
    }
    if (field.name === "move" && field.form) needs(field.form);
    if (field.dataset.says) sayChoice(field);
    if (field.matches("[data-keys-switch]")) switchKeys(field.checked);
    if (field.form?.matches("[data-autosubmit]")) field.form.requestSubmit();
  });

  /* ── theme, keys, copy ──────────────────────────────────────────── */

  function pinTheme(theme) {
    document.cookie = `tema=${theme}; path=/; SameSite=Lax; max-age=${theme ? YEAR : 0}`;
    theme ? root.setAttribute("data-bs-theme", theme) : root.removeAttribute("data-bs-theme");
    showTheme();
  }

  function showTheme() {
    const pinned = root.getAttribute("data-bs-theme") || "";
    all("[data-theme]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.theme === pinned)));
  }

  function switchKeys(on) {
    on ? localStorage.removeItem("pintasan") : localStorage.setItem("pintasan", "off");
    root.classList.toggle("keys-off", !on);
  }

  async function copy(button) {
    const field = document.getElementById(button.dataset.copy);
    field.focus();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      say("Teks sudah disalin.");
    } catch {
      say("Teks sudah terpilih. Tekan Ctrl+C untuk menyalin.");
    }
  }

  function say(words) {
    const place = document.getElementById("kabar");
    if (!place || !words) return;
    place.textContent = "";
    setTimeout(() => { place.textContent = words; }, 50);
  }

  /* ── toasts ─────────────────────────────────────────────────────── */

  function timeToast(toast) {
    if (toast.dataset.timed || toast.matches("[data-say=error]")) return;
    toast.dataset.timed = "yes";
    const leave = () => {
      if (toast.matches(":hover, :focus-within")) return setTimeout(leave, 1500);
      toast.remove();
    };
    setTimeout(leave, TOAST_STAYS);
  }

  /* ── words that survive a dead session ──────────────────────────── */

  const keepKey = (form) => `tulisan:${location.pathname}:${form.dataset.keep}`;
  const words = (form) => all("textarea, input[type=text], input[type=datetime-local], select", form).filter((field) => field.name);

  function remember(form) {
    const kept = Object.fromEntries(words(form).filter((field) => field.value).map((field) => [field.name, field.value]));
    sessionStorage.setItem(keepKey(form), JSON.stringify(kept));
  }

  function recall(form) {
    const kept = JSON.parse(sessionStorage.getItem(keepKey(form)) || "{}");
    for (const field of words(form)) {
      if (kept[field.name] && !field.value) field.value = kept[field.name];
    }
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-keep]");
    if (form) remember(form);
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-keep]:not([hx-post])")) sessionStorage.setItem("tulisan-dikirim", keepKey(event.target));
  });

  function settleKept() {
    if (document.body.matches(".sign-in")) return sessionStorage.removeItem("tulisan-dikirim");
    const sent = sessionStorage.getItem("tulisan-dikirim");
    sessionStorage.removeItem("tulisan-dikirim");
    if (sent && !document.querySelector("[aria-invalid=true], .conflict, .lost")) sessionStorage.removeItem(sent);
  }

  /* ── htmx: bones, manners, news ─────────────────────────────────── */

  function busy(element) {
    const target = element?.closest?.("[data-live]") || element;
    if (!target) return false;
    const active = document.activeElement;
    const typing = active && target.contains(active) && inField(active);
    const selecting = target.contains(document.getSelection()?.anchorNode) && !document.getSelection().isCollapsed;
    return Boolean(typing || selecting || target.querySelector(".opens[data-open], .item-form[data-open], [data-pick]:checked"));
  }

  document.addEventListener("htmx:before:request", (event) => {
    const { sourceElement, target } = event.detail.ctx;
    if (sourceElement.matches("[data-live]") && (document.hidden || busy(target))) return event.preventDefault();
    const waiting = target instanceof Element && !sourceElement.matches("[data-live]") ? (sourceElement.matches("form") ? sourceElement.querySelector(".btn-main") : sourceElement) : null;
    if (waiting) event.detail.ctx.bones = setTimeout(() => { waiting.dataset.wait = ""; }, BONES_AFTER);
    event.detail.ctx.waiting = waiting;
  });

  document.addEventListener("htmx:finally:request", (event) => {
    const ctx = event.detail.ctx;
    clearTimeout(ctx.bones);
    if (ctx.waiting) delete ctx.waiting.dataset.wait;
  });

  document.addEventListener("htmx:before:swap", (event) => {
    const ctx = event.detail.ctx;
    if (ctx.sourceElement?.matches("[data-live]") && busy(ctx.target)) return event.preventDefault();
    ctx.hadFocus = Boolean(ctx.target?.contains?.(document.activeElement));
  });

  document.addEventListener("htmx:after:request", (event) => {
    const ctx = event.detail.ctx;
    const form = ctx.sourceElement.closest("form[data-keep]");
    if (form && ctx.response.status < 400) sessionStorage.removeItem(keepKey(form));
  });

  document.addEventListener("htmx:after:settle", (event) => {
    const { newContent, task } = event.detail;
    const parts = newContent.filter((node) => node instanceof Element);
    parts.forEach(welcome);
    const announced = parts.flatMap((part) => [part, ...all("[data-announce]", part)]).find((part) => part.dataset?.announce);
    if (announced) say(announced.dataset.announce);
    if (task.type === "main") refocus(parts, task);
  });

  function refocus(parts, task) {
    const first = (selector) => parts.map((part) => part.matches(selector) ? part : part.querySelector(selector)).find(Boolean);
    const wrong = first("[data-focus]") || first("[aria-invalid=true]");
    if (wrong) return wrong.focus();
    if (document.activeElement !== document.body || task.sourceElement?.matches?.("[data-live]")) return;
    const opener = first(".edit") || first("[data-main]") || first("a[href], button");
    opener?.focus({ preventScroll: true });
  }

  document.addEventListener("htmx:error", () => {
    if (navigator.onLine === false) say("Tanpa jaringan. Tulisan Anda tetap di layar; kirim lagi setelah tersambung.");
    corner("Belum tersambung ke server. Tulisan Anda tetap di layar; coba kirim lagi.");
  });

  function corner(sentence) {
    const box = document.createElement("div");
    box.className = "say";
    box.dataset.say = "offline";
    box.dataset.toast = "";
    box.append(Object.assign(document.createElement("div"), { textContent: sentence }));
    document.getElementById("toasts")?.replaceChildren(box);
    timeToast(box);
  }

  /* ── every new piece of page ────────────────────────────────────── */

  function welcome(part) {
    const within = (selector) => [...(part.matches?.(selector) ? [part] : []), ...all(selector, part)];
    within("[data-toast]").forEach(timeToast);
    within("form").forEach(needs);
    within("form[data-keep]").forEach(recall);
    within("[data-says]:checked").forEach(sayChoice);
    within(".opens[data-open]").forEach((form) => openers(form.id).forEach((button) => {
      button.setAttribute("aria-expanded", "true");
      button.closest(".fact")?.setAttribute("data-open", "");
    }));
  }

  /* Folds are open on wide screens; say so to assistive technology too. */
  function unfold() {
    if (matchMedia("(min-width: 761px)").matches) all("details.fold").forEach((fold) => { fold.open = true; });
  }

  settleKept();
  welcome(document.body);
  unfold();
  countPicked();
  showTheme();
  switchKeys(!keysOff());
  all("[data-themes]").forEach((place) => { place.hidden = false; });
  all("[data-keys-switch]").forEach((box) => { box.checked = !keysOff(); });
  if (location.hash.length > 1 && document.getElementById(location.hash.slice(1))?.matches(".opens")) open(location.hash.slice(1));
})();
