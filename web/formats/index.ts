// Makes the file formats known to the API; each one's code, and the library it stands on, is fetched with its first file.
import { registerFormat } from '../api/formats.ts';

export { formatNames } from '../api/formats.ts';

registerFormat('keras', async () => (await import('./keras.ts')).keras);
registerFormat('h5', async () => (await import('./h5.ts')).h5);
registerFormat('tfjs', async () => (await import('./tfjs.ts')).tfjs);
registerFormat('onnx', async () => (await import('./onnx.ts')).onnx);
