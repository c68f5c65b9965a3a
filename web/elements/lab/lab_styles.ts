// How the element looks before the lab is there, and around it.
import { css } from 'lit';

export const labStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    position: relative;
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  .printed {
    display: none;
  }
  .waiting {
    position: relative;
    display: grid;
    place-content: center;
    gap: 12px;
    min-height: 320px;
    /* On the page's own ground, light or dark: nobody has looked yet. */
    border: 1px solid color-mix(in srgb, currentColor 20%, transparent);
    border-radius: var(--z-radius);
    text-align: center;
    overflow: hidden;
  }
  .waiting:has(img) {
    min-height: 0;
    place-content: stretch;
  }
  .waiting img {
    display: block;
    width: 100%;
    height: auto;
    min-height: 200px;
    object-fit: cover;
  }
  .waiting:has(img) .act {
    position: absolute;
    inset: 0;
    place-content: center;
  }
  .act {
    display: grid;
    justify-items: center;
    gap: 12px;
    padding: 12px;
  }
  .act p {
    margin: 0;
    padding: 6px 12px;
  }
  .waiting:has(img) .act p {
    border-radius: 8px;
    background: var(--z-card);
    color: var(--z-ink);
  }
  .act button {
    min-height: 48px;
    padding: 8px 24px;
    border: 0;
    border-radius: 8px;
    background: var(--z-training);
    color: var(--z-on-training);
    font: inherit;
    font-weight: 650;
    cursor: pointer;
  }
  .act button:focus-visible {
    outline: 2px solid var(--z-training);
    outline-offset: 3px;
  }
  .task {
    margin: 0 0 16px;
    padding: 14px 18px;
    border: 1px solid var(--z-line);
    border-inline-start: 4px solid var(--z-training);
    border-radius: var(--z-radius);
    background: var(--z-card);
    color: var(--z-ink);
    line-height: 1.5;
    text-wrap: pretty;
  }
  @media print {
    .waiting {
      min-height: 0;
    }
    .waiting,
    .task {
      background: none;
      color: #000;
    }
    .waiting .act {
      display: none;
    }
    .printed {
      display: block;
      margin: 12px;
    }
  }
`;
