// The look as custom properties. A page overrides --ziffer-*; the panels read --z-*, which each theme fills.
import { css, unsafeCSS } from 'lit';

const light = {
  paper: '#fbfaf7',
  card: '#ffffff',
  ink: '#1c2024',
  muted: '#5f666e',
  line: '#e3e0d8',
  /** Borders of controls: 3:1 against the card. */
  edge: '#8d8f8c',
  soft: '#f2f0ea',
  training: '#0b62b0',
  'on-training': '#ffffff',
  validation: '#c2571a',
  good: '#1d7a4f',
  bad: '#a8321e',
};

const dark: typeof light = {
  paper: '#14171a',
  card: '#1b1f23',
  ink: '#e8e6e1',
  muted: '#9aa1a8',
  line: '#2c3237',
  edge: '#6c747b',
  soft: '#23282d',
  training: '#5aa9e6',
  'on-training': '#0d1115',
  validation: '#f0985a',
  good: '#63c396',
  bad: '#f08a78',
};

const fill = (theme: typeof light) =>
  unsafeCSS(
    Object.entries(theme)
      .map(([name, value]) => `--z-${name}: var(--ziffer-${name}, ${value});`)
      .join('\n'),
  );

/** For the outermost element; panels inherit. */
export const tokens = css`
  :host {
    ${fill(light)}
    --z-font: var(
      --ziffer-font,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Noto Sans',
      'Helvetica Neue',
      Arial,
      sans-serif
    );
    --z-mono: var(
      --ziffer-mono,
      ui-monospace,
      SFMono-Regular,
      Menlo,
      Consolas,
      'DejaVu Sans Mono',
      'Liberation Mono',
      monospace
    );
    --z-radius: var(--ziffer-radius, 10px);
    color-scheme: light;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) {
      ${fill(dark)}
      color-scheme: dark;
    }
  }
  :host([theme='dark']) {
    ${fill(dark)}
    color-scheme: dark;
  }
`;

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

/** Reads the colours in force at an element. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const css = (name: string) => style.getPropertyValue(`--z-${name}`).trim();
  return {
    ink: rgb(css('ink')),
    training: rgb(css('training')),
    validation: rgb(css('validation')),
    css: {
      ink: css('ink'),
      muted: css('muted'),
      line: css('line'),
      card: css('card'),
      training: css('training'),
      validation: css('validation'),
    },
  };
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
