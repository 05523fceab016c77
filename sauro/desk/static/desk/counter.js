// The counter by keyboard. Enter ticks a paper or leaves a field and goes on to the next one;
// Ctrl and Enter takes the dossier in. Without this script Space ticks, Tab goes on, and Enter
// only fills in the card, so nothing is ever sent by accident.
(() => {
  const form = document.querySelector("form[data-quick]");
  if (!form) return;
  const submit = form.querySelector("[data-submit]");
  const stops = () => [...form.querySelectorAll("input:not([type=hidden]),select,textarea,[data-submit]")]
    .filter((n) => !n.disabled && n.getClientRects().length && (n.type !== "radio" || n.checked));
  const onward = (from) => {
    const all = stops();
    all[all.indexOf(from) + 1]?.focus();
  };
  form.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || e.isComposing) return;
    const at = e.target;
    if (e.ctrlKey || e.metaKey) { e.preventDefault(); submit.click(); return; }
    if (at.id === "card" && at.value.trim()) return;
    if (at.matches("button,a,summary,textarea")) return;
    e.preventDefault();
    if (at.type === "checkbox") at.checked = true;
    onward(at);
  });
  form.querySelectorAll("[data-all]").forEach((b) => {
    b.hidden = false;
    b.addEventListener("click", () => {
      form.querySelectorAll(`input[name=${b.dataset.all}]`).forEach((n) => { n.checked = true; });
      submit.focus();
    });
  });
})();
