// Fetches and unpacks bytes; the errors say what the server or the network did. Every fetch is watched: one that brings nothing
// for half a minute fails, so that nobody waits for ever.
import { ZifferError } from '../protocol/errors.ts';
import { isNode, nodeModule } from './node.ts';
import { SILENCE_S, Watchdog } from './watchdog.ts';

export interface FetchOptions {
  signal?: AbortSignal | undefined;
  /** Hears the length of each part as it arrives. */
  onBytes?: ((count: number) => void) | undefined;
  /** The most bytes that are taken; a body that is longer is given up with `data_corrupt` as soon as it is. */
  most?: number;
  /** Hears where the answer comes from in the end, before its body is read; it may refuse it by an error. */
  accept?: ((from: string) => void) | undefined;
  /**
   * Data and models come without cookies and passwords: whoever wrote an address shall not read by it what only the visitor may
   * read. The program's own parts come as its scripts do.
   */
  credentials?: RequestCredentials;
}

/** An answer whose body has yet to be read, and which is to be ended then. */
export interface Answer {
  readonly response: Response;
  /** Where it came from in the end. */
  readonly from: string;
  /** The body. */
  bytes(): Promise<Uint8Array>;
  /** Reads a copy of the answer to its end, for who hands the answer itself on. */
  count(copy: Response): Promise<void>;
  /** Whether the connection has failed, rather than what was to be made of the bytes. */
  readonly broken: boolean;
  /** The error for what reading has thrown. */
  failure(cause: unknown): ZifferError;
  end(): void;
}

/** Files that arrived damaged: a copy that a cache keeps would be damaged for ever, so the server is asked the next time. */
const distrusted = new Set<string>();

/** To be called for an address whose content is not what it should be. */
export function distrust(url: string): void {
  distrusted.add(url);
}

/** The body of a URL. Errors: `data_missing`, `data_forbidden`, `data_unreachable`, `aborted`. */
export async function fetchBytes(url: string, options: FetchOptions = {}): Promise<Uint8Array> {
  const answer = await open(url, options);
  try {
    return await answer.bytes();
  } catch (cause) {
    throw answer.failure(cause);
  } finally {
    answer.end();
  }
}

/** What `read` makes of a URL's body. Where that fails, the file may be damaged, and the next call asks the server anew. */
export async function fetchChecked<T>(
  url: string,
  options: FetchOptions,
  read: (bytes: Uint8Array) => T | Promise<T>,
): Promise<T> {
  const bytes = await fetchBytes(url, options);
  try {
    return await read(bytes);
  } catch (error) {
    distrust(url);
    throw error;
  }
}

/** Fetches a URL as far as the answer's headers. */
export async function open(url: string, options: FetchOptions = {}): Promise<Answer> {
  if (options.signal?.aborted) throw new ZifferError('aborted', `${url}: the load was aborted.`);
  const line = new Line(url, options);
  try {
    line.response = isNode && url.startsWith('file:') ? await openFile(url) : await line.dial();
    options.accept?.(line.from);
    refuse(url, line.response);
    distrusted.delete(url);
    return line;
  } catch (thrown) {
    line.drop();
    throw thrown;
  }
}

/** One connection, given up by its signal or by silence. */
class Line implements Answer {
  response!: Response;
  readonly #gone = new AbortController();
  readonly #watchdog = new Watchdog(SILENCE_S, () => this.#giveUp(true));
  readonly #aborted = () => this.#giveUp(false);
  #silent = false;
  #received = 0;
  broken = false;

  constructor(
    private readonly url: string,
    private readonly options: FetchOptions,
  ) {
    options.signal?.addEventListener('abort', this.#aborted, { once: true });
  }

  get from(): string {
    return this.response.url || this.url;
  }

  async dial(): Promise<Response> {
    const cache = distrusted.has(this.url) ? ({ cache: 'reload' } as const) : {};
    const { credentials = 'omit' } = this.options;
    try {
      return await fetch(this.url, { signal: this.#gone.signal, credentials, ...cache });
    } catch (cause) {
      if (this.#gone.signal.aborted) throw this.failure(cause);
      const message = `${this.url}: no answer. Check the connection, or whether the page may fetch from there (CORS, connect-src).`;
      throw new ZifferError('data_unreachable', message, { cause });
    }
  }

  async bytes(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    await this.#read(this.response, (part) => parts.push(part));
    return joined(parts);
  }

  count(copy: Response): Promise<void> {
    return this.#read(copy, () => {});
  }

  end(): void {
    this.#watchdog.end();
    this.options.signal?.removeEventListener('abort', this.#aborted);
  }

  /** Nobody reads the body. */
  drop(): void {
    this.end();
    this.#gone.abort();
  }

  failure(cause: unknown): ZifferError {
    const { url } = this;
    if (cause instanceof ZifferError) return cause;
    if (this.options.signal?.aborted)
      return new ZifferError('aborted', `${url}: the load was aborted.`, { cause });
    const what = this.#silent
      ? `nothing has come for ${SILENCE_S} seconds`
      : 'the connection broke';
    const message = `${url}: ${what}, after ${this.#received} bytes. Try again.`;
    return new ZifferError('data_unreachable', message, { cause });
  }

  async #read({ body }: Response, take: (part: Uint8Array) => void): Promise<void> {
    const reader = body?.getReader();
    const { onBytes, most = Number.POSITIVE_INFINITY } = this.options;
    try {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        this.#watchdog.heard();
        this.#received += part.value.length;
        onBytes?.(part.value.length);
        if (this.#received > most) throw tooLong(this.url, most);
        take(part.value);
      }
    } catch (cause) {
      this.broken = true;
      this.#gone.abort();
      throw cause;
    }
  }

  #giveUp(silent: boolean): void {
    this.#silent = silent;
    this.#gone.abort();
  }
}

function refuse(url: string, { ok, status }: Response): void {
  if (ok) return;
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

/** Bytes that say what a file holds. */
const HEAD = 32;

function tooLong(name: string, most: number): ZifferError {
  const message = `${name}: expected at most ${most} bytes, got more. It is not the file that it should be; check the address.`;
  return new ZifferError('data_corrupt', message);
}

/**
 * Unpacks gzip, which can hold a thousand times its size: no more than `most` bytes, which is asked once the first are there.
 * Rejects with `data_corrupt`.
 */
export async function gunzip(
  packed: Uint8Array,
  name: string,
  most: (head: Uint8Array) => number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let limit = Number.POSITIVE_INFINITY;
  try {
    // Not from a Blob: WebKit can't read one in a worker without an origin.
    const stream = new Response(packed as BodyInit).body!;
    const reader = stream.pipeThrough(new DecompressionStream('gzip')).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length;
      parts.push(part.value);
      if (limit === Number.POSITIVE_INFINITY && length >= HEAD) limit = most(joined(parts));
      if (length <= limit) continue;
      void reader.cancel();
      throw tooLong(`${name}: unpacked`, limit);
    }
    return joined(parts);
  } catch (cause) {
    if (cause instanceof ZifferError) throw cause;
    const message = `${name}: expected gzip, but it is damaged or cut off (${packed.length} bytes). Upload or download it again.`;
    throw new ZifferError('data_corrupt', message, { cause });
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
