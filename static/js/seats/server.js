// What the editor asks of the server: the drawing as the analysis sees it, and saving it.

const headers = () => ({
  "Content-Type": "application/json",
  ...JSON.parse(document.body.getAttribute("hx-headers")),
});

// A locked or ended session and a revoked right are met by loading the page anew, which says so; the draft stays.
export async function send(url, drawing, passive = false) {
  const body = JSON.stringify(drawing.payload());
  const answer = await fetch(url, { method: "POST", body, headers: { ...headers(), ...(passive ? { "X-Passive": "1" } : {}) } });
  if ([401, 403].includes(answer.status) || answer.redirected) {
    window.location.reload();
    return new Promise(() => undefined);
  }
  return answer;
}

export class Preview {
  constructor(drawing, canvas, onProblems) {
    Object.assign(this, { drawing, canvas, onProblems, on: false, asked: 0, url: null });
    drawing.addEventListener("change", () => this.later());
  }

  toggle(on) {
    this.on = on;
    if (on) return this.load();
    this.canvas.showStill();
    this.drawing.tell();
    return undefined;
  }

  later() {
    clearTimeout(this.timer);
    const written = JSON.stringify(this.drawing.seats);
    if (this.on && written !== this.shown) this.timer = setTimeout(() => this.load(), 250);
  }

  async load() {
    const mine = (this.asked += 1);
    const written = JSON.stringify(this.drawing.seats);
    this.canvas.stage.setAttribute("aria-busy", "true");
    try {
      await this.showAnswer(await send(this.drawing.data.preview, this.drawing), () => mine === this.asked && this.on, written);
    } catch {
      this.onProblems(null);
    } finally {
      if (mine === this.asked) this.canvas.stage.removeAttribute("aria-busy");
    }
  }

  async showAnswer(answer, wanted, written) {
    if (!answer.ok) return wanted() && this.onProblems(answer.status === 422 ? (await answer.json()).problems : null);
    const picture = await answer.blob();
    if (!wanted()) return undefined;
    const before = this.url;
    this.url = URL.createObjectURL(picture);
    this.shown = written;
    this.canvas.show(this.url, true);
    this.drawing.tell();
    if (before) URL.revokeObjectURL(before);
    return undefined;
  }
}
