// The lab's own layout: three columns, two, or one, by the width it is given and not the window's.
import { css } from 'lit';

export const labStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    position: relative;
    color: var(--z-ink);
    font-family: var(--z-font);
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  .lab {
    font-size: clamp(15px, 9.6px + 0.42cqi, 19px);
    line-height: 1.4;
    background: var(--z-paper);
  }
  .main {
    display: grid;
    gap: 20px;
    padding: 20px;
  }
  .bare {
    padding: 0;
    background: none;
  }
  .bare .main {
    padding: 0;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
    align-items: start;
  }
  .waiting {
    position: relative;
    display: grid;
    place-content: center;
    gap: 12px;
    min-height: 320px;
    border: 1px solid var(--z-line);
    border-radius: var(--z-radius);
    background: var(--z-card);
    color: var(--z-muted);
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
    border-radius: 8px;
    background: var(--z-card);
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
    line-height: 1.5;
    text-wrap: pretty;
  }
  ziffer-train-bar {
    display: none;
  }
  @container (max-width: 700px) {
    .main {
      gap: 12px;
      padding: 12px;
    }
    .columns {
      gap: 12px;
    }
    ziffer-train-bar {
      display: block;
      position: sticky;
      z-index: 5;
      bottom: 0;
    }
  }
  @container (min-width: 701px) {
    .draw-train,
    .draw-train-model,
    .draw-model {
      grid-template-columns: minmax(300px, 3fr) minmax(0, 5fr);
    }
    .draw-train-model ziffer-model {
      grid-column: 1 / -1;
    }
    .train-model {
      grid-template-columns: minmax(0, 1fr) 300px;
    }
  }
  @container (min-width: 1100px) {
    .main {
      padding: 22px 28px;
    }
    .columns {
      align-items: stretch;
    }
    .draw-train-model {
      grid-template-columns: minmax(280px, 25fr) minmax(0, 50fr) minmax(280px, 25fr);
    }
    .draw-train-model ziffer-model {
      grid-column: auto;
    }
    .draw-train {
      grid-template-columns: minmax(280px, 3fr) minmax(0, 7fr);
    }
  }
`;
