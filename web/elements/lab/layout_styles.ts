// The lab's own layout: three columns, two, or one, by the width it is given and not the window's.
import { css } from 'lit';

export const layoutStyles = css`
  :host {
    color: var(--z-ink);
    --z-font: var(
      --ziffer-font,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Noto Sans',
      'Helvetica Neue',
      Arial,
      sans-serif
    );
    --z-mono: var(
      --ziffer-mono,
      ui-monospace,
      SFMono-Regular,
      Menlo,
      Consolas,
      'DejaVu Sans Mono',
      'Liberation Mono',
      monospace
    );
    font-family: var(--z-font);
  }
  .lab {
    font-size: clamp(15px, 9.6px + 0.42cqi, 19px);
    line-height: 1.4;
    position: relative;
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
  ziffer-train-bar {
    display: none;
  }
  @media print {
    ziffer-train-bar {
      display: none !important;
    }
    .columns,
    .main {
      gap: 12px;
    }
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
      bottom: var(--z-below, 0);
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
