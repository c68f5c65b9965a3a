// WebKit, Safari's engine, as Debian builds it for GTK: its MiniBrowser on a virtual screen, over classic WebDriver.
import { existsSync, readdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { type Engine, WINDOW } from './engine.ts';
import { dragActions, keyActions } from './pointer.ts';
import { startProgram } from './processes.ts';

/** A script may train for so long. */
const SCRIPT_MS = 240_000;
const BROWSER = {
  'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] },
};

export async function startWebKit(): Promise<Engine> {
  const screen = startProgram('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x1200x24']);
  const display = `:${await screen.said(/(\d+)\n/)}`;
  const port = await freePort();
  const driver = startProgram('WebKitWebDriver', [`--port=${port}`], {
    DISPLAY: display,
    // Without a language of the system navigator.language is "C", which is none, and uPlot's Intl refuses it.
    LANG: 'en_US.UTF-8',
    LC_ALL: '',
    // As root in a container its own sandbox cannot be set up.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  });
  const base = `http://127.0.0.1:${port}/session`;
  await answering(base);
  const { sessionId, capabilities } = await post(base, { capabilities: { alwaysMatch: BROWSER } });
  const session = `${base}/${sessionId}`;
  await post(`${session}/timeouts`, { script: SCRIPT_MS });
  await post(`${session}/window/rect`, { ...WINDOW, height: WINDOW.height + 100 });
  return {
    title: `WebKit ${capabilities.browserVersion}`,
    goto: (url) => post(`${session}/url`, { url }),
    async evaluate(expression, depth) {
      await post(`${session}/frame`, { id: null });
      for (let i = 0; i < depth; i++) await post(`${session}/frame`, { id: 0 });
      const script = `const [done] = arguments; (async () => ${expression})().then((value) => done({ value }), (error) => done({ error: String(error) }))`;
      const { value, error } = await post(`${session}/execute/async`, { script, args: [] });
      await post(`${session}/frame`, { id: null });
      if (error) throw new Error(`in the page: ${error}`);
      return value;
    },
    drag: (points) => post(`${session}/actions`, { actions: [dragActions(points)] }),
    press: (key) => post(`${session}/actions`, { actions: [keyActions(key)] }),
    async close() {
      await fetch(session, { method: 'DELETE' });
      driver.end();
      screen.end();
    },
  };
}

/** Every version of the library, on every architecture, keeps it in a folder of its own. */
export function miniBrowser(): string | null {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib') : [];
  const paths = folders.flatMap((folder) =>
    ['webkit2gtk-4.1', 'webkitgtk-6.0'].map(
      (library) => `/usr/lib/${folder}/${library}/MiniBrowser`,
    ),
  );
  return paths.find((path) => existsSync(path)) ?? null;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

async function answering(url: string): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await fetch(url).catch(() => null))) {
    if (Date.now() > end) throw new Error(`${url} does not answer`);
    await new Promise((again) => setTimeout(again, 50));
  }
}

// biome-ignore lint/suspicious/noExplicitAny: each command of the protocol has an answer of its own.
async function post(url: string, body: object): Promise<any> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const { value } = (await response.json()) as { value: { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${url}: ${value.error}: ${value.message}`);
  return value;
}
