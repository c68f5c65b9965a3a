// One line a step; on a terminal a running step's line is rewritten, elsewhere every quarter is printed.

/** Announces a step and returns report(fraction, what), with fraction in 0…1. */
export function step(title) {
  const live = process.stdout.isTTY;
  let quarter = 0;
  let rewritten = false;
  console.log(`• ${title}`);
  return (/** @type {number} */ fraction, what = '') => {
    const line = `  ${String(Math.round(fraction * 100)).padStart(3)} % ${what}`;
    if (live) {
      process.stdout.write(
        `${rewritten ? '\r' : ''}\x1b[K${line.slice(0, (process.stdout.columns ?? 80) - 1)}`,
      );
      rewritten = true;
      if (fraction >= 1) process.stdout.write('\r\x1b[K');
    } else if (Math.floor(fraction * 4) > quarter) {
      quarter = Math.floor(fraction * 4);
      console.log(line);
    }
  };
}
