// Finds out what kind of model's file it is given, by its first bytes, since names lie; and reads it.
import type { ModelFiles, OpenedModel } from '../api/formats.ts';
import { ZifferError } from '../protocol/errors.ts';
import { read as readH5 } from './h5.ts';
import { loadHdf5From } from './hdf5.ts';
import { read as readKeras } from './keras.ts';
import { read as readTfjs } from './tfjs.ts';
import { isKeras, openZip } from './zip.ts';

/** `begun` is called when what reads the file is there. Errors: `invalid_model`, `unsupported_*`, `model_too_large`, and those of `beside`. */
export async function readModelFile(
  files: ModelFiles,
  hdf5Url: string,
  begun: () => void,
): Promise<OpenedModel> {
  const { name, bytes } = files;
  const [a, b, c, d] = bytes;
  const zip = a === 0x50 && b === 0x4b ? openZip(name, bytes) : null;
  if (zip && !isKeras(zip)) {
    begun();
    return readTfjs(files);
  }
  if (zip || (a === 0x89 && b === 0x48 && c === 0x44 && d === 0x46)) {
    await loadHdf5From(hdf5Url);
    begun();
    return zip ? readKeras(files) : readH5(files);
  }
  begun();
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  if (start.startsWith('{')) return readTfjs(files);
  return refuse(name, bytes, start);
}

function refuse(name: string, bytes: Uint8Array, start: string): never {
  if (bytes[0] === 0x08 && name.endsWith('.onnx')) {
    const message = `${name}: ONNX files can be saved, not opened. Open the .keras, .h5 or TensorFlow.js file of the same model.`;
    throw new ZifferError('unsupported_format', message);
  }
  const what = start.startsWith('<') ? 'HTML or XML' : `${bytes.length} bytes of something else`;
  throw new ZifferError('invalid_model', `${name}: expected a model file, got ${what}.`);
}
