// Between the app and the network: pages are always asked for, never kept, because they are
// somebody's; only what is the same for everybody is. Without a network there is a page that says so.
const NAME = "sauro-{{ version }}";
const KEPT = {{ kept|tojson }};
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(KEPT)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match("{{ url("ui:offline") }}")));
  } else if (request.method === "GET" && KEPT.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((known) => known || fetch(request)));
  }
});
self.addEventListener("push", (event) => {
  const said = { body: "Mở để đọc.", lang: "vi", icon: "{{ static('ui/icon.svg') }}", tag: "tin-moi" };
  event.waitUntil(self.registration.showNotification("Có tin mới về hồ sơ của bạn", said));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("{{ news }}"));
});
