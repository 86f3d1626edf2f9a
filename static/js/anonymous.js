// The work that a form asks of the device (caseflow/incidents/rules/proof.py says which), done while somebody types.
// Plain old script, since it runs on old phones. Without it the form is sent as it is, and fewer of those are taken.
(function () {
  "use strict";
  var form = document.querySelector("form[data-bits]");
  if (!form || !window.Int32Array) return;
  var PUZZLES = 16, SLICE_MS = 40;
  var nonce = form.getAttribute("data-nonce"), bits = +form.getAttribute("data-bits");
  var found = [], number = 0, begun = false, atOnce = false, waiting = false;
  var K = new Int32Array(64), START = new Int32Array(8), W = new Int32Array(64);

  // The constants of SHA-256 (FIPS 180-4) are the roots of the first primes.
  function constants() {
    var count = 0, candidate = 2, i;
    var fraction = function (root) { return ((root - Math.floor(root)) * 4294967296) | 0; };
    for (; count < 64; candidate++) {
      for (i = 2; i * i <= candidate; i++) if (candidate % i === 0) break;
      if (i * i <= candidate) continue;
      if (count < 8) START[count] = fraction(Math.sqrt(candidate));
      K[count++] = fraction(Math.pow(candidate, 1 / 3));
    }
  }

  // The first 32 bits of the SHA-256 of a text of at most 55 plain letters: one block.
  function firstBits(text) {
    var i, length = text.length, a, b, c, d, e, f, g, h, x, y, one, two;
    for (i = 0; i < 16; i++) W[i] = 0;
    for (i = 0; i < length; i++) W[i >> 2] |= text.charCodeAt(i) << (24 - (i & 3) * 8);
    W[length >> 2] |= 128 << (24 - (length & 3) * 8);
    W[15] = length * 8;
    for (i = 16; i < 64; i++) {
      x = W[i - 15];
      y = W[i - 2];
      W[i] = (W[i - 16] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + W[i - 7] +
        ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10)) | 0;
    }
    a = START[0]; b = START[1]; c = START[2]; d = START[3]; e = START[4]; f = START[5]; g = START[6]; h = START[7];
    for (i = 0; i < 64; i++) {
      one = (h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i] + W[i]) | 0;
      two = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c)) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    return (a + START[0]) | 0;
  }

  function work() {
    var until = Date.now() + SLICE_MS, head = nonce + ":" + found.length + ":";
    while (found.length < PUZZLES) {
      if (firstBits(head + number) >>> (32 - bits) === 0) {
        found.push(number);
        number = 0;
        head = nonce + ":" + found.length + ":";
      } else if ((++number & 255) === 0 && Date.now() > until) {
        setTimeout(work, 0);
        return;
      }
    }
    form.elements.proof.value = found.join(".");
    form.setAttribute("data-done", "");
    if (waiting) form.submit();
  }

  function begin() {
    if (begun) return;
    begun = true;
    constants();
    setTimeout(work, 0);
  }

  Array.prototype.forEach.call(form.querySelectorAll("[name=lang], [data-at-once]"), function (button) {
    button.addEventListener("click", function () { atOnce = true; });
  });
  form.addEventListener("focusin", begin);
  form.addEventListener("input", begin);
  form.addEventListener("submit", function (event) {
    if (atOnce || found.length === PUZZLES) return;
    event.preventDefault();
    waiting = true;
    form.querySelector("[data-wait]").hidden = false;
    begin();
  });
})();
