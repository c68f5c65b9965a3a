// The lines that Keras's CSVLogger writes: epochs from 0, the logs' names sorted, numbers as Python writes them.

const NONE = 'NA';
const END = '\r\n';

/** The first line, and the names whose numbers the others have. Where nothing is validated, Keras leaves room for it. */
export function csvHead(logs: object, separator = ','): { head: string; keys: readonly string[] } {
  const names = Object.keys(logs).sort();
  const validated = names.some((name) => name.startsWith('val_'));
  const keys = validated ? names : [...names, ...names.map((name) => `val_${name}`)];
  const cells = ['epoch', ...keys].map((cell) => quoted(cell, separator));
  return { head: cells.join(separator) + END, keys };
}

export function csvRow(
  epoch: number,
  logs: object,
  keys: readonly string[],
  separator = ',',
): string {
  const numbers = keys.map((key) => {
    const value = (logs as Record<string, unknown>)[key];
    return typeof value === 'number' ? pythonNumber(value) : NONE;
  });
  const cells = [String(epoch), ...numbers].map((cell) => quoted(cell, separator));
  return cells.join(separator) + END;
}

const quoted = (cell: string, separator: string) =>
  cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** A float as Python's repr has it: `1.0`, `1e-05`, `nan`. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [digits = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${digits}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.]/.test(text) ? text : `${text}.0`;
}
