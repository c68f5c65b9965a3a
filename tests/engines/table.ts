// The table of docs/EMBEDDING.md, as this run found it: build/tests/engines.md.
import { mkdirSync, writeFileSync } from 'node:fs';

export class Table {
  readonly #titles = new Map<string, string>();
  readonly #cells = new Map<string, string>();

  constructor(private readonly rows: readonly string[]) {}

  engine(name: string, title: string): void {
    this.#titles.set(name, title);
  }

  /** A row that held in an engine, and the digest of the weights it trained. */
  enter(engine: string, row: string, digest: string): void {
    this.#cells.set(`${engine} ${row}`, digest);
  }

  write(): void {
    const names = [...this.#titles.keys()];
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
    const cell = (engine: string, row: string) => {
      const found = this.#cells.get(`${engine} ${row}`);
      return found ? `✓ ${found.slice(0, 8)}` : '✗';
    };
    const lines = [
      line(['', ...this.#titles.values()]),
      line(['---', ...names.map(() => '---')]),
      ...this.rows.map((row) => line([row, ...names.map((name) => cell(name, row))])),
    ];
    mkdirSync('build/tests', { recursive: true });
    writeFileSync('build/tests/engines.md', `${lines.join('\n')}\n`);
  }
}
