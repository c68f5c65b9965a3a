// The panels of a lab, side by side as the attribute names them.
import { html, nothing, type TemplateResult } from 'lit';
import type { Locale } from '../../locales/index.ts';
import type { PanelName, Theme } from '../attributes/attributes.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Palette } from '../kit/palette.ts';
import { framed } from '../kit/seen_part.ts';

export interface Shown {
  readonly experiment: Experiment;
  readonly locale: Locale;
  readonly palette: Palette;
  readonly names: readonly PanelName[];
  /** Those that have come so far. */
  readonly here: ReadonlySet<PanelName>;
  readonly theme: Theme;
  readonly site: string | null;
  readonly setTheme: (theme: Theme) => void;
  readonly setLanguage: (code: string) => void;
}

const COLUMNS = ['draw', 'train', 'model'] as const;
export const TABS = ['mistakes', 'inside', 'explain', 'compare', 'digits', 'files'] as const;
export type Tab = (typeof TABS)[number];

export function isTab(name: PanelName): name is Tab {
  return TABS.some((tab) => tab === name);
}

export function panelsOf(shown: Shown): TemplateResult {
  const { experiment, locale, palette, names } = shown;
  const has = (name: PanelName) => names.includes(name) && shown.here.has(name);
  const tabs = TABS.filter(has);
  const columns = COLUMNS.filter((name) => names.includes(name));
  return html`<div class="lab ${names.includes('bar') ? '' : 'bare'}" lang=${locale.t.code} part="lab">
    ${
      has('bar')
        ? html`<ziffer-bar
            exportparts="bar"
            .experiment=${experiment}
            .locale=${locale}
            .theme=${shown.theme}
            .site=${shown.site}
            .setTheme=${shown.setTheme}
            .setLanguage=${shown.setLanguage}
          ></ziffer-bar>`
        : nothing
    }
    <div class="main">
      <div class="columns ${columns.join('-')}">
        ${columns.filter(has).map((name) => column(name, shown))}
      </div>
      ${
        tabs.length > 0
          ? html`<ziffer-closer-look
              part="panel closer"
              .experiment=${experiment}
              .locale=${locale}
              .palette=${palette}
              .tabs=${tabs}
            ></ziffer-closer-look>`
          : nothing
      }
    </div>
    ${
      has('train') && has('draw')
        ? html`${framed ? html`<ziffer-seen-part></ziffer-seen-part>` : nothing}<ziffer-train-bar
            exportparts="train-bar, button, primary"
            .experiment=${experiment}
            .locale=${locale}
          ></ziffer-train-bar>`
        : nothing
    }
  </div>`;
}

function column(name: 'draw' | 'train' | 'model', shown: Shown): TemplateResult {
  const { experiment, locale, palette, names } = shown;
  switch (name) {
    case 'draw':
      return html`<ziffer-draw
        part="panel draw"
        exportparts="title, button, pad, step, verdict, bars, notice"
        .experiment=${experiment}
        .locale=${locale}
        .palette=${palette}
        .others=${names}
      ></ziffer-draw>`;
    case 'train':
      return html`<ziffer-train
        part="panel train"
        ?thumb=${names.includes('draw')}
        exportparts="title, button, primary, status, keras, chart, figures, test-accuracy, sees, notice"
        .experiment=${experiment}
        .locale=${locale}
        .palette=${palette}
      ></ziffer-train>`;
    case 'model':
      return html`<ziffer-model
        part="panel model"
        exportparts="title, layers, layer, settings, input"
        .experiment=${experiment}
        .locale=${locale}
        .palette=${palette}
      ></ziffer-model>`;
    default:
      return name satisfies never;
  }
}
