// What the two charts of a training draw: its loss or accuracy by epoch or by step, with the best epoch marked.
import type { Locale } from '../../locales/index.ts';
import type { Palette } from '../kit/palette.ts';
import type { Curves } from '../runs/curves.ts';
import type { ChartData } from './curve_chart.ts';

export type Quantity = 'loss' | 'accuracy';

export interface CurvesLook {
  readonly by: 'epoch' | 'step';
  readonly log: boolean;
  /** At most so many will come. */
  readonly epochs: number;
  readonly locale: Locale;
  readonly palette: Palette;
}

export function chartData(curves: Curves, what: Quantity, look: CurvesLook): ChartData {
  const bounds = what === 'loss' ? { floor: 0, log: look.log } : { floor: 0, ceiling: 1 };
  return { ...(look.by === 'step' ? bySteps : byEpochs)(curves, what, look), ...bounds };
}

function linesOf({ locale, palette }: CurvesLook) {
  const { charts } = locale.t;
  return {
    training: { label: charts.training, color: palette.css.training },
    validation: { label: charts.validation, color: palette.css.validation, dashed: true },
  };
}

/** Validation stands at the last step of its epoch. */
function bySteps(curves: Curves, what: Quantity, look: CurvesLook): ChartData {
  const { training, validation } = linesOf(look);
  const values = new Map(curves.ends.map((s, i) => [s, curves.epochs[i]?.[`val_${what}`]]));
  const { step } = curves.steps;
  return {
    x: step,
    series: [
      { ...training, values: curves.steps[what] },
      { ...validation, values: step.map((s) => values.get(s) ?? null) },
    ],
    seam: curves.past.steps,
  };
}

function byEpochs(curves: Curves, what: Quantity, look: CurvesLook): ChartData {
  const { training, validation } = linesOf(look);
  const { t, f } = look.locale;
  const { epochs: rows, best } = curves;
  const y = best?.[`val_${what}`] ?? best?.[what];
  return {
    x: rows.map((r) => r.epoch),
    series: [
      { ...training, values: rows.map((r) => r[what]) },
      { ...validation, values: rows.map((r) => r[`val_${what}`] ?? null) },
    ],
    mark: best && y !== undefined ? { x: best.epoch, y, text: t.charts.best(f, best.epoch) } : null,
    seam: curves.past.epochs && curves.past.epochs + 0.5,
    xMax: Math.min(look.epochs, Math.max(5, rows.length)),
  };
}
