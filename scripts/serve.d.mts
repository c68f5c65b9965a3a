// The types of serve.mjs, for tests in TypeScript.
export interface ServeOptions {
  port?: number;
  host?: string;
  prefix?: string;
  headers?: Record<string, string>;
  wasmType?: string;
  compress?: boolean;
  /** Redirect "index.html" to its folder. */
  cleanUrls?: boolean;
  onSent?: (file: string, bytes: number) => void;
}
export function serve(
  folder: string,
  options?: ServeOptions,
): Promise<{ url: string; port: number; close(): Promise<void> }>;
