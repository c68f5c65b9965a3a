// Buttons, fields and headings that every panel shares.
import { css } from 'lit';

export const controls = css`
  :host {
    display: block;
    box-sizing: border-box;
    min-width: 0;
    color: var(--z-ink);
    font-family: var(--z-font);
    font-variant-numeric: tabular-nums;
    line-height: 1.4;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 1.07em;
    font-weight: 650;
  }
  h3 {
    font-size: 0.94em;
    font-weight: 650;
  }
  .muted {
    color: var(--z-muted);
  }
  .small {
    font-size: 0.8em;
  }
  .mono {
    font-family: var(--z-mono);
  }

  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    min-height: 36px;
    padding: 6px 14px;
    border: 1px solid var(--z-line);
    border-radius: 8px;
    background: var(--z-card);
    color: inherit;
    font: inherit;
    font-size: 0.94em;
    line-height: 1.2;
    cursor: pointer;
    touch-action: manipulation;
  }
  button:hover:not(:disabled, [aria-disabled='true']),
  .button:hover {
    background: var(--z-soft);
  }
  button:disabled,
  button[aria-disabled='true'] {
    color: var(--z-muted);
    cursor: default;
    opacity: 0.65;
  }
  button.primary {
    border-color: transparent;
    background: var(--z-training);
    color: var(--z-on-training);
    font-weight: 650;
  }
  button.primary:hover:not(:disabled, [aria-disabled='true']) {
    background: color-mix(in srgb, var(--z-training) 88%, var(--z-ink));
  }
  button.link {
    min-height: 28px;
    padding: 2px 4px;
    border: 0;
    background: none;
    color: var(--z-training);
    font-size: inherit;
  }
  button.link:hover:not(:disabled) {
    background: none;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  button.quiet {
    min-height: 28px;
    padding: 2px 4px;
    border: 0;
    border-radius: 0;
    border-bottom: 2px solid transparent;
    background: none;
    color: var(--z-muted);
    font-size: 0.87em;
  }
  button.quiet:hover:not(:disabled) {
    background: none;
    color: var(--z-ink);
  }
  button.quiet[aria-pressed='true'] {
    border-bottom-color: var(--z-ink);
    color: var(--z-ink);
  }
  input,
  select {
    width: 100%;
    min-width: 0;
    min-height: 36px;
    padding: 5px 10px;
    border: 1px solid var(--z-line);
    border-radius: 8px;
    background: var(--z-paper);
    color: inherit;
    font: inherit;
    font-size: 0.94em;
    font-variant-numeric: tabular-nums;
  }
  input[type='checkbox'] {
    flex: none;
    width: 18px;
    min-height: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--z-training);
  }
  input[aria-invalid='true'] {
    border-color: var(--z-bad);
  }
  :focus-visible {
    outline: 2px solid var(--z-training);
    outline-offset: 2px;
  }
  /* On a narrow screen the bar at the thumb must not cover what has the focus. */
  button,
  input,
  select,
  [tabindex] {
    scroll-margin-block: 12px 100px;
  }
  table {
    border-collapse: collapse;
    font-size: 0.87em;
  }
  th {
    color: var(--z-muted);
    font-weight: 500;
  }
  .hush {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* A contrast theme paints what lies behind text; what is pressed or chosen says so with colours of that theme. */
  @media (forced-colors: active) {
    button.quiet,
    button.link {
      border-color: Canvas;
    }
    button.primary,
    button[aria-pressed='true'] {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
    button:disabled,
    button[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
  /* Paper has nothing to press; a panel whose buttons show something leaves them. */
  @media print {
    :host {
      print-color-adjust: exact;
      -webkit-print-color-adjust: exact;
    }
    button,
    .button {
      display: none;
    }
    button.quiet[aria-pressed='true'] {
      display: inline-flex;
    }
  }
  @media (pointer: coarse) {
    button,
    .button,
    input:not([type='checkbox']),
    select {
      min-height: 44px;
    }
    button.link,
    button.quiet {
      min-width: 44px;
      min-height: 44px;
    }
  }
`;

/** A dialog's own frame; its width is its own. */
export const dialogFrame = css`
  dialog {
    /* In a frame that is higher than the screen: in what is seen of it. */
    inset-block: var(--z-seen-top) calc(100dvh - var(--z-seen-top) - var(--z-seen-height));
    max-height: calc(var(--z-seen-height) - 48px);
    padding: 20px;
    border: 1px solid var(--z-line);
    border-radius: var(--z-radius);
    background: var(--z-card);
    color: var(--z-ink);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }
`;

/** A panel's own frame; what is inside asks for the panel's width, the panel for the lab's. */
export const card = css`
  :host {
    container-type: inline-size;
    padding: 20px;
    border: 1px solid var(--z-line);
    border-radius: var(--z-radius);
    background: var(--z-card);
  }
  @container (max-width: 640px) {
    :host {
      padding: 16px;
    }
  }
`;
