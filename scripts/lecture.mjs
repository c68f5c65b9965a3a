// The lecture's three models as the page trains them, by their names: `recipe` and `goal`, the test accuracy that each is to reach.
import { importTypeScript } from './build/typescript.mjs';
import { Advice } from './command.mjs';

/** Those that were asked for, or all. */
export async function lecturePresets(wanted) {
  const { PRESETS } = await importTypeScript('web/keras/presets.ts');
  const chosen = wanted ?? Object.keys(PRESETS);
  const unknown = chosen.filter((preset) => !Object.hasOwn(PRESETS, preset));
  if (unknown.length > 0) {
    const known = Object.keys(PRESETS).join(' ');
    throw new Advice(`There is no preset ${unknown}; choose from: ${known}`);
  }
  return Object.fromEntries(chosen.map((preset) => [preset, PRESETS[preset]]));
}
