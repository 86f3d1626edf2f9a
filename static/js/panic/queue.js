// Presses that the server has not answered yet, kept on the phone until it has. Used by the page and by its worker.
// A press keeps its key, so it counts once however often it is sent.

(() => {
  const STORE = "presses";

  function opened() {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open("panic", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "client_key" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  async function within(mode, act) {
    const database = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const change = database.transaction(STORE, mode, { durability: "strict" });
        const asked = act(change.objectStore(STORE));
        change.oncomplete = () => resolve(asked.result);
        change.onerror = () => reject(change.error);
      });
    } finally {
      database.close();
    }
  }

  const add = (press) => within("readwrite", (store) => store.put(press));
  const remove = (key) => within("readwrite", (store) => store.delete(key));
  const waiting = () => within("readonly", (store) => store.getAll());

  // Resolves to the server's answer, or to null where this phone is not enrolled any more; rejects without a network.
  async function send(press, url) {
    const { pressed_at, ...body } = press;
    body.waited_s = Math.max(0, (Date.now() - pressed_at) / 1000);
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      signal: AbortSignal.timeout(8000),
    });
    if (answer.status === 401) {
      await remove(press.client_key);
      return null;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    await remove(press.client_key);
    return told;
  }

  async function sendAll(url) {
    for (const press of await waiting()) await send(press, url);
  }

  self.alarmQueue = { add, remove, waiting, send, sendAll };
})();
