// Photographs of digits, constructed from MNIST's test images: ink on a sheet, its rules, its light, its noise. The same seed
// gives the same photograph. For `npm run accuracy -- --photographs N`.

const WIDTH = 800;
const HEIGHT = 600;

/** What is on the sheet and how it is lit. Lengths in pixels, shares of the paper's brightness. */
export const scenes = {
  plain: {},
  'far corner dark': { gradient: 0.6 },
  'noise of 8 levels': { noise: 8 },
  'soft shadow': { shadow: 0.45 },
  'deep soft shadow': { shadow: 0.65 },
  lined: { rules: 50 },
  squared: { rules: 25, squares: true },
  'lined, shadow, noise': { rules: 50, shadow: 0.4, noise: 4 },
  pencil: { ink: 0.55, noise: 3 },
  ballpoint: { thin: true, rules: 50 },
  close: { close: true, noise: 4 },
  'two digits': { digits: 2 },
  'empty, plain': { digits: 0, noise: 4, gradient: 0.4 },
  'empty, lined': { digits: 0, rules: 50, noise: 3 },
  'empty, squared': { digits: 0, rules: 25, squares: true, noise: 3 },
  'empty, soft shadow': { digits: 0, shadow: 0.5, noise: 3 },
};

/** Numbers in [0, 1) from a seed (mulberry32). */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The share of ink, 0 to 1, of a 28×28 image enlarged to `size` pixels, with the sharp edges of a pen. */
function inkOf(image, size, thin) {
  const at = (x, y) => (x < 0 || y < 0 || x > 27 || y > 27 ? 0 : image[28 * y + x] / 255);
  return (x, y) => {
    const u = (x / size) * 28 - 0.5;
    const v = (y / size) * 28 - 0.5;
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const [a, b] = [u - i, v - j];
    const level =
      (at(i, j) * (1 - a) + at(i + 1, j) * a) * (1 - b) +
      (at(i, j + 1) * (1 - a) + at(i + 1, j + 1) * a) * b;
    const edge = thin ? 0.8 : 0.5;
    return Math.min(1, Math.max(0, (level - edge) * (size / 28) * 0.8 + 0.5));
  };
}

/** A straight edge of a soft shadow: 0 in the light, 1 in the dark, over a penumbra of 40 to 200 pixels. */
function shadowOf(random) {
  const angle = random() * 2 * Math.PI;
  const offset = (random() - 0.5) * 300;
  const penumbra = 40 + 160 * random();
  return (x, y) => {
    const from = (x - WIDTH / 2) * Math.cos(angle) + (y - HEIGHT / 2) * Math.sin(angle) - offset;
    const t = Math.min(1, Math.max(0, from / penumbra + 0.5));
    return t * t * (3 - 2 * t);
  };
}

/** Printed rules, 2 pixels wide and a little slanted; the share of their own ink. */
function rulesOf({ rules, squares }, random) {
  if (!rules) return () => 0;
  const slope = (random() - 0.5) * 0.06;
  const start = random() * rules;
  const line = (d) => Math.max(0, 1 - Math.abs((((d % rules) + rules) % rules) - rules / 2) / 1.5);
  return (x, y) => Math.max(line(y + slope * x + start), squares ? line(x - slope * y + start) : 0);
}

function placesOf(count, close, random) {
  if (close) return [{ x: 130 * random() + 50, y: 10, size: 580 }];
  if (count === 2) {
    const size = 180 + 60 * random();
    return [90, 90 + 340].map((x) => ({ x: x + 60 * random(), y: 120 + 120 * random(), size }));
  }
  const size = 200 + 160 * random();
  const inside = (length) => 40 + (length - 80 - size) * random();
  return [{ x: inside(WIDTH), y: inside(HEIGHT), size }].slice(0, count);
}

/** Gray levels of one photograph: {width, height, gray}. `images`: 28×28 bytes each, as many as the scene has digits. */
export function photograph(images, scene, seed) {
  const { digits = 1, ink = 0.25, gradient = 0, shadow = 0, noise = 2 } = scene;
  const random = randomOf(seed);
  const dark = shadowOf(random);
  const rule = rulesOf(scene, random);
  const places = placesOf(digits, scene.close, random);
  const inks = places.map(({ size }, i) => inkOf(images[i], size, scene.thin));
  const paper = 205 + 40 * random();
  const gray = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++, at++) {
      let share = 0;
      places.forEach((place, i) => {
        const [u, v] = [x - place.x, y - place.y];
        if (u >= 0 && v >= 0 && u < place.size && v < place.size) {
          share = Math.max(share, inks[i](u, v));
        }
      });
      const corner = (x / WIDTH + y / HEIGHT) / 2;
      const light = paper * (1 - gradient * corner) * (1 - shadow * dark(x, y));
      const printed = 1 - 0.3 * rule(x, y);
      const grain = noise * (random() + random() + random() + random() - 2) * 1.73;
      gray[at] = Math.min(255, Math.max(0, light * printed * (1 - share * (1 - ink)) + grain));
    }
  }
  return { width: WIDTH, height: HEIGHT, gray };
}

/** As a BMP of 8 bits. */
export function bmp({ width, height, gray }) {
  const start = 54 + 1024;
  const bytes = new Uint8Array(start + gray.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(10, start, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, -height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 8, true);
  for (let i = 0; i < 256; i++) bytes.fill(i, 54 + 4 * i, 57 + 4 * i);
  bytes.set(gray, start);
  return bytes;
}
