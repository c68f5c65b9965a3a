// A host of another origin than the site's, with one page.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { serve } from '../../scripts/serve.mjs';

export class OtherOrigin {
  private constructor(
    private readonly folder: string,
    private readonly server: Awaited<ReturnType<typeof serve>>,
  ) {}

  static async open(): Promise<OtherOrigin> {
    const folder = await mkdtemp(`${tmpdir()}/ziffer-course-`);
    return new OtherOrigin(folder, await serve(folder));
  }

  get origin(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  /** Puts the page there; its address. */
  async page(html: string): Promise<string> {
    await writeFile(`${this.folder}/course.html`, html);
    return `${this.origin}/course.html`;
  }

  async close(): Promise<void> {
    await this.server.close();
    await rm(this.folder, { recursive: true });
  }
}
