// The app in the browser: what was typed on a page stays on this device until the page was sent.
// Every page works without this script.
(() => {
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
  const PREFIX = "giu:";
  const DAYS = 3;
  let shelf;
  try { shelf = window.localStorage; shelf.getItem(PREFIX); } catch { return; }

  const read = (key) => { try { return JSON.parse(shelf.getItem(key)); } catch { return null; } };
  const keys = () => Object.keys(shelf).filter((key) => key.startsWith(PREFIX));
  for (const key of keys()) {
    const kept = read(key);
    if (!kept || Date.now() - kept.at > DAYS * 86400000) shelf.removeItem(key);
  }

  const list = document.querySelector("[data-kept]");
  if (list) {
    const lines = keys().map((key) => {
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = key.slice(PREFIX.length);
      link.textContent = read(key).title;
      line.append(link);
      return line;
    });
    list.replaceChildren(...lines);
    list.closest("[hidden]")?.toggleAttribute("hidden", lines.length === 0);
    const again = document.querySelector("[data-again]");
    if (again) again.addEventListener("click", () => location.reload());
    return;
  }

  const form = document.querySelector("form[data-keep]");
  const from = document.referrer && new URL(document.referrer).pathname;
  if (from && from !== location.pathname) shelf.removeItem(PREFIX + from);
  if (!form) return;
  const key = PREFIX + location.pathname;
  const skipped = new Set(["csrfmiddlewaretoken", "revision", "ve"]);
  form.addEventListener("submit", () => {
    const said = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !skipped.has(name));
    if (said.length) shelf.setItem(key, JSON.stringify({ at: Date.now(), title: document.title.split(" · ")[0], said }));
  });
  const kept = read(key);
  if (!kept) return;
  if (document.querySelector(".errsum")) { shelf.removeItem(key); return; }
  const names = new Set(kept.said.map(([name]) => name));
  for (const box of form.elements) {
    if (!names.has(box.name) && box.type !== "checkbox") continue;
    const values = kept.said.filter(([name]) => name === box.name).map(([, value]) => value);
    if (box.type === "checkbox" || box.type === "radio") box.checked = values.includes(box.value);
    else if (box.type !== "file" && box.type !== "hidden" && box.type !== "submit") box.value = values[0];
  }
  const note = document.createElement("div");
  note.className = "note mb4";
  note.setAttribute("role", "status");
  note.textContent = "Lần trước chưa gửi được vì mất mạng. Điều bạn đã ghi còn đây; bấm Tiếp tục để gửi.";
  form.prepend(note);
})();
