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

  /** 1.235·10⁶ as 1.235E6, the form of the language's calculators. */
  scientific(n: number, digits: number): string {
    const form = { notation: 'scientific', maximumFractionDigits: digits } as const;
    return new Intl.NumberFormat(this.locale, form).format(n);
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

  /**
   * A number as people of this language type it: "1,000" and "0.5" in English, "1.000" and "0,5" in German. The other decimal
   * sign is understood where it can be nothing else ("0.001" in German). NaN for what is no number, or could be two: `whole`
   * numbers have no decimals, so that "1.000" in English may have meant a thousand.
   */
  parse(text: string, whole = false): number {
    const s = text
      .trim()
      .replace(/[\s\u2009\u202f]/g, ' ')
      .replaceAll('−', '-');
    if (/^-?\d+(\.\d+)?e[-+]?\d+$/i.test(s)) return Number(s);
    const { decimal, group } = this.#signs();
    const grouped = (sign: string) =>
      new RegExp(`^-?[1-9]\\d{0,2}(${escaped(sign)}\\d{2,3})*${escaped(sign)}\\d{3}$`).test(s);
    if (whole && grouped(decimal)) return Number.NaN;
    const [before = '', after, more] = s.split(decimal);
    const signs = [group, ' ', "'", '’'];
    const sign = signs.find((g) => before.includes(g));
    const plain = sign === undefined ? before : before.split(sign).join('');
    if (more === undefined && /^-?\d*$/.test(plain) && /^\d*$/.test(after ?? '') && /\d/.test(s)) {
      const right =
        sign === undefined ||
        (/\d$/.test(plain) && this.#groups(plain) === before.split(sign).join(group));
      if (right) return Number(`${plain || '0'}.${after || '0'}`.replace(/^-\./, '-0.'));
    }
    // "0.001" in German, "0,5" in English: no number is grouped like that.
    return /^-?\d+[.,]\d+$/.test(s) && !s.includes(decimal) && !/^-?[1-9]\d{0,2}[.,]\d{3}$/.test(s)
      ? Number(s.replace(',', '.'))
      : Number.NaN;
  }

  /** The digits of a whole number as this language groups them. */
  #groups(digits: string): string {
    return this.#format(0, 0, true).format(BigInt(digits));
  }

  #signs(): { decimal: string; group: string } {
    const parts = this.#format(0, 12, true).formatToParts(12_345_678.5);
    const of = (type: string, otherwise: string) =>
      parts.find((part) => part.type === type)?.value ?? otherwise;
    return { decimal: of('decimal', '.'), group: of('group', ',') };
  }

  /** What stands between the cells of a spreadsheet's text file: a comma, or where that is the decimal sign a semicolon. */
  get cellSign(): string {
    return this.#signs().decimal === ',' ? ';' : ',';
  }

  /** A number in such a file: with all its digits, and this language's decimal sign. */
  cell(n: number): string {
    return String(n).replace('.', this.#signs().decimal);
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

function escaped(sign: string): string {
  return sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
