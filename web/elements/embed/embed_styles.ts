// How the embed dialog looks: choices left, the lab as it will be right, the code below.
import { css } from 'lit';

export const embedStyles = css`
  dialog {
    width: min(1180px, calc(100vw - 24px));
    max-width: none;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin-bottom: 12px;
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
  }
  @media (min-width: 860px) {
    .body {
      grid-template-columns: 300px minmax(0, 1fr);
    }
    .take {
      grid-column: 1 / -1;
    }
  }
  .choices {
    display: grid;
    align-content: start;
    gap: 14px;
  }
  fieldset {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 2px 12px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset:last-of-type {
    grid-template-columns: 1fr;
  }
  legend,
  label > span {
    padding: 0;
    color: var(--z-muted);
    font-size: 0.87em;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 28px;
  }
  .check span {
    color: var(--z-ink);
    font-size: 0.94em;
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
  }
  .shown {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    gap: 8px;
  }
  .preview {
    max-height: calc(0.44 * var(--z-seen-height));
    min-height: 300px;
    padding: 16px;
    overflow: auto;
    border: 1px dashed var(--z-edge);
    border-radius: 8px;
    background: var(--z-paper);
  }
  .forms {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 16px;
    margin-bottom: 8px;
  }
  .copy {
    margin-inline-start: auto;
  }
  pre {
    margin: 0 0 6px;
    padding: 14px;
    overflow: auto;
    border: 1px solid var(--z-line);
    border-radius: 8px;
    background: var(--z-paper);
    font-family: var(--z-mono);
    font-size: 0.87em;
    line-height: 1.5;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .take a {
    display: inline-block;
    margin-top: 14px;
    color: var(--z-training);
  }
  @media (pointer: coarse) {
    .check {
      min-height: 44px;
    }
  }
`;
