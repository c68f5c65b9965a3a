// Formulas as MathML, with the numbers of the place that is shown.
import { html, mathml, type TemplateResult } from 'lit';
import type { Format } from '../../locales/index.ts';

export type Piece = TemplateResult;

/** As many digits as a number of the panel has. */
export const DIGITS = 3;

export function shownNumber(f: Format, value: number): string {
  if (Math.abs(value) >= 1e6) return f.scientific(value, DIGITS).replace('-', '−');
  // What is rounded to nothing has no sign.
  return f.fixed(Math.abs(value) < 0.5 / 10 ** DIGITS ? 0 : value, DIGITS).replace('-', '−');
}

export const sign = (text: string): Piece => mathml`<mo>${text}</mo>`;
export const name = (text: string): Piece => mathml`<mi>${text}</mi>`;
export const word = (text: string): Piece => mathml`<mtext>${text}</mtext>`;
export const digits = (text: string): Piece => mathml`<mn>${text}</mn>`;
export const number = (f: Format, value: number): Piece =>
  mathml`<mn>${shownNumber(f, value)}</mn>`;
/** In brackets where it is negative, behind a sign. */
export const term = (f: Format, value: number): Piece =>
  shownNumber(f, value).startsWith('−') ? brackets(number(f, value)) : number(f, value);
const brackets = (what: Piece): Piece =>
  mathml`<mrow><mo stretchy="false">(</mo>${what}<mo stretchy="false">)</mo></mrow>`;
export const sub = (base: string, below: string): Piece =>
  mathml`<msub><mi>${base}</mi><mi>${below}</mi></msub>`;
export const sup = (base: string, above: Piece): Piece =>
  mathml`<msup><mi>${base}</mi><mrow>${above}</mrow></msup>`;
export const sumOf = (what: Piece): Piece => mathml`<mo>∑</mo>${what}`;
export const over = (above: Piece, below: Piece): Piece =>
  mathml`<mfrac><mrow>${above}</mrow><mrow>${below}</mrow></mfrac>`;
export const called = (f: string, what: Piece): Piece => mathml`<mi>${f}</mi>${brackets(what)}`;
/** Between two arguments: a comma would be a decimal sign in some languages. */
export const between = (f: Format): Piece => sign(f.fixed(0.5, 1).includes(',') ? ';' : ',');
export const row = (...pieces: Piece[]): Piece => mathml`<mrow>${pieces}</mrow>`;

/** One line that scrolls by itself where it is too long. */
export const formula = (...pieces: Piece[]): TemplateResult =>
  html`<div class="formula"><math display="inline">${row(...pieces)}</math></div>`;
