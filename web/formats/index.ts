// Makes the file formats known to the API; each one's code is fetched with its first file.
import { registerFormat } from '../api/formats.ts';

registerFormat('tfjs', async () => (await import('./tfjs.ts')).tfjs);
