// Below the lab: one tab bar for the panels that look closer.

import { css, html } from 'lit';
import { property, state } from 'lit/decorators.js';
import { part } from '../../platform/parts.ts';
import { card, controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import '../compare/compare_panel.ts';
import '../digits/digits_panel.ts';
import '../files/files_panel.ts';
import '../inside/inside_panel.ts';
import '../mistakes/mistakes_panel.ts';
import { leftToPage } from '../kit/keys.ts';
import { Panel } from '../kit/panel.ts';
import './later.ts';
import { TABS, type Tab } from './layout.ts';

const explaining = () => part('Explain', () => import('../explain/explain_panel.ts'));

export class CloserLook extends Panel {
  static override styles = [
    controls,
    card,
    css`
      [role='tablist'] {
        display: flex;
        gap: 4px 24px;
        margin-bottom: 18px;
        border-bottom: 1px solid var(--z-line);
        overflow-x: auto;
        overscroll-behavior-x: contain;
        scrollbar-width: none;
      }
      [role='tab'] {
        flex: none;
        min-height: 40px;
        margin-bottom: -1px;
        padding: 4px 2px 8px;
        border: 0;
        border-bottom: 2px solid transparent;
        border-radius: 0;
        background: none;
        color: var(--z-muted);
        font-size: 1em;
      }
      [role='tab']:hover {
        background: none;
        color: var(--z-ink);
      }
      [role='tab'][aria-selected='true'] {
        border-bottom-color: var(--z-training);
        color: var(--z-ink);
        font-weight: 650;
      }
      @container (max-width: 420px) {
        [role='tablist'] {
          gap: 4px 6px;
          justify-content: space-between;
        }
        [role='tab'] {
          font-size: 0.94em;
        }
      }
      @media (forced-colors: active) {
        [role='tab'] {
          border-color: Canvas;
        }
        [role='tab'][aria-selected='true'] {
          border-bottom: 4px solid Highlight;
        }
      }
      @media print {
        [role='tab'][aria-selected='true'] {
          display: inline-flex;
        }
      }
      [role='tab']:focus-visible {
        outline-offset: -2px;
      }
    `,
  ];

  @property({ attribute: false }) tabs: readonly Tab[] = TABS;
  @state() private chosen: Tab | null = null;

  protected override get prose() {
    return true;
  }

  override render() {
    const { t } = this;
    const chosen = this.#chosen;
    return html`<div role="tablist" aria-label=${t.tabs.label} @keydown=${this.#key}>
        ${this.tabs.map(
          (tab) => html`<button
            type="button"
            role="tab"
            id="tab-${tab}"
            aria-selected=${tab === chosen}
            aria-controls="panel"
            tabindex=${tab === chosen ? 0 : -1}
            @click=${() => {
              this.chosen = tab;
            }}
          >
            ${t.tabs[tab]}
          </button>`,
        )}
      </div>
      <div role="tabpanel" id="panel" aria-labelledby="tab-${chosen}">${this.#panel(chosen)}</div>`;
  }

  get #chosen(): Tab {
    return this.chosen && this.tabs.includes(this.chosen)
      ? this.chosen
      : (this.tabs[0] ?? 'mistakes');
  }

  #panel(tab: Tab) {
    const { experiment, locale, palette } = this;
    switch (tab) {
      case 'mistakes':
        return html`<ziffer-mistakes .experiment=${experiment} .locale=${locale} .palette=${palette}></ziffer-mistakes>`;
      case 'inside':
        return html`<ziffer-inside .experiment=${experiment} .locale=${locale} .palette=${palette}></ziffer-inside>`;
      case 'explain':
        return html`<ziffer-later
          .load=${explaining}
          .locale=${locale}
          .content=${html`<ziffer-explain .experiment=${experiment} .locale=${locale} .palette=${palette}></ziffer-explain>`}
        ></ziffer-later>`;
      case 'compare':
        return html`<ziffer-compare .experiment=${experiment} .locale=${locale} .palette=${palette}></ziffer-compare>`;
      case 'digits':
        return html`<ziffer-digits .experiment=${experiment} .locale=${locale} .palette=${palette}></ziffer-digits>`;
      case 'files':
        return html`<ziffer-files .experiment=${experiment} .locale=${locale}></ziffer-files>`;
      default:
        return tab satisfies never;
    }
  }

  readonly #key = (e: KeyboardEvent): void => {
    if (leftToPage()) return;
    const at = this.tabs.indexOf(this.#chosen);
    const last = this.tabs.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[e.key];
    const tab = to === undefined ? undefined : this.tabs[to];
    if (!tab) return;
    e.preventDefault();
    this.chosen = tab;
    this.renderRoot.querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
  };
}

define('ziffer-closer-look', CloserLook);
