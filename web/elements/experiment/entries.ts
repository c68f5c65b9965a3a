/** What somebody fills in, and a training has to begin with. */
export interface Entries {
  /** Takes what was typed last. Returns what is not allowed, and leads there; null where nothing is. */
  settle(): string | null;
}
