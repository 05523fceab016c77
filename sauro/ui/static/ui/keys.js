/* Keyboard shortcuts of the desk: a letter presses the link or button that carries it in data-key.
   Ignored while typing and under an open dialog, switched off by one button, remembered here. */
(() => {
  const store = { get: () => { try { return localStorage.getItem("keys"); } catch { return null; } },
    set: (v) => { try { localStorage.setItem("keys", v); } catch { /* for this page only */ } state = v; } };
  let state = store.get();
  const off = () => state === "off";
  const typing = (e) => e.target.closest?.("input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable],dialog");
  const all = (what) => [...document.querySelectorAll(what)];
  const live = (n) => !n.disabled && n.getAttribute("aria-disabled") !== "true" && n.getClientRects().length > 0;
  const make = (tag, css, text) => { const n = document.createElement(tag); n.className = css; n.textContent = text; return n; };
  const label = (b) => { b.textContent = off() ? "Bật phím tắt" : "Tắt phím tắt"; };
  const switches = all("[data-keys-switch]");
  switches.forEach((b) => {
    b.hidden = false; label(b);
    b.addEventListener("click", () => { store.set(off() ? "on" : "off"); switches.forEach(label); });
  });
  const walk = (by) => {
    const rows = all(".q li a");
    const here = rows.findIndex((a) => a === document.activeElement);
    const from = here < 0 ? rows.findIndex((a) => a.hasAttribute("aria-current")) : here;
    rows[Math.min(Math.max(from + by, 0), rows.length - 1)]?.focus();
  };
  const help = () => {
    const d = make("dialog", "keys", ""), title = make("h2", "mb2", "Phím tắt");
    title.id = "phim-tat"; d.setAttribute("aria-labelledby", "phim-tat"); d.append(title);
    const said = (n) => n.dataset.keySays || (n.querySelector("span") || n).textContent.trim();
    const rows = all("[data-key]").filter(live).map((n) => [n.dataset.key.toUpperCase(), said(n)]);
    [["J K", "Xuống, lên trong hàng đợi"], ["/", "Tìm"], ...rows, ["?", "Bảng này"]].forEach(([k, text]) => {
      const p = make("p", "mt2", " " + text); p.prepend(make("kbd", "", k)); d.append(p);
    });
    const close = make("button", "btn btn-2 mt4", "Đóng");
    close.addEventListener("click", () => d.close()); d.addEventListener("close", () => d.remove());
    d.append(close); document.body.append(d); d.showModal();
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || e.repeat && !/[jk]/i.test(e.key) || off() || typing(e)) return;
    if (document.querySelector("dialog[open]")) return;
    const k = e.key.toLowerCase();
    const act = { "?": help, "/": () => document.querySelector("[data-key-focus]")?.focus(), j: () => walk(1), k: () => walk(-1) }[k];
    const pressed = act ? null : all("[data-key]").find((n) => n.dataset.key.toLowerCase() === k && live(n));
    if (!act && !pressed) return;
    e.preventDefault();
    if (act) act(); else pressed.click();
  });
})();
