// The look in force: of a page that is light or dark by itself, and as numbers for what is drawn on canvases.
import { type CSSResult, css, unsafeCSS } from 'lit';
import type { Scheme } from './scheme.ts';
import { dark, fill, light, lines } from './tokens.ts';

/** On paper, which is white, whatever the page's colours are. */
const printed = lines(
  { ...light, paper: '#fff', soft: '#fff' },
  (_, value) => `${value} !important`,
);

/** In a contrast theme every colour is one of the visitor's. */
const contrast = lines(
  {
    paper: 'Canvas',
    card: 'Canvas',
    ink: 'CanvasText',
    muted: 'CanvasText',
    line: 'CanvasText',
    edge: 'CanvasText',
    soft: 'Canvas',
    training: 'Highlight',
    'on-training': 'HighlightText',
    validation: 'LinkText',
    good: 'CanvasText',
    bad: 'CanvasText',
  },
  (_, value) => `${value} !important`,
);

/** Goes before every theme. */
export const otherMedia = css`
  @media print {
    :host {
      ${printed}
      color-scheme: light !important;
    }
  }
  @media (forced-colors: active) {
    :host {
      ${contrast}
    }
  }
`;

const around = (scheme: Scheme) => css`
  :host(:not([theme='light'], [theme='dark'])) {
    ${fill(scheme === 'dark' ? dark : light)}
    color-scheme: ${unsafeCSS(scheme)};
  }
`;

/** For an element whose page is light or dark by itself, after the others; a theme of its own goes before. */
export const schemes: Readonly<Record<Scheme, CSSResult>> = {
  light: around('light'),
  dark: around('dark'),
};

export type Rgb = readonly [number, number, number];

/** The colours that pixel pictures and charts are drawn with; a new object whenever the theme changes. */
export interface Palette {
  readonly ink: Rgb;
  readonly training: Rgb;
  readonly validation: Rgb;
  /** As CSS, for charts. */
  readonly css: Readonly<
    Record<'ink' | 'muted' | 'line' | 'card' | 'training' | 'validation', string>
  >;
}

/** Reads the colours in force in a shadow root. */
export function paletteOf(root: ShadowRoot): Palette {
  // The browser works out names such as CanvasText, which a contrast theme fills.
  const probe = document.createElement('i');
  probe.style.forcedColorAdjust = 'none';
  root.append(probe);
  const css = (name: string) => {
    probe.style.color = `var(--z-${name})`;
    return getComputedStyle(probe).color;
  };
  const [ink, training, validation] = [css('ink'), css('training'), css('validation')];
  const palette: Palette = {
    ink: rgb(ink),
    training: rgb(training),
    validation: rgb(validation),
    css: {
      ink,
      muted: css('muted'),
      line: css('line'),
      card: css('card'),
      training,
      validation,
    },
  };
  probe.remove();
  return palette;
}

/** Any CSS colour, through the one parser every browser has; a 2D context's fillStyle gives #rrggbb back. */
function rgb(color: string): Rgb {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return [0, 0, 0];
  context.fillStyle = color;
  const hex = /^#(..)(..)(..)$/.exec(String(context.fillStyle));
  const part = (i: number) => Number.parseInt(hex?.[i] ?? '80', 16);
  return [part(1), part(2), part(3)];
}
