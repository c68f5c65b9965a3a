// The digits that are kept, as small drawings; each can be taken away again.

import { css, html, svg } from 'lit';
import { state } from 'lit/decorators.js';
import type { OwnDigit } from '../experiment/digit_file.ts';
import { PAD } from '../experiment/strokes.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { Observe } from '../observable/observe.ts';

/** The newest are shown at once; a class set has thousands. */
const SHOWN = 120;

export class DigitSheet extends Panel<'own'> {
  static override styles = [
    controls,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(52px, 1fr));
        gap: 6px;
      }
      button {
        position: relative;
        width: 100%;
        min-height: 0;
        padding: 2px;
        aspect-ratio: 1;
      }
      svg {
        width: 100%;
        height: 100%;
        fill: none;
        stroke: var(--z-ink);
        stroke-width: 20;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      span {
        position: absolute;
        right: 4px;
        bottom: 1px;
        color: var(--z-muted);
        font-size: 0.75em;
      }
    `,
  ];

  @state() private all = false;

  constructor() {
    super();
    new Observe(this, () => this.experiment?.own);
  }

  protected override get prose() {
    return true;
  }

  override render() {
    const { digits } = this.t;
    const { list } = this.experiment.own;
    const shown = this.all ? list : list.slice(-SHOWN);
    return html`<h3>${digits.sheet(list.length)}</h3>
      <p class="muted small">${digits.sheetHint}</p>
      <ul role="list">
        ${[...shown].reverse().map((digit) => html`<li>${this.#thumb(digit)}</li>`)}
      </ul>
      ${
        shown.length < list.length
          ? html`<button
              type="button"
              class="quiet"
              @click=${() => {
                this.all = true;
              }}
            >
              ${digits.showAll(list.length)}
            </button>`
          : null
      }`;
  }

  #thumb(digit: OwnDigit) {
    const name = this.t.digits.takeAway(digit.label);
    return html`<button type="button" aria-label=${name} title=${name} @click=${() => this.experiment.own.remove(digit)}>
      <svg viewBox="0 0 ${PAD} ${PAD}" aria-hidden="true">
        ${digit.strokes.map((stroke) => svg`<path d=${pathOf(stroke)} />`)}
      </svg>
      <span aria-hidden="true">${digit.label}</span>
    </button>`;
  }
}

/** A dot needs a line, too. */
function pathOf(stroke: OwnDigit['strokes'][number]): string {
  const [first, ...rest] = stroke.map(([x, y]) => `${x} ${y}`);
  return `M${first}L${[...rest, ...(rest.length > 0 ? [] : [first])].join(' ')}`;
}

define('ziffer-digit-sheet', DigitSheet);
