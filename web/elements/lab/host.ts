// What the awake lab sees of its element.
import type { LabElement } from '../attributes/attribute_element.ts';
import type { LabValues } from '../attributes/attributes.ts';
import type { Settings } from '../plan/settings.ts';

export interface Host {
  readonly element: LabElement & { readonly language: string; readonly site: string | null };
  value<K extends keyof LabValues>(name: K): LabValues[K];
  namedSettings(): Partial<Settings>;
  complain(name: string, text: string, expected: string | null): void;
  /** Tells the page that a part of the lab could not be loaded. */
  fail(cause: unknown): void;
}
