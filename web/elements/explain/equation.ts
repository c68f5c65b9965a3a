// One number of a layer as a formula, first in letters, then in figures, and a sentence on what its activation does.
import { html, nothing, type TemplateResult } from 'lit';
import type { Explanation } from '../../api/index.ts';
import type { ExplainWords } from '../../locales/explain_words.ts';
import type { Format } from '../../locales/index.ts';
import {
  between,
  called,
  digits,
  formula,
  name,
  number,
  over,
  type Piece,
  row,
  sign,
  sumOf,
  term,
  word,
} from './formula.ts';
import { inMaps, nextOf, type Scene } from './scene.ts';

export function equation(
  scene: Scene,
  told: Explanation,
  words: ExplainWords,
  f: Format,
): TemplateResult {
  switch (told.rule) {
    case 'sum':
      return weighedSum(told, words, f);
    case 'max':
      return formula(
        name('y'),
        sign('='),
        called('max', name('x')),
        sign('='),
        number(f, told.activation),
      );
    case 'mean': {
      const count = [...told.places].filter((p) => p >= 0).length;
      const mean = over(row(sumOf(name('x'))), digits(f.int(count)));
      return formula(name('y'), sign('='), mean, sign('='), number(f, told.activation));
    }
    case 'scale':
      return formula(
        name('y'),
        sign('='),
        number(f, told.inputs[0] ?? 0),
        sign('·'),
        term(f, told.kernel[0] ?? 0),
        sign('+'),
        term(f, told.bias),
        sign('='),
        number(f, told.activation),
      );
    case 'each':
      return formula(
        name('y'),
        sign('='),
        ...applied(told.activationName, told.preActivation, f),
        sign('='),
        number(f, told.activation),
      );
    case 'same':
      return moved(scene, words, f);
    case 'moved':
      return formula(name('y'), sign('='), number(f, told.activation));
    default:
      return told.rule satisfies never;
  }
}

function weighedSum(told: Explanation, words: ExplainWords, f: Format): TemplateResult {
  const { activationName: activation, sum, bias, preActivation } = told;
  const said = words.activations[activation] ?? words.activation(activation);
  return html`${formula(
    name('z'),
    sign('='),
    sumOf(row(name('x'), sign('·'), name('w'))),
    sign('+'),
    name('b'),
  )}
  ${formula(
    name('z'),
    sign('='),
    number(f, sum),
    sign('+'),
    term(f, bias),
    sign('='),
    number(f, preActivation),
  )}
    ${
      activation === 'linear'
        ? nothing
        : formula(
            name('y'),
            sign('='),
            ...applied(activation, preActivation, f),
            sign('='),
            number(f, told.activation),
          )
    }
    <p class="small muted">${said}</p>`;
}

/** Of ReLU what it is; of softmax, which needs all units, its name; else the function of the number. */
function applied(activation: string, z: number, f: Format): Piece[] {
  if (activation === 'relu') return [called('max', row(digits('0'), between(f), number(f, z)))];
  if (/softmax/.test(activation)) return [word(activation)];
  return [called(activation, number(f, z))];
}

function moved(scene: Scene, words: ExplainWords, f: Format): TemplateResult {
  const { info, told, place } = scene;
  const next = nextOf(scene.model, scene.index);
  const from =
    info.className === 'Flatten' && next >= 0
      ? inMaps({ ...scene, index: next }, place.channel)
      : null;
  if (info.inbound.length > 1) return formula(name('y'), sign('='), number(f, told.activation));
  return html`${
    from
      ? html`<p>${words.from(from.row, from.column, from.channel)} → ${words.flatIndex} ${place.channel}</p>`
      : nothing
  }
    ${formula(name('y'), sign('='), name('x'), sign('='), number(f, told.activation))}`;
}
