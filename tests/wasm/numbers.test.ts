// The browser's module reads the numbers of a configuration through JavaScript: they must arrive as they were written.
import { expect, it } from 'vitest';
import { presets } from '../../web/api/presets.ts';
import { realCore } from '../support/trainer_harness.ts';

const core = await realCore();

/** What the module says of a dropout's rate that stands in a configuration as this text. */
function rateReadFrom(text: string): number {
  const { name, layers } = presets['softmax-regression'](1).config().config as {
    name: string;
    layers: unknown[];
  };
  const dropout = { class_name: 'Dropout', config: { name: 'gap', rate: '@' } };
  const written = JSON.stringify({
    class_name: 'Sequential',
    config: { name, layers: [...layers.slice(0, 2), dropout, ...layers.slice(2)] },
  }).replace('"@"', text);
  const model = core.createModel(written, 1);
  const said = JSON.parse(model.config());
  model.delete();
  return said.config.layers[2].config.rate;
}

it('a number is read with the one correct rounding, however it is written', () => {
  const texts = ['0', '-0.0', '0.1', '1e-1', '0.30000000000000004', '1E-7', '0.5e+0', '5e-324'];
  texts.push('0.1000000014901161193847656250000000001', `0.${'3'.repeat(400)}`, '1e-400');
  for (let i = 1; i <= 200; i++) texts.push(String(Math.abs(Math.sin(i)) ** i));
  for (const text of texts) {
    const rate = rateReadFrom(text);
    expect(Math.fround(rate), text).toBe(Math.fround(Number(text)));
  }
});
