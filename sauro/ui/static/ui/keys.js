/* Keyboard shortcuts of the desk: a letter presses the link or button that carries it.
   Ignored while typing, switched off by one button, remembered on this machine. */
(() => {
  const off = () => localStorage.getItem("keys") === "off";
  const typing = (e) => e.target.closest("input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable]");
  const label = (b) => { b.textContent = off() ? "Bật phím tắt" : "Tắt phím tắt"; };
  document.querySelectorAll("[data-keys-switch]").forEach((b) => {
    b.hidden = false; label(b);
    b.addEventListener("click", () => { localStorage.setItem("keys", off() ? "on" : "off"); label(b); });
  });
  const rows = () => [...document.querySelectorAll(".q li a")];
  const walk = (by) => {
    const all = rows(), here = all.findIndex((a) => a === document.activeElement || a.getAttribute("aria-current"));
    const to = all[Math.min(Math.max(here + by, 0), all.length - 1)];
    if (to) to.focus();
  };
  const help = () => {
    let d = document.querySelector("dialog.keys");
    if (!d) {
      d = document.createElement("dialog"); d.className = "keys";
      const list = [...document.querySelectorAll("[data-key]")].map((n) => [n.dataset.key.toUpperCase(), n.innerText.replace(/\s+\S$/, "")]);
      [["J K", "Xuống, lên trong hàng đợi"], ["/", "Tìm"], ...list].forEach(([k, t]) => {
        const p = document.createElement("p"), b = document.createElement("kbd");
        b.textContent = k; p.append(b, " " + t); d.append(p);
      });
      const close = document.createElement("button"); close.className = "btn btn-2 mt4"; close.textContent = "Đóng";
      close.addEventListener("click", () => d.close()); d.append(close); document.body.append(d);
    }
    d.showModal();
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || off() || typing(e)) return;
    const k = e.key.toLowerCase();
    if (k === "?") { e.preventDefault(); return help(); }
    if (k === "/") { const f = document.querySelector("[data-key-focus]"); if (f) { e.preventDefault(); f.focus(); } return; }
    if (k === "j") return walk(1);
    if (k === "k") return walk(-1);
    const b = [...document.querySelectorAll("[data-key]")].find((n) => n.dataset.key.toLowerCase() === k);
    if (b) { e.preventDefault(); b.click(); }
  });
})();
