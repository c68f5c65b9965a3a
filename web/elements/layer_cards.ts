// The layers of the model as cards: what each is, its output shape, its parameters, and the error of the one that does not fit.
import { css, html } from 'lit';
import { controls } from './controls.ts';
import { layerDetail, shapeText } from './layer_words.ts';
import { Panel } from './panel.ts';

export class LayerCards extends Panel {
  static override styles = [
    controls,
    css`
      ol {
        display: grid;
        gap: 6px;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 1px 8px;
        align-items: baseline;
        padding: 8px 12px;
        border: 1px solid var(--z-line);
        border-radius: 8px;
        background: var(--z-card);
      }
      li.input {
        background: var(--z-soft);
      }
      .name {
        font-weight: 650;
        font-size: 0.94em;
      }
      .shape {
        font-size: 0.87em;
        text-align: right;
      }
      .detail,
      .params {
        color: var(--z-muted);
        font-size: 0.8em;
      }
      .params {
        text-align: right;
      }
    `,
  ];

  override render() {
    const { t, f, experiment, locale } = this;
    const { blueprint, layers } = experiment;
    const infos = blueprint?.layersInfo ?? [];
    return html`<ol aria-label=${t.model.layerList} part="layers">
      <li class="input">
        <span class="name">${t.model.input}</span>
        <span class="shape">${shapeText(blueprint?.inputShape ?? [28, 28, 1])}</span>
      </li>
      ${layers.map((spec, i) => {
        const info = infos[i];
        return html`<li part="layer">
          <span class="name">${spec.className}</span>
          <span class="shape">${info ? shapeText(info.outputShape) : ''}</span>
          <span class="detail">${layerDetail(spec, locale)}</span>
          <span class="params">${info ? t.model.params(f, info.parameters) : ''}</span>
        </li>`;
      })}
    </ol>`;
  }
}

customElements.define('ziffer-layer-cards', LayerCards);
