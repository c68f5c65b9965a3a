// How other hands would have drawn a digit: variants of its strokes for `npm run pretrain -- --strokes`. Strokes are changed
// rather than pixels, since only they know what belongs to the digit and what is the pen's thickness.

/** Numbers from 0 to 1 that depend on the seed alone (Marsaglia's xorshift, started by a mixed seed). */
export function randomFrom(seed) {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ (seed >>> 13) || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 8; i++) next();
  return next;
}

/**
 * A variant of `strokes` ([[[x, y], …], …], y downwards) of the digit `label`, in units of the drawing's longer side, and the
 * pen's width to draw it with, in pixels of the 20-pixel box.
 */
export function variantOf({ label, strokes }, random) {
  const between = (low, high) => low + (high - low) * random();
  const about = (spread) => spread * (random() + random() + random() - 1.5);
  let drawn = habit(label, inUnits(strokes), random, between);
  drawn = bent(drawn, about);
  drawn = slanted(drawn, about);
  if (random() < 0.3) drawn = quick(drawn, between(0.03, 0.12));
  return { strokes: drawn, penWidth: between(1.7, 3.3) };
}

/** The ink's middle at 0, its longer side 1. */
function inUnits(strokes) {
  const { x0, x1, y0, y1 } = boxOf(strokes);
  const side = Math.max(x1 - x0, y1 - y0) || 1;
  const place = ([x, y]) => [(x - (x0 + x1) / 2) / side, (y - (y0 + y1) / 2) / side];
  return strokes.filter((stroke) => stroke.length > 0).map((stroke) => stroke.map(place));
}

function boxOf(strokes) {
  const box = { x0: Infinity, x1: -Infinity, y0: Infinity, y1: -Infinity };
  for (const [x, y] of strokes.flat()) {
    box.x0 = Math.min(box.x0, x);
    box.x1 = Math.max(box.x1, x);
    box.y0 = Math.min(box.y0, y);
    box.y1 = Math.max(box.y1, y);
  }
  return box;
}

/** Slant, turn and proportions of the whole. */
function slanted(strokes, about) {
  const shear = about(0.2);
  const turn = about(0.12);
  const wide = 1 + about(0.2);
  const place = ([x, y]) => [wide * (x - shear * y - turn * y), y + turn * x];
  return strokes.map((stroke) => stroke.map(place));
}

/** Slow waves over the page move what lies near each other alike; each stroke begins a little elsewhere. */
function bent(strokes, about) {
  const waves = Array.from({ length: 3 }, () => ({
    along: [about(4), about(4)],
    phase: about(4),
    by: [about(0.05), about(0.05)],
  }));
  return strokes.map((stroke) => {
    const moved = strokes.length > 1 ? [about(0.03), about(0.03)] : [0, 0];
    return stroke.map(([x, y]) => {
      const at = [x + moved[0], y + moved[1]];
      for (const { along, phase, by } of waves) {
        const wave = Math.sin(along[0] * x + along[1] * y + phase);
        at[0] += by[0] * wave;
        at[1] += by[1] * wave;
      }
      return at;
    });
  });
}

/** As a quick hand draws it, or a tablet that looks seldom: only points that are at least `step` apart. */
function quick(strokes, step) {
  return strokes.map((stroke) => {
    const kept = [stroke[0]];
    for (const point of stroke) {
      const last = kept.at(-1);
      if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= step) kept.push(point);
    }
    if (kept.at(-1) !== stroke.at(-1)) kept.push(stroke.at(-1));
    return kept;
  });
}

/** What some hands add to a digit. */
function habit(label, strokes, random, between) {
  const chance = random();
  switch (label) {
    case 0:
      return chance < 0.12 ? slashed(strokes, between) : strokes;
    case 1:
      return chance < 0.5 ? asOneIsWritten(strokes, random, between) : strokes;
    case 7:
      return chance < 0.2 ? crossed(strokes, between) : strokes;
    case 9:
      return chance < 0.25 ? hooked(strokes, between) : strokes;
    default:
      return strokes;
  }
}

function slashed(strokes, between) {
  const { x0, x1, y0, y1 } = boxOf(strokes);
  const beyond = between(-0.2, 0.15);
  const [dx, dy] = [beyond * (x1 - x0), beyond * (y1 - y0)];
  return [...strokes, line([x1 + dx, y0 - dy], [x0 - dx, y1 + dy])];
}

/** An upstroke before the stem, a serif, a foot below it: only where the stem is all that there is. */
function asOneIsWritten(strokes, random, between) {
  const { x0, x1, y0, y1 } = boxOf(strokes);
  const tall = y1 - y0;
  if (strokes.length > 1 || x1 - x0 > 0.35 * tall) return strokes;
  const stem = strokes[0];
  const [top, foot] = stem[0][1] < stem.at(-1)[1] ? [stem[0], stem.at(-1)] : [stem.at(-1), stem[0]];
  const drawn = [...strokes];
  if (random() < 0.85) {
    const down = between(0.1, 0.75) * tall;
    const left = down * between(0.35, 1.1) + 0.05;
    drawn.unshift(line([top[0] - left, top[1] + down], top));
  }
  if (random() < 0.3) {
    const half = between(0.1, 0.3) * tall;
    drawn.push(line([foot[0] - half, foot[1]], [foot[0] + half, foot[1]]));
  }
  return drawn;
}

/** A bar across the stem, unless one is there. */
function crossed(strokes, between) {
  if (strokes.length > 1) return strokes;
  const { y0, y1 } = boxOf(strokes);
  const height = y0 + between(0.4, 0.62) * (y1 - y0);
  const stem = strokes[0].findLast(([, y]) => y < height) ?? strokes[0].at(-1);
  const half = between(0.14, 0.3);
  const rise = between(-0.08, 0.08);
  return [...strokes, line([stem[0] - half, height + rise], [stem[0] + half, height - rise])];
}

/** The lower end of the tail goes on to the left. */
function hooked(strokes, between) {
  const last = strokes.at(-1);
  const end = last.at(-1);
  const { y1 } = boxOf(strokes);
  if (end[1] < y1 - 0.08) return strokes;
  const left = between(0.1, 0.45);
  const up = between(-0.02, 0.22);
  const hook = [0.25, 0.5, 0.75, 1].map((t) => [
    end[0] - left * t,
    end[1] + 0.06 * 4 * t * (1 - t) - up * t * t,
  ]);
  return [...strokes.slice(0, -1), [...last, ...hook]];
}

function line([ax, ay], [bx, by]) {
  return Array.from({ length: 9 }, (_, i) => [ax + ((bx - ax) * i) / 8, ay + ((by - ay) * i) / 8]);
}
