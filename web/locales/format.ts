// Numbers in a language's own form: 0.9655 and 21,898 in English, 0,9655 and 21.898 in German.

/** One language's number formats. Fractions are shares (0.95), never percentages (95). */
export class Format {
  readonly #cache = new Map<string, Intl.NumberFormat>();

  constructor(readonly locale: string) {}

  int(n: number): string {
    return this.#format(0, 0, true).format(n);
  }

  fixed(n: number, digits: number): string {
    return this.#format(digits, digits, true).format(n);
  }

  /** On an axis: 0.25, and 366T where a loss has gone astray. */
  onAxis(n: number, digits: number): string {
    if (Math.abs(n) < 10_000) return this.fixed(n, digits);
    return new Intl.NumberFormat(this.locale, { notation: 'compact' }).format(n);
  }

  /** As a person types it: no grouping, no trailing zeros. */
  plain(n: number): string {
    return this.#format(0, 12, false).format(n);
  }

  /** A thin space keeps "95.2 %" together, in both languages as in the lecture's slides. */
  percent(share: number, digits: number): string {
    return `${this.fixed(share * 100, digits)} %`;
  }

  seconds(ms: number): string {
    const s = ms / 1000;
    return s < 10 ? this.fixed(s, 1) : s < 100 ? this.fixed(s, 0) : this.int(Math.round(s));
  }

  /** "12 s" or "3 min", for a time that is an estimate anyway. */
  duration(ms: number): string {
    const s = Math.max(1, Math.round(ms / 1000));
    return s < 90 ? `${this.int(s)} s` : `${this.int(Math.round(s / 60))} min`;
  }

  /** 14:05 of today, else with the day; `time` in milliseconds since 1970. */
  moment(time: number): string {
    const today = new Date(time).toDateString() === new Date().toDateString();
    const day = today ? {} : ({ day: 'numeric', month: 'short' } as const);
    const form = { ...day, hour: '2-digit', minute: '2-digit' } as const;
    return new Intl.DateTimeFormat(this.locale, form).format(time);
  }

  /** Understands what plain() writes, and a decimal point everywhere. */
  parse(text: string): number {
    const s = text.trim().replace(/\s/g, '');
    return s === '' ? Number.NaN : Number(s.replace(',', '.'));
  }

  #format(min: number, max: number, useGrouping: boolean): Intl.NumberFormat {
    const key = `${min}/${max}/${useGrouping}`;
    let format = this.#cache.get(key);
    if (!format) {
      format = new Intl.NumberFormat(this.locale, {
        minimumFractionDigits: min,
        maximumFractionDigits: max,
        useGrouping,
      });
      this.#cache.set(key, format);
    }
    return format;
  }
}
