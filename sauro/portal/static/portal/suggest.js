// While somebody types, show what it may be about. Without this script the button does it.
(() => {
  const box = document.querySelector("[data-suggest]");
  const list = document.getElementById("goi-y");
  if (!box || !list || !window.fetch) return;
  let wait = 0;
  let last = "";
  const show = async () => {
    const text = box.value.trim();
    if (text === last) return;
    last = text;
    if (text.length < 2) { list.replaceChildren(); return; }
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(text)}`);
      if (answer.ok && text === last) list.innerHTML = await answer.text();
    } catch { /* The network is gone: the form still works when it is back. */ }
  };
  box.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(show, 250); });
})();
