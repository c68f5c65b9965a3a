// The panel's own: the row of layers, and two halves beside each other.
import { css } from 'lit';

export const panelStyles = css`
  :host {
    container-type: inline-size;
  }
  .layers {
    display: flex;
    gap: 8px;
    padding: 3px;
    margin: -3px 0;
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
  .single {
    max-width: 320px;
  }
  .halves {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px 40px;
  }
  @container (min-width: 900px) {
    .halves {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      max-width: 1240px;
    }
  }
`;
