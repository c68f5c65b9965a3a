// How the teacher's desk looks: a page with a table and a plot.
import { css } from 'lit';

export const deskStyles = css`
  :host {
    background: var(--z-paper);
  }
  main {
    display: grid;
    gap: 12px;
    max-width: 1280px;
    min-height: 90dvh;
    margin: 0 auto;
    padding: 24px;
    align-content: start;
  }
  h1 {
    margin: 0;
    font-size: 1.5em;
  }
  label {
    display: grid;
    gap: 4px;
  }
  .act {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .table {
    overflow: auto;
  }
  table {
    border-collapse: collapse;
    font-size: 0.9em;
  }
  th,
  td {
    padding: 4px 10px;
    border-bottom: 1px solid var(--z-line);
    text-align: start;
    vertical-align: top;
  }
  td.number {
    text-align: end;
  }
  figure {
    max-width: 720px;
  }
  svg {
    width: 100%;
  }
  path {
    fill: none;
    stroke: currentColor;
  }
  text {
    fill: currentColor;
    font-size: 13px;
  }
  circle {
    fill: var(--z-training);
    stroke: var(--z-card);
  }
`;
