// Fetches and unpacks bytes; the errors say what the server or the network did.
import { ZifferError } from '../protocol/errors.ts';
import { isNode, nodeModule } from './node.ts';

/** Fetches a URL; the errors say what the server or the network did. */
export async function open(url: string, signal?: AbortSignal): Promise<Response> {
  if (isNode && url.startsWith('file:')) return openFile(url);
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (cause) {
    if (signal?.aborted)
      throw new ZifferError('aborted', `${url}: the load was aborted.`, { cause });
    throw new ZifferError(
      'data_unreachable',
      `${url}: no answer. Check the connection, or whether the page may fetch from there (CORS, connect-src).`,
      { cause },
    );
  }
  if (response.ok) return response;
  const { status } = response;
  void response.body?.cancel();
  if (status === 404 || status === 410) {
    throw new ZifferError(
      'data_missing',
      `${url}: the server has no such file (${status}). Check that the whole dist/ folder was uploaded.`,
    );
  }
  if (status === 401 || status === 403) {
    throw new ZifferError(
      'data_forbidden',
      `${url}: the server refused the file (${status}). Check its access rights.`,
    );
  }
  throw new ZifferError(
    'data_unreachable',
    `${url}: the server answered ${status}. Try again later.`,
  );
}

async function openFile(url: string): Promise<Response> {
  const { readFile } = await nodeModule<typeof import('node:fs/promises')>('fs/promises');
  try {
    return new Response(new Uint8Array(await readFile(new URL(url))));
  } catch (cause) {
    throw new ZifferError('data_missing', `${url}: there is no such file.`, { cause });
  }
}

/** Unpacks gzip. Rejects with `data_corrupt`. */
export async function gunzip(packed: Uint8Array, name: string): Promise<Uint8Array> {
  try {
    // Not from a Blob: WebKit can't read one in a worker without an origin.
    const stream = new Response(packed as BodyInit).body!;
    const unpacked = stream.pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (cause) {
    const message = `${name}: expected gzip, but it is damaged or cut off (${packed.length} bytes). Upload or download it again.`;
    throw new ZifferError('data_corrupt', message, { cause });
  }
}
