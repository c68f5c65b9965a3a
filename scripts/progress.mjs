// One line a step, on stderr (stdout is for results); on a terminal a running step's line is rewritten, elsewhere every
// quarter is printed.

/** Announces a step and returns report(fraction, what), with fraction in 0…1. */
export function step(title) {
  const live = process.stderr.isTTY;
  let quarter = 0;
  let rewritten = false;
  console.error(`• ${title}`);
  return (/** @type {number} */ fraction, what = '') => {
    const line = `  ${String(Math.round(fraction * 100)).padStart(3)} % ${what}`;
    if (live) {
      process.stderr.write(
        `${rewritten ? '\r' : ''}\x1b[K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`,
      );
      rewritten = true;
      if (fraction >= 1) process.stderr.write('\r\x1b[K');
    } else if (Math.floor(fraction * 4) > quarter) {
      quarter = Math.floor(fraction * 4);
      console.error(line);
    }
  };
}
