// The types of chromium.mjs, for tests in TypeScript.
import type { Browser } from 'playwright-core';

export function launchChromium(more?: string[]): Promise<Browser>;
