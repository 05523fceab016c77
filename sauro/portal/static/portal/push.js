// Let this device be woken when there is news. Without this script there are the other channels.
(() => {
  const place = document.querySelector("[data-push]");
  if (!place || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  const button = place.querySelector("button");
  const status = place.querySelector("[role=status]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const key = Uint8Array.from(atob(place.dataset.push.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
  const tell = async (subscription, words) => {
    const body = new URLSearchParams({ noi: subscription.endpoint, csrfmiddlewaretoken: token, ...words });
    const answer = await fetch(place.dataset.to, { method: "POST", body });
    if (!answer.ok) throw new Error(String(answer.status));
  };
  const show = (known) => { button.textContent = known ? "Thôi nhận trên thiết bị này" : "Nhận thông báo trên thiết bị này"; };
  navigator.serviceWorker.ready.then(async (worker) => {
    let known = await worker.pushManager.getSubscription();
    show(known);
    place.hidden = false;
    button.addEventListener("click", async () => {
      status.textContent = "";
      try {
        if (known) {
          await tell(known, { thoi: "1" });
          await known.unsubscribe();
          known = null;
          status.textContent = "Thiết bị này không nhận thông báo nữa.";
        } else {
          known = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
          try { await tell(known, {}); } catch (trouble) { await known.unsubscribe(); known = null; throw trouble; }
          status.textContent = "Thiết bị này sẽ báo khi có tin mới.";
        }
      } catch {
        status.textContent = "Chưa làm được. Cho phép thông báo trong trình duyệt rồi thử lại.";
      }
      show(known);
    });
  });
})();
