// What the page's attributes and address say and the lab does not understand, until somebody has read it.
import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { LAB_ATTRIBUTES } from '../attributes/attributes.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { type Complaint, meant } from '../plan/complaint.ts';
import { LINK_NAMES } from '../plan/link.ts';

const NAMES = [...LAB_ATTRIBUTES.map(({ name }) => name), ...LINK_NAMES];

class Complaints extends Panel {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
      }
      .complaints {
        margin: 12px;
        padding: 10px 14px;
        border: 1px solid color-mix(in srgb, var(--z-bad) 45%, var(--z-line));
        border-radius: var(--z-radius);
        background: color-mix(in srgb, var(--z-bad) 6%, var(--z-card));
        color: var(--z-ink);
        font-size: 0.94em;
        overflow-wrap: anywhere;
      }
      ul {
        margin: 4px 0 10px;
        padding-inline-start: 1.2em;
        list-style: disc;
      }
    `,
  ];

  @property({ attribute: false }) complaints: readonly Complaint[] = [];
  @property({ attribute: false }) close = (): void => {};

  override render() {
    const { t } = this;
    if (this.complaints.length === 0) return null;
    return html`<div class="complaints" role="alert" part="notice" lang=${t.code}>
      <strong>${t.complaint.title}</strong>
      <ul>
        ${this.complaints.map((complaint) => {
          const { name, text, expected } = complaint;
          return html`<li>${t.complaint.line(name, text, meant(complaint, NAMES), expected)}</li>`;
        })}
      </ul>
      <button type="button" part="button" @click=${this.close}>${t.errors.dismiss}</button>
    </div>`;
  }
}

define('ziffer-complaints', Complaints);
