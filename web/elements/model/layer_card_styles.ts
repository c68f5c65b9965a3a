// How a layer's card looks, closed, open, wrong and dragged.
import { css } from 'lit';

export const layerCardStyles = css`
  ol {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
  }
  li {
    position: relative;
    border: 1px solid var(--z-line);
    border-radius: 8px;
    background: var(--z-card);
  }
  li.input {
    display: flex;
    justify-content: space-between;
    padding: 8px 12px 8px 30px;
    background: var(--z-soft);
  }
  li.wrong {
    border-color: var(--z-bad);
  }
  li.dragged {
    opacity: 0.55;
  }
  li.before::before,
  li.after::before {
    content: '';
    position: absolute;
    inset: -5px 0 auto;
    height: 3px;
    border-radius: 2px;
    background: var(--z-training);
  }
  li.after::before {
    inset: auto 0 -5px;
  }
  .face:disabled {
    color: inherit;
    opacity: 1;
  }
  .grip {
    position: absolute;
    z-index: 1;
    inset: 0 auto auto 0;
    width: 28px;
    height: 48px;
    min-width: 0;
    min-height: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--z-muted);
    cursor: grab;
    touch-action: none;
  }
  .grip:hover {
    color: var(--z-ink);
  }
  .grip svg {
    width: 8px;
    height: 14px;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    opacity: 0.6;
  }
  .face {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 1px 8px;
    align-items: baseline;
    width: 100%;
    padding: 7px 12px 7px 30px;
    border: 0;
    border-radius: 7px;
    background: none;
    font-size: 1em;
    line-height: 1.4;
    text-align: left;
  }
  .name {
    font-weight: 650;
    font-size: 0.94em;
  }
  .shape {
    font-size: 0.87em;
    text-align: right;
  }
  .detail,
  .params {
    color: var(--z-muted);
    font-size: 0.8em;
  }
  .params {
    text-align: right;
  }
  .error {
    padding: 0 12px 8px 30px;
    color: var(--z-bad);
    font-size: 0.87em;
    overflow-wrap: anywhere;
  }
  @media (pointer: coarse) {
    .grip {
      width: 44px;
    }
    .face,
    li.input,
    .error {
      padding-left: 44px;
    }
  }
`;
