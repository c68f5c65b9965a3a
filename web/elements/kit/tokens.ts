// The look as custom properties. A page overrides --ziffer-*; the panels read --z-*, which each theme fills.
import { css, unsafeCSS } from 'lit';

export const light = {
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

export const dark: typeof light = {
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

export const lines = (theme: typeof light, line: (name: string, value: string) => string) =>
  unsafeCSS(
    Object.entries(theme)
      .map(([name, value]) => `--z-${name}: ${line(name, value)};`)
      .join('\n'),
  );
export const fill = (theme: typeof light) =>
  lines(theme, (name, value) => `var(--ziffer-${name}, ${value})`);

/** For the outermost element; panels inherit. */
export const tokens = css`
  :host {
    ${fill(light)}
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
