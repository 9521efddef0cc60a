/* What a person sets once: theme and keys. What leaves by itself: toasts. What is taken along: copied text. */

const TOAST_STAYS = 8000;
const YEAR = 31536000;
const keysOff = () => localStorage.getItem("pintasan") === "off";

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
  all("[data-keys-switch]").forEach((box) => { box.checked = on; });
}

async function copyFrom(button) {
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

function timeToast(toast) {
  if (toast.dataset.timed || toast.matches("[data-say=error]")) return;
  toast.dataset.timed = "yes";
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 1500) : toast.remove());
  setTimeout(leave, TOAST_STAYS);
}
