// The types of chromium.mjs, for tests in TypeScript.
import type { Browser } from 'playwright-core';

export const chromiumFlags: readonly string[];
export function chromiumPath(): string | undefined;
export function launchChromium(more?: string[]): Promise<Browser>;
