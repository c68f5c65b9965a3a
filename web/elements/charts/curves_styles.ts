// How the two charts stand side by side, with their read-out, legend and buttons.
import { css } from 'lit';

export const curvesStyles = css`
  :host {
    display: flex;
    flex-direction: column;
  }
  .charts {
    flex: 1;
    position: relative;
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr));
    gap: 8px 20px;
  }
  .figure {
    display: flex;
    flex-direction: column;
    min-width: 0;
  }
  ziffer-curve-chart {
    flex: 1;
    min-height: clamp(180px, 32cqi, 284px);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 8px;
    min-height: 1.5em;
  }
  .readout {
    display: flex;
    gap: 1ch;
    font-size: 0.8em;
  }
  .training {
    color: var(--z-training);
  }
  .validation {
    color: var(--z-validation);
  }
  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    padding: 16px;
    color: var(--z-muted);
    text-align: center;
    font-size: 0.94em;
    pointer-events: none;
  }
  .empty span {
    padding: 4px 12px;
    background: var(--z-card);
  }
  @container (max-width: 520px) {
    .empty {
      bottom: 50%;
    }
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
    margin-top: 4px;
  }
  .legend,
  .views {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    font-size: 0.87em;
  }
  .views button {
    font-size: 1em;
  }
  .key {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .key::before {
    content: '';
    width: 20px;
    border-top: 2.5px solid var(--z-training);
  }
  .key.dashed::before {
    border-top: 2.5px dashed var(--z-validation);
  }
  .key.seam::before {
    width: 0;
    height: 1em;
    border: 0;
    border-left: 1px solid var(--z-muted);
  }
`;
