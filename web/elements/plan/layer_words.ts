// A layer in a few words: "8 filters · 3 × 3 · relu".
import type { LayerSpec, Pair } from '../../api/index.ts';
import type { Locale } from '../../locales/index.ts';

export function layerDetail(spec: LayerSpec, locale: Locale): string {
  const detail = settingsOf(spec, locale);
  if (spec.config.trainable !== false || !/Conv2D|Dense/.test(spec.className)) return detail;
  return `${detail} · ${locale.t.model.frozen}`;
}

function settingsOf(spec: LayerSpec, { t, f }: Locale): string {
  switch (spec.className) {
    case 'Conv2D': {
      const { filters, kernelSize, activation, strides, padding } = spec.config;
      const parts = [t.model.filters(f, filters), times(kernelSize)];
      if (strides && times(strides) !== '1 × 1') parts.push(t.model.stride(times(strides)));
      if (padding === 'same') parts.push(padding);
      if (activation && activation !== 'linear') parts.push(activation);
      return parts.join(' · ');
    }
    case 'MaxPooling2D':
    case 'AveragePooling2D':
      return times(spec.config.poolSize ?? 2);
    case 'Dense': {
      const { units, activation } = spec.config;
      const parts = [t.model.units(f, units)];
      if (activation && activation !== 'linear') parts.push(activation);
      return parts.join(' · ');
    }
    case 'Dropout':
      return t.model.rate(f, spec.config.rate);
    case 'Activation':
      return spec.config.activation;
    case 'Rescaling':
      return `× ${f.plain(Number((spec.config.scale ?? 1).toPrecision(4)))}`;
    // Its name says it all.
    default:
      return '';
  }
}

/** "26 × 26 × 8", "1352" */
export function shapeText(shape: readonly number[]): string {
  return shape.join(' × ');
}

function times(pair: Pair): string {
  return typeof pair === 'number' ? `${pair} × ${pair}` : pair.join(' × ');
}
