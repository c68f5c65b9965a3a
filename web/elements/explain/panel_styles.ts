// The panel's own: the row of layers, the filters as pictures.
import { css } from 'lit';

export const panelStyles = css`
  :host {
    container-type: inline-size;
  }
  .layers {
    display: flex;
    gap: 8px;
    padding: 3px;
    margin: -3px;
    overflow-x: auto;
  }
  .layers button {
    flex: none;
    flex-direction: column;
    gap: 0;
    padding: 6px 12px;
  }
  .layers strong {
    font-weight: 600;
  }
  .layers .small {
    color: var(--z-muted);
  }
  .layers button[aria-pressed='true'] {
    border-color: var(--z-training);
    box-shadow: inset 0 0 0 1px var(--z-training);
  }
  @media (forced-colors: active) {
    .layers button[aria-pressed='true'] .small {
      color: HighlightText;
    }
  }
  .filters {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(64px, 84px));
    gap: 8px;
  }
  .filters button {
    display: block;
    padding: 4px;
  }
  .filters button[aria-pressed='true'] {
    border-color: var(--z-training);
    box-shadow: inset 0 0 0 1px var(--z-training);
  }
  .filters figcaption {
    margin-top: 1px;
  }
  .pick {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .pick input {
    width: 6em;
  }
  .single {
    max-width: 320px;
  }
  .maps.both {
    grid-template-columns: repeat(2, minmax(0, 220px));
  }
`;
