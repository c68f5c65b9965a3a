// Makes the file formats known to the API; each one's code, and the library it stands on, is fetched with its first file.
import { registerFormat } from '../api/formats.ts';
import { part } from '../platform/parts.ts';

export { formatNames } from '../api/formats.ts';

registerFormat(
  'keras',
  async () => (await part('what reads and writes keras', () => import('./keras.ts'))).keras,
);
registerFormat(
  'h5',
  async () => (await part('what reads and writes h5', () => import('./h5.ts'))).h5,
);
registerFormat(
  'tfjs',
  async () => (await part('what reads and writes tfjs', () => import('./tfjs.ts'))).tfjs,
);
registerFormat(
  'onnx',
  async () => (await part('what reads and writes onnx', () => import('./onnx.ts'))).onnx,
);
