// A layer in a few words: "8 filters · 3 × 3 · relu".
import type { ImageDataGeneratorConfig, LayerSpec, Pair, Range } from '../../api/index.ts';
import type { Sides } from '../../keras/types.ts';
import type { Locale } from '../../locales/index.ts';

export function layerDetail(spec: LayerSpec, locale: Locale): string {
  const { inbound } = spec.config;
  const detail = [inbound && `← ${inbound.join(', ')}`, settingsOf(spec, locale)]
    .filter(Boolean)
    .join(' · ');
  if (spec.config.trainable !== false || !/Conv2D$|Dense/.test(spec.className)) return detail;
  return `${detail} · ${locale.t.model.frozen}`;
}

/** What one kind of convolution has and another has not. */
interface Many {
  groups?: number;
  depthMultiplier?: number;
}

function settingsOf(spec: LayerSpec, { t, f }: Locale): string {
  switch (spec.className) {
    case 'Conv2D':
    case 'SeparableConv2D':
    case 'DepthwiseConv2D': {
      const { kernelSize, activation, strides, padding, dilationRate } = spec.config;
      const parts = [times(kernelSize)];
      if ('filters' in spec.config) parts.unshift(t.model.filters(f, spec.config.filters));
      if (strides && times(strides) !== '1 × 1') parts.push(t.model.stride(times(strides)));
      if (padding === 'same') parts.push(padding);
      if (dilationRate && times(dilationRate) !== '1 × 1')
        parts.push(t.model.dilation(times(dilationRate)));
      const { groups = 1, depthMultiplier = 1 } = spec.config as Many;
      if (groups > 1) parts.push(t.model.groups(f, groups));
      if (depthMultiplier > 1) parts.push(t.model.perChannel(f, depthMultiplier));
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
    case 'UpSampling2D':
      return times(spec.config.size ?? 2);
    case 'ZeroPadding2D':
      return `+ ${sides(spec.config.padding ?? 1)}`;
    case 'Cropping2D':
      return `− ${sides(spec.config.cropping ?? 0)}`;
    case 'Reshape':
      return shapeText(spec.config.targetShape);
    case 'Permute':
      return spec.config.dims.join(', ');
    case 'Dropout':
    case 'SpatialDropout2D':
    case 'GaussianDropout':
      return t.model.rate(f, spec.config.rate);
    case 'GaussianNoise':
      return `± ${f.plain(spec.config.stddev)}`;
    case 'LeakyReLU':
      return `× ${f.plain(spec.config.negativeSlope ?? 0.3)}`;
    case 'Activation':
      return spec.config.activation;
    case 'Rescaling':
      return `× ${f.plain(Number((spec.config.scale ?? 1).toPrecision(4)))}`;
    case 'RandomRotation':
      return spread(spec.config.factor, f, '°', 360);
    case 'RandomTranslation':
    case 'RandomZoom': {
      const { heightFactor, widthFactor } = spec.config;
      const both = [heightFactor, widthFactor ?? heightFactor].map((n) => spread(n, f, ' %', 100));
      return both[0] === both[1] ? both[0]! : `↕ ${both[0]} · ↔ ${both[1]}`;
    }
    case 'RandomFlip':
      return { horizontal: '↔', vertical: '↕', horizontal_and_vertical: '↔ ↕' }[
        spec.config.mode ?? 'horizontal_and_vertical'
      ];
    case 'RandomContrast':
    case 'RandomBrightness':
      return spread(spec.config.factor, f, ' %', 100);
    case 'ImageDataGenerator':
      return generatorDetail(spec.config, f);
    // Its name says it all.
    default:
      return '';
  }
}

/** "± 10 %", "−5 … 10°" */
function spread(range: Range, f: Locale['f'], unit: string, times = 1): string {
  const text = (n: number) => f.plain(Number((n * times).toPrecision(4)));
  if (typeof range === 'number') return `± ${text(Math.abs(range))}${unit}`;
  return `${text(range[0])} … ${text(range[1])}${unit}`;
}

function generatorDetail(config: ImageDataGeneratorConfig, f: Locale['f']): string {
  const { rotationRange, widthShiftRange, heightShiftRange, shearRange, zoomRange } = config;
  const shift = (n: number) => (n < 1 ? spread(n, f, ' %', 100) : spread(n, f, ''));
  const parts = [
    rotationRange && spread(rotationRange, f, '°'),
    widthShiftRange && `↔ ${shift(widthShiftRange)}`,
    heightShiftRange && `↕ ${shift(heightShiftRange)}`,
    zoomRange && `⤢ ${spread(zoomRange, f, ' %', 100)}`,
    shearRange && `▱ ${spread(shearRange, f, '°')}`,
    config.horizontalFlip && '⇄',
    config.verticalFlip && '⇅',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** "26 × 26 × 8", "1352" */
export function shapeText(shape: readonly number[]): string {
  return shape.join(' × ');
}

function sides(given: Sides): string {
  const all = ([given] as readonly unknown[]).flat(2);
  return (new Set(all).size > 1 ? all : all.slice(0, 1)).join(' · ');
}

function times(pair: Pair): string {
  return typeof pair === 'number' ? `${pair} × ${pair}` : pair.join(' × ');
}
