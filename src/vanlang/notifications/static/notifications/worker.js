// Shows a push while no page is open, and opens its page when it is pressed. Served at /thong-bao/tho.js.
self.addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data ? event.data.json() : {};
  } catch {
    told = {};
  }
  const title = String(told.title || "Thông báo mới");
  event.waitUntil(
    self.registration.showNotification(title, {
      body: String(told.body || ""), tag: String(told.tag || ""), lang: "vi", data: { url: String(told.url || "/thong-bao/") },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const wanted = new URL(event.notification.data.url, self.location.origin);
  const url = wanted.origin === self.location.origin ? wanted.href : `${self.location.origin}/thong-bao/`;
  event.waitUntil(self.clients.openWindow(url));
});
