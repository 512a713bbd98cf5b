// Switches notices on and off in this browser. Without it, or where the browser has no push, the section stays hidden.
const section = document.querySelector("[data-notices-push]");

if (section && "serviceWorker" in navigator && "PushManager" in window && window.isSecureContext) {
  const on = section.querySelector("[data-notices-on]");
  const off = section.querySelector("[data-notices-off]");
  const said = section.querySelector("[data-notices-said]");
  section.hidden = false;
  section.parentElement.querySelector("[data-notices-without]")?.setAttribute("hidden", "");

  const show = (subscribed, text = "") => {
    on.hidden = subscribed;
    off.hidden = !subscribed;
    if (text) said.textContent = text;
  };

  const post = async (body) => {
    const answer = await fetch(section.dataset.noticesPush, {
      method: "POST", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": section.querySelector("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).says || "");
  };

  const subscribe = async () => {
    const registration = await navigator.serviceWorker.register(section.dataset.noticesWorker, { scope: section.dataset.noticesScope });
    await navigator.serviceWorker.ready.catch(() => registration);
    if ((await Notification.requestPermission()) !== "granted") {
      show(false, "Trình duyệt đang chặn thông báo. Hãy cho phép ở biểu tượng cạnh địa chỉ trang rồi bấm lại.");
      return;
    }
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true, applicationServerKey: section.dataset.noticesKey,
    });
    await post({ subscription: subscription.toJSON() });
    show(true, "Đã bật thông báo trên trình duyệt này.");
  };

  const unsubscribe = async () => {
    const registration = await navigator.serviceWorker.getRegistration(section.dataset.noticesScope);
    const subscription = await registration?.pushManager.getSubscription();
    if (subscription) {
      await post({ endpoint: subscription.endpoint });
      await subscription.unsubscribe();
    }
    show(false, "Đã tắt thông báo trên trình duyệt này.");
  };

  const guarded = (work) => async () => {
    try {
      await work();
    } catch (error) {
      said.textContent = error.message || "Trình duyệt chưa bật được thông báo. Hãy thử lại sau, hoặc chọn cách nhận khác.";
    }
  };

  on.addEventListener("click", guarded(subscribe));
  off.addEventListener("click", guarded(unsubscribe));
  const registration = await navigator.serviceWorker.getRegistration(section.dataset.noticesScope);
  show(Boolean(await registration?.pushManager.getSubscription()));
}
