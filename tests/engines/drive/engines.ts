// The three engines, and why one may be missing.
import { which } from '../../../scripts/command.mjs';
import { startChromium } from './chromium.ts';
import type { Engine } from './engine.ts';
import { startFirefox } from './firefox.ts';
import { miniBrowser, startWebKit } from './webkit.ts';

interface Known {
  readonly name: string;
  /** Why it can't be started, or null. */
  missing(): string | null;
  start(): Promise<Engine>;
}

const without = (program: string, packages: string) =>
  which(program) ? null : `${program} is not installed (Debian: apt-get install ${packages})`;

export const ENGINES: readonly Known[] = [
  { name: 'Chromium', missing: () => null, start: startChromium },
  {
    name: 'Firefox',
    missing: () => without('firefox-esr', 'firefox-esr'),
    start: startFirefox,
  },
  {
    name: 'WebKit',
    missing: () =>
      without('WebKitWebDriver', 'webkit2gtk-driver') ??
      without('Xvfb', 'xvfb') ??
      (miniBrowser() ? null : 'MiniBrowser of libwebkit2gtk-4.1 is not installed'),
    start: startWebKit,
  },
];
