// What the parts of the panel look like in common.
import { css } from 'lit';

export const explained = css`
  .stage {
    display: grid;
    align-content: start;
    grid-template-columns: minmax(0, 1fr);
    gap: 18px;
  }
  .scene {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 4fr) minmax(0, 3fr);
    align-items: start;
    gap: 12px 28px;
    max-width: 1240px;
  }
  .caption {
    margin-bottom: 6px;
    color: var(--z-muted);
    font-size: 0.87em;
  }
  .formula {
    padding: 4px 0;
    overflow-x: auto;
    overflow-y: hidden;
    font-size: 1.15em;
  }
  math {
    line-height: normal;
    math-style: normal;
    white-space: nowrap;
  }
  .result {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    padding: 10px 14px;
    border-radius: var(--z-radius);
    background: var(--z-soft);
  }
  h3 + .words {
    margin-bottom: 10px;
  }
  .words {
    max-width: 72ch;
  }
  .value {
    font-variant-numeric: tabular-nums;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .chips button[aria-pressed='true'] {
    border-color: var(--z-training);
    box-shadow: inset 0 0 0 1px var(--z-training);
  }
  .go {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 14px;
  }
  @container (max-width: 420px) {
    .formula {
      font-size: 0.94em;
    }
  }
  @container (max-width: 760px) {
    .scene {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 14px 12px;
    }
    .scene > .middle {
      grid-row: 2;
      grid-column: 1 / -1;
    }
  }
`;
