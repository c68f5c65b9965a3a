// The teacher's desk: passports are dropped here, shown in a table and a plot, saved as CSV, and trained again to see whether they
// are true. check.html trains at once, collect.html when it is told to.
import { html, svg } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { type Locale, localeFor } from '../../locales/index.ts';
import { part } from '../../platform/parts.ts';
import { asZifferError } from '../experiment/trouble.ts';
import { controls } from '../kit/base_styles.ts';
import { csv, csvBlob } from '../kit/csv.ts';
import { define } from '../kit/define.ts';
import { MovableElement } from '../kit/movable_element.ts';
import { tokens } from '../kit/tokens.ts';
import { differences } from './claim_of.ts';
import { collected, type Entry, tableOf } from './collection.ts';
import { deskStyles } from './desk_styles.ts';
import { MOST_BYTES } from './passport.ts';

export class PassportDesk extends MovableElement {
  static override styles = [tokens, controls, deskStyles];

  @property({ attribute: false }) locale: Locale = localeFor(navigator.language);
  @property() mode: 'check' | 'collect' = 'check';
  @state() private entries: readonly Entry[] = [];
  /** What training again has found, in words. */
  @state() private found: ReadonlyMap<Entry, string> = new Map();
  @state() private busy = false;
  @query('input') private input!: HTMLInputElement;
  #abort: AbortController | null = null;

  override render() {
    const { t } = this.locale;
    const { desk } = t.passport;
    const collect = this.mode === 'collect';
    return html`<main @dragover=${over} @drop=${this.#drop}>
      <h1>${collect ? desk.collect : desk.check}</h1>
      <p class="muted">${collect ? desk.collectAbout : desk.checkAbout}</p>
      <label>
        <span>${desk.files}</span>
        <input type="file" multiple accept=".json,application/json" @change=${this.#chosen} />
      </label>
      <p class="muted small">${desk.drop}</p>
      ${this.entries.length > 0 ? html`${this.#act()} ${this.#table()} ${collect ? this.#plot() : null}` : null}
    </main>`;
  }

  #act() {
    const { desk } = this.locale.t.passport;
    return html`<p class="act">
      ${
        this.busy
          ? html`<button type="button" @click=${() => this.#abort?.abort()}>${desk.stop}</button>`
          : html`<button type="button" class="primary" @click=${this.#checkAll}>${desk.checkAll}</button>`
      }
      <button type="button" @click=${this.#save}>${desk.csv}</button>
    </p>`;
  }

  #table() {
    const { t, f } = this.locale;
    const [head = [], ...rows] = tableOf(this.entries, t, this.#verdict);
    return html`<div class="table" tabindex="0" role="region" aria-label=${t.passport.desk.collect}>
      <table>
        <thead>
          <tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr>
        </thead>
        <tbody aria-live="polite">
          ${rows.map(
            (cells) => html`<tr>
              ${cells.map((cell) =>
                typeof cell === 'number'
                  ? html`<td class="number">${Number.isInteger(cell) ? f.plain(cell) : f.fixed(cell, 4)}</td>`
                  : html`<td>${cell ?? ''}</td>`,
              )}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  /** The table says the same in numbers. */
  #plot() {
    const { t, f } = this.locale;
    const claims = this.entries.flatMap(({ claim }) => (claim ? [claim] : []));
    if (claims.length === 0) return null;
    const most = Math.max(...claims.map(({ parameters }) => parameters));
    const least = Math.min(...claims.map(({ test }) => test.accuracy));
    const from = Math.floor(Math.min(least, 0.99) * 100) / 100;
    const y = (accuracy: number) => 200 - (180 * (accuracy - from)) / (1 - from);
    const points = claims.map(
      ({ student, parameters, test }) =>
        svg`<circle cx=${60 + (500 * parameters) / most} cy=${y(test.accuracy)} r="5"><title>${student}</title></circle>`,
    );
    return html`<figure>
      <figcaption>${t.passport.desk.plot}</figcaption>
      <svg viewBox="0 0 600 230" role="img" aria-label=${t.passport.desk.plot}>
        <path d="M60 20V200H560" />
        <text x="54" y="24" text-anchor="end">${f.fixed(1, 2)}</text>
        <text x="54" y="200" text-anchor="end">${f.fixed(from, 2)}</text>
        <text x="560" y="220" text-anchor="end">${f.int(most)}</text>
        ${points}
      </svg>
    </figure>`;
  }

  readonly #verdict = (entry: Entry): string => {
    const { passport } = this.locale.t;
    if (entry.refusal) return passport.refused[entry.refusal];
    const said = this.found.get(entry) ?? passport.desk.waits;
    return entry.twice ? `${passport.desk.twice} ${said}` : said;
  };

  readonly #chosen = (): void => void this.take([...(this.input.files ?? [])]);

  readonly #drop = (e: DragEvent): void => {
    e.preventDefault();
    void this.take([...(e.dataTransfer?.files ?? [])]);
  };

  /** These files in place of those before. */
  async take(files: readonly File[]): Promise<void> {
    this.#abort?.abort();
    const read = files.map(async (file) => {
      const text = file.size > MOST_BYTES ? '' : await file.text();
      return { name: file.name, text };
    });
    this.entries = collected(await Promise.all(read));
    this.found = new Map();
    if (this.mode === 'check') await this.#checkAll();
  }

  readonly #checkAll = async (): Promise<void> => {
    const abort = new AbortController();
    this.#abort = abort;
    this.busy = true;
    for (const entry of this.entries) {
      if (entry.claim && !abort.signal.aborted) await this.#check(entry, abort.signal);
    }
    if (this.#abort === abort) this.busy = false;
  };

  async #check(entry: Entry, signal: AbortSignal): Promise<void> {
    const { t, f } = this.locale;
    const { desk } = t.passport;
    const claim = entry.claim!;
    const say = (text: string | null) => {
      const found = new Map(this.found);
      if (text === null) found.delete(entry);
      else found.set(entry, text);
      this.found = found;
    };
    try {
      say(desk.trains(f, 0, claim.curves.length));
      const { trainAgain } = await part('what trains a claim', () => import('./train_again.ts'));
      const again = await trainAgain(claim, (done, of) => say(desk.trains(f, done, of)), signal);
      const others = differences(claim, again);
      say(others.length === 0 ? desk.isTrue : desk.isNot(others.join(', ')));
    } catch (error) {
      say(signal.aborted ? null : desk.failed(asZifferError(error).message));
    }
  }

  readonly #save = (): void => {
    const rows = tableOf(this.entries, this.locale.t, this.#verdict);
    const url = URL.createObjectURL(csvBlob(csv(rows, this.locale.f)));
    const link = Object.assign(document.createElement('a'), { href: url, download: 'ziffer.csv' });
    link.click();
    // Firefox and Safari read the URL after the click has returned.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
}

define('ziffer-passports', PassportDesk);

const over = (e: DragEvent): void => e.preventDefault();
