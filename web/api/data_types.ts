// The public types of the API: data sets, digits, and where things are.

/** Images of the API: bytes 0–255 (as MNIST stores them) or floats 0–1; each is h·w·c values, row by row, channels last. */
export type Images = Uint8Array | Float32Array;

// ── Data ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Labelled images in the trainer worker. Numbers are known at once; contents are there when `ready` is. */
export interface Dataset {
  readonly count: number;
  /** [height, width, channels]. */
  readonly shape: readonly [number, number, number];
  readonly classes: number;
  /** Settles when every image has arrived, or with what went wrong. Loading begins by itself, except for MNIST's test set, which loads with its first use. */
  readonly ready: Promise<void>;
  /** Bytes 0–255; waits until the image has arrived. */
  image(index: number): Promise<Uint8Array>;
  /** Several images one after another. */
  images(indices: ArrayLike<number>): Promise<Uint8Array>;
  label(index: number): Promise<number>;
  /** All labels; waits for `ready`. */
  labels(): Promise<Uint8Array>;
  /** Starts loading, or tries again after a failure; resolves as `ready` does. */
  load(): Promise<void>;
  dispose(): void;
}

export interface LoadProgress {
  /** Bytes over the wire. */
  readonly loadedBytes: number;
  readonly totalBytes: number;
  readonly loadedImages: number;
  readonly totalImages: number;
}

export interface LoadOptions {
  /** Training data only; called as bytes arrive, at most 20 times a second, and once at the end. */
  onProgress?: (progress: LoadProgress) => void;
  signal?: AbortSignal;
}

export interface LoadModelOptions {
  signal?: AbortSignal | undefined;
}

export interface LoadMnistOptions extends LoadOptions {
  /** Only the first n training images; fewer pieces are fetched then. Default 60,000. */
  trainCount?: number;
}

/** Where a file is: a URL (relative ones against the page), a Blob, or its bytes. */
export type FileSource = string | URL | Blob | ArrayBuffer | Uint8Array;

export interface LoadIdxOptions extends LoadOptions {
  /** Number of classes; default: the largest label + 1. */
  classes?: number;
  /** Only the first so many images. */
  count?: number;
}

/** The four files of a data set, each plain or gzip-compressed. */
export interface IdxFiles {
  readonly trainImages: string | URL;
  readonly trainLabels: string | URL;
  readonly testImages: string | URL;
  readonly testLabels: string | URL;
}

export interface LoadIdxSetsOptions extends LoadOptions {
  /** Only the first so many training images; default: all. */
  trainCount?: number;
  /** Number of classes; default: the largest label + 1. */
  classes?: number;
}

// ── Ink and pictures ─────────────────────────────────────────────────────────────────────────────────────────────────

/** One point of a stroke: x to the right, y down, in any unit; pressure 0–1 scales the pen's width. */
export type StrokePoint =
  | readonly [x: number, y: number]
  | readonly [x: number, y: number, pressure: number];

export interface NormalizeStrokesOptions {
  /** The pen's thickness in pixels of the fitted 20-pixel box, whatever the drawing's size, in (0, 20); default: MNIST's own, 2.4. */
  penWidth?: number | undefined;
  /**
   * A drawing whose longer side is below this, in the points' units, is taken as if it were this long, so that a tap stays a
   * dot; about a fiftieth of the pad's side. Default 0.
   */
  dotSize?: number | undefined;
}

/** A digit that somebody drew. */
export interface DrawnDigit {
  /** What it is: 0 to 9. */
  readonly label: number;
  readonly strokes: readonly (readonly StrokePoint[])[];
  /** The pen's thickness for this one, in pixels of the fitted 20-pixel box; default: that of the call. */
  readonly penWidth?: number;
}

/** A picture of one digit. */
export interface LabelledPicture {
  /** What it is: 0 to 9. */
  readonly label: number;
  readonly picture: Blob;
}

export interface FromPicturesOptions extends LoadOptions {
  /** As for `normalizePicture`. */
  minStroke?: number;
}

export interface NormalizePictureOptions {
  /** Strokes thinner than this in the fitted box (a ballpoint's) are thickened; 0 for never; default 1.6. */
  minStroke?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** A digit as MNIST normalised its own. */
export interface NormalizedDigit {
  /** 28×28 bytes, ink 255; all zero where `empty`. */
  readonly image: Uint8Array;
  /** No ink: there is nothing to predict. */
  readonly empty: boolean;
  readonly steps: NormalizationSteps;
}

export interface NormalizationSteps {
  /** The ink as drawn, or the picture in grey, light on dark. */
  readonly ink: GrayPicture;
  /** Where the ink stands in it: x0 ≤ x < x1, y0 ≤ y < y1. */
  readonly box: {
    readonly x0: number;
    readonly y0: number;
    readonly x1: number;
    readonly y1: number;
  };
  /** The box scaled into 20×20, its proportions kept. */
  readonly fitted: GrayPicture;
  /** Where `fitted` is put in 28×28 (dx, dy: its upper left pixel), so that its centre of mass comes to the middle. */
  readonly centered: {
    readonly dx: number;
    readonly dy: number;
    readonly centreX: number;
    readonly centreY: number;
  };
  /** Of a picture: how many other pieces of ink may be digits too. The one with the most ink was read. */
  readonly others: number;
  /** Where that one stands among them. */
  readonly place: 'alone' | 'left' | 'right' | 'top' | 'bottom';
}

export interface GrayPicture {
  readonly width: number;
  readonly height: number;
  /** Row by row, 0–255. */
  readonly pixels: Uint8Array;
}

// ── Set-up ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** For pages whose policy or layout needs other places than beside ziffer.js. Relative ones are taken against the page. */
export interface Configuration {
  /** worker.js; on another origin it is fetched and started from a blob. */
  workerUrl?: string;
  /** ziffer-core.wasm */
  wasmUrl?: string;
  /** ziffer-core-scalar.wasm, for browsers without SIMD; by default beside ziffer-core.wasm. */
  scalarWasmUrl?: string;
  /** reader.js, the worker that reads models' files and pictures; beside `workerUrl` where that is given */
  readerUrl?: string;
  /** hdf5.js, imported with the first .keras or .h5 file; beside `workerUrl` where that is given */
  hdf5Url?: string;
  /** picture.js, imported with the first picture */
  pictureUrl?: string;
  /** ziffer-picture.wasm, fetched with the first picture */
  pictureWasmUrl?: string;
  /** The folder of MNIST's manifest.json, with its slash at the end. */
  dataUrl?: string;
  /** The folder of the presets' models, with its slash at the end. */
  modelsUrl?: string;
}
