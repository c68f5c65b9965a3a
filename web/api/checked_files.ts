// The functions that take what others drew, took or wrote, behind the reading of their arguments. Fetched with the first call of
// one of them.
import { callback, type Fields, number } from '../keras/fields.ts';
import { reading } from '../keras/given.ts';
import { isPlain } from '../keras/reader.ts';
import { options, refuse, SIGNAL } from './arguments.ts';
import { requireFile } from './file_argument.ts';
import * as ink from './ink.ts';
import * as files from './load_model.ts';
import * as own from './own_digits.ts';
import type {
  Dataset,
  DrawnDigit,
  FromPicturesOptions,
  LabelledPicture,
  StrokePoint,
} from './types.ts';

const LOADING: Fields = { on_progress: callback({ none: true }), signal: SIGNAL };
/** Ranges are the core's: `ink_invalid`. */
const STROKES: Fields = { pen_width: number(0), dot_size: number(0) };
const PICTURE: Fields = { min_stroke: number(0), signal: SIGNAL };
const FROM_STROKES: Fields = { ...STROKES, ...LOADING };
const FROM_PICTURES: Fields = { ...PICTURE, ...LOADING };
const MODEL: Fields = { signal: SIGNAL };

export const loadModel: typeof files.loadModel = async (source, given) => {
  requireFile('loadModel', 'a model', source);
  return files.loadModel(source, options('loadModel', MODEL, given, '{ signal }'));
};

export const normalizeStrokes: typeof ink.normalizeStrokes = async (strokes, given) => {
  const checked = options('normalizeStrokes', STROKES, given, '{ penWidth: 2.4 }');
  const read = reading('normalizeStrokes', () => strokesOf('normalizeStrokes', strokes));
  return ink.normalizeStrokes(read, checked);
};

export const normalizePicture: typeof ink.normalizePicture = async (picture, given) => {
  const checked = options('normalizePicture', PICTURE, given, '{ minStroke: 1.6 }');
  if (!(picture instanceof Blob)) refuse('normalizePicture', 'a Blob or File', picture);
  return ink.normalizePicture(picture, checked);
};

export const fromStrokes: typeof own.fromStrokes = async (digits, given) => {
  const checked = options('fromStrokes', FROM_STROKES, given, '{ penWidth: 2.4 }');
  return own.fromStrokes(
    reading('fromStrokes', () => drawnDigits(digits)),
    checked,
  );
};

export const fromPictures = async (
  pictures: Iterable<LabelledPicture | File>,
  given?: FromPicturesOptions,
): Promise<Dataset> => {
  const checked = options('fromPictures', FROM_PICTURES, given, '{ minStroke: 1.6 }');
  return own.fromPictures(
    reading('fromPictures', () => labelledPictures(pictures)),
    checked,
  );
};

/** A copy of plain numbers. Points that are none: `ink_invalid`. */
function strokesOf(where: string, strokes: unknown): StrokePoint[][] {
  if (!Array.isArray(strokes)) refuse(where, 'a list of strokes', strokes);
  return Array.from(strokes, (stroke) => {
    if (!Array.isArray(stroke)) refuse(where, 'each stroke to be a list of points', stroke);
    return Array.from(stroke, (point) => pointOf(where, point));
  });
}

const isNumber = (value: unknown) => typeof value === 'number';

function pointOf(where: string, point: unknown): StrokePoint {
  if (Array.isArray(point) && (point.length === 2 || point.length === 3)) {
    const copy = [...point];
    if (copy.every(isNumber)) return copy as unknown as StrokePoint;
  }
  refuse(where, 'each point as [x, y] or [x, y, pressure]', point, 'ink_invalid');
}

/** A copy; further keys (a writer's name) are left out. */
function drawnDigits(digits: unknown): DrawnDigit[] {
  if (!Array.isArray(digits)) refuse('fromStrokes', 'a list of { label, strokes }', digits);
  return Array.from(digits, (digit, i) => {
    const where = `fromStrokes: digit ${i}`;
    if (!isPlain(digit)) refuse(where, '{ label, strokes }', digit);
    const { label, strokes, penWidth } = digit;
    requireLabel(where, label);
    const read = { label, strokes: strokesOf(where, strokes) };
    if (penWidth === undefined) return read;
    if (!isNumber(penWidth)) refuse(where, 'penWidth to be a number', penWidth);
    return { ...read, penWidth: penWidth as number };
  });
}

function labelledPictures(pictures: unknown): LabelledPicture[] {
  const where = 'fromPictures';
  const list = Array.from(isIterable(pictures) ? pictures : refuse(where, 'a list', pictures));
  return list.map((given, i) => {
    const file = given instanceof Blob;
    if (!file && !isPlain(given)) refuse(where, 'files, or { label, picture }', given);
    const { label, picture } = file ? { label: labelIn(given), picture: given } : given;
    if (!(picture instanceof Blob)) refuse(`${where}: picture ${i}`, 'a Blob or File', picture);
    const name = (picture as Partial<File>).name ?? `picture ${i}`;
    requireLabel(`${where}: ${name}`, label);
    return { label, picture };
  });
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

/** The digit with which its name begins, else that of its folder. */
function labelIn(file: Blob): number | undefined {
  const { name = '', webkitRelativePath = '' } = file as Partial<File>;
  const folder = webkitRelativePath.split('/').at(-2) ?? '';
  const own = /^\d(?!\d)/.exec(name) ?? /^\d(?!\d)/.exec(folder);
  return own ? Number(own[0]) : undefined;
}

function requireLabel(where: string, label: unknown): asserts label is number {
  if (Number.isInteger(label) && Number(label) >= 0 && Number(label) <= 9) return;
  refuse(where, 'the label to be a whole number from 0 to 9', label);
}
