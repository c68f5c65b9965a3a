// Everyone who takes part, behind one face: facts, firstLosses(steps), train({ epochs, steps }) and evaluate(), whether it runs
// in a page or as a Python program.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { root } from '../../scripts/project.mjs';
import { mnistFolder } from '../../scripts/setup/mnist.mjs';
import { python } from './prepare.mjs';

/** Ziffer in a page without special headers, as course pages have it. */
export function ziffer(page, { preset, threads, batchSize, images }) {
  const call = (name, argument) =>
    page.evaluate(
      async ([name, argument]) => (await import('/pages/ziffer.js'))[name](argument),
      [name, argument],
    );
  return {
    facts: {},
    // One epoch more than asked for: the first waits for the compute workers to start.
    train: async ({ epochs }) => {
      const wish = { preset, threads, batchSize, images, epochs: epochs + 1 };
      return { seconds: (await call('train', wish)).seconds.slice(1) };
    },
    evaluate: () => call('evaluate', { preset, threads, images }),
    end: async () => {},
  };
}

/** A peer in a page of its own, cross-origin isolated so that it may use threads. Its module is build/bench/peers/<file>.js. */
export async function inPage(browser, file, setting) {
  const page = await browser.open('pages/blank.html', { isolated: true });
  try {
    const facts = await page.evaluate(
      async ([file, setting]) => {
        const { create } = await import(`/peers/${file}.js`);
        self.peer = await create(setting);
        return self.peer.facts;
      },
      [file, setting],
    );
    const call = (name) => (argument) =>
      page.evaluate(([name, argument]) => self.peer[name]?.(argument), [name, argument]);
    return {
      facts,
      firstLosses: call('firstLosses'),
      train: async (wish) => ({ seconds: await call('train')(wish) }),
      evaluate: call('evaluate'),
      end: () => page.close(),
    };
  } catch (error) {
    await page.close();
    throw error;
  }
}

/** A Python program that answers one line of JSON with another. */
export async function inPython(program, setting) {
  const folder = `${root}/build/bench/settings`;
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/${program}-${setting.model}-${setting.threads}.json`;
  writeFileSync(file, JSON.stringify({ ...setting, mnist: mnistFolder }));
  const count = String(setting.threads);
  const child = spawn(python, [`${root}/bench/peers/native/${program}_peer.py`, file], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, OMP_NUM_THREADS: count, MKL_NUM_THREADS: count },
  });
  let complaints = '';
  child.stderr.on('data', (text) => {
    complaints = `${complaints}${text}`.slice(-2000);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (!done) return JSON.parse(value);
    throw new Error(complaints.trim().split('\n').at(-1) || 'it ended without a word');
  };
  const { ready, ...facts } = await answer();
  const call = (wish) => {
    child.stdin.write(`${JSON.stringify(wish)}\n`);
    return answer();
  };
  return {
    facts,
    firstLosses: (steps) => call({ do: 'first_losses', steps }),
    train: ({ epochs }) => call({ do: 'train', epochs }),
    evaluate: () => call({ do: 'evaluate' }),
    end: async () => child.kill(),
  };
}
